import { afterAll, beforeAll, expect, test } from 'bun:test'
import { silentLog } from '../telemetry/log.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { createEmptyDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createEmptyDatabase()
})
afterAll(() => database.drop())

test('an empty database becomes the present schema, once', async () => {
  const { sql } = database
  const versions = await Promise.all([migrate(sql, silentLog), migrate(sql, silentLog)])
  expect(versions).toEqual([migrations.length, migrations.length])
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from schema_migrations`
  expect(row?.count).toBe(migrations.length)
})

test('a schema newer than the program is refused with both versions', async () => {
  const { sql } = database
  await sql`insert into schema_migrations (version, name, hash) values (99, 'later', 'x')`
  expect(migrate(sql, silentLog)).rejects.toThrow(/newer Podium \(schema 99/)
  await sql`delete from schema_migrations where version = 99`
})

test('a migration that was changed after it had run is refused', async () => {
  const { sql } = database
  const [kept] = await sql<{ hash: string }[]>`select hash from schema_migrations where version = 1`
  await sql`update schema_migrations set hash = 'another' where version = 1`
  expect(migrate(sql, silentLog)).rejects.toThrow(/Migration 1 \(beginning\)/)
  await sql`update schema_migrations set hash = ${kept?.hash ?? ''} where version = 1`
})

test("another program's database is refused by naming its tables", async () => {
  const other = await createEmptyDatabase()
  await other.sql`create table invoices (id int)`
  await expect(migrate(other.sql, silentLog)).rejects.toThrow(/invoices/)
  await other.drop()
})
