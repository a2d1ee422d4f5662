import { afterAll, expect, test } from 'bun:test'
import type { Sql } from './connect.ts'
import schema from './schema.sql' with { type: 'text' }
import { listTables } from './schema-version.ts'
import { createEmptyDatabase, createTestDatabase } from './test-database.ts'

const [migrated, described] = await Promise.all([createTestDatabase(), createEmptyDatabase()])
afterAll(() => Promise.all([migrated.drop(), described.drop()]))

test('schema.sql says what the migrations make', async () => {
  await described.sql.unsafe(schema)
  expect(await describe(described.sql)).toEqual(await describe(migrated.sql))
})

test('every reference to a person goes with the person, or is emptied', async () => {
  const rules = await migrated.sql<{ name: string; rule: string }[]>`
    select conname::text as name, confdeltype::text as rule from pg_constraint
    where contype = 'f' and confrelid = 'users'::regclass
  `
  expect(rules.length).toBeGreaterThan(4)
  for (const { name, rule } of rules) expect(`${name} ${rule}`).toBe(`${name} ${name.startsWith('audit') ? 'n' : 'c'}`)
})

test('every column that refers to a row is indexed, so that deleting a person is quick', async () => {
  const missing = await migrated.sql<{ name: string }[]>`
    select k.conname::text as name from pg_constraint k
    where k.contype = 'f' and k.connamespace = current_schema()::regnamespace and not exists (
      select 1 from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1] and i.indpred is null)
  `
  expect(missing.map((row) => row.name)).toEqual([])
})

/** Everything that decides what a table holds and refuses, as PostgreSQL words it, in an order of its own. */
async function describe(sql: Sql): Promise<unknown> {
  const columns = await sql`
    select c.relname::text as "table", a.attname::text as "column", a.attnum as place,
      format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as is_required, a.attidentity::text as identity,
      a.attgenerated::text as generated, pg_get_expr(d.adbin, d.adrelid) as default_value
    from pg_attribute a join pg_class c on c.oid = a.attrelid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0
      and not a.attisdropped
    order by 1, 3
  `
  const constraints = await sql`
    select conrelid::regclass::text as "table", conname::text as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where connamespace = current_schema()::regnamespace order by 1, 2
  `
  const indexes = await sql`
    select tablename::text as "table", indexname::text as name, indexdef as definition from pg_indexes
    where schemaname = current_schema() order by 1, 2
  `
  const routines = await sql`
    select proname::text as name, pg_get_functiondef(oid) as definition from pg_proc
    where pronamespace = current_schema()::regnamespace order by 1
  `
  return { tables: await listTables(sql), columns, constraints, indexes, routines }
}
