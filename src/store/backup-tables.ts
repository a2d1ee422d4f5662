/** What a backup holds: the tables, each after those it refers to, with their columns and counters. */
import type { Queries } from './connect.ts'

/** A table as it is copied. */
export interface BackupTable {
  name: string
  /** All columns that are stored; generated ones are made again. */
  columns: string[]
}

/** Tables that describe the database itself, or whose rows mean nothing elsewhere, and are not copied. */
const leftOut: readonly string[] = ['schema_migrations']

/** The tables of the present schema in dependency order. */
export async function listBackupTables(sql: Queries): Promise<BackupTable[]> {
  const tables = await sql<{ name: string; columns: string[]; refersTo: string[] }[]>`
    select c.relname::text as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
        and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select distinct r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as refers_to
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> all(${[...leftOut]}::text[])
    order by c.relname
  `
  return inDependencyOrder(tables)
}

function inDependencyOrder(tables: ReadonlyArray<BackupTable & { refersTo: string[] }>): BackupTable[] {
  const ordered: BackupTable[] = []
  let waiting = [...tables]
  while (waiting.length > 0) {
    const placed = new Set(ordered.map((table) => table.name))
    const ready = waiting.filter((table) => table.refersTo.every((name) => placed.has(name)))
    if (ready.length === 0) throw new Error('Tables refer to each other in a circle')
    ordered.push(...ready.map(({ name, columns }) => ({ name, columns })))
    waiting = waiting.filter((table) => !ready.includes(table))
  }
  return ordered
}

/** Sets every counter of an identity column to go on after the highest number in its table. */
export async function restoreCounters(sql: Queries): Promise<void> {
  const counters = await sql<{ table: string; column: string; sequence: string }[]>`
    select c.relname::text as "table", a.attname::text as "column",
      pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null
  `
  for (const { table, column, sequence } of counters) {
    await sql`
      select setval(${sequence}::regclass, coalesce(max(${sql(column)}), 1), max(${sql(column)}) is not null)
      from ${sql(table)}
    `
  }
}
