/**
 * Reads what tables a database has, with their columns and keys, through whatever may ask there: an ordinary role, in a
 * session in which nothing of the database can stand before PostgreSQL's own names.
 */
import { identifier } from '../grading/safe-session.ts'
import type { Cell } from '../pods/run.ts'

/** A column of a table. */
export interface TableColumn {
  name: string
  type: string
  isNullable: boolean
  /** Part of the primary key. */
  isKey: boolean
}

/** A foreign key: its columns point, one by one, to the columns of `table`. */
export interface ForeignKey {
  columns: string[]
  table: string
  referenced: string[]
}

/** A table as people see it. */
export interface Table {
  /** With its schema where that is not `public`. */
  name: string
  isView: boolean
  /** Null where they were not or could not be counted. */
  rows: number | null
  columns: TableColumn[]
  foreignKeys: ForeignKey[]
}

/** A table with what only queries need. */
export interface KnownTable extends Table {
  /** Its qualified name, quoted. */
  relation: string
  /** The primary key's columns in the key's order. */
  keyColumns: string[]
}

/** Asks queries one after another and gives the rows of each, as far as they succeeded. */
export type Ask = (queries: readonly string[]) => Promise<Cell[][][]>

/** Beyond so many columns and keys the rest is left out. */
const columnsMax = 3_000
const foreignKeysMax = 500

const displayName = (namespace: string, relation: string) =>
  `case when ${namespace}.nspname = 'public' then ${relation}.relname::text
    else ${namespace}.nspname || '.' || ${relation}.relname end`

const ordinary = (namespace: string) =>
  `${namespace}.nspname <> 'information_schema' and ${namespace}.nspname !~ '^pg_'`

/** A table without columns has one line too. */
const columnsQuery = `
  select ${displayName('n', 'c')}, n.nspname, c.relname, c.relkind in ('v', 'm'),
    a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, array_position(p.conkey, a.attnum)
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_constraint p on p.conrelid = c.oid and p.contype = 'p'
  where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and ${ordinary('n')}
  order by n.nspname <> 'public', n.nspname, c.relname, a.attnum
  limit ${columnsMax}`

const namesOf = (relation: string, numbers: string) =>
  `(select json_agg(a.attname order by part.place) from unnest(${numbers}) with ordinality as part (number, place)
    join pg_attribute a on a.attrelid = ${relation} and a.attnum = part.number)`

const foreignKeysQuery = `
  select ${displayName('n', 'c')}, ${namesOf('k.conrelid', 'k.conkey')},
    ${displayName('fn', 'f')}, ${namesOf('k.confrelid', 'k.confkey')}
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
  where k.contype = 'f' and k.conparentid = 0 and ${ordinary('n')} and ${ordinary('fn')}
  order by n.nspname, c.relname, k.conname
  limit ${foreignKeysMax}`

/** All tables and views; rejects where they could not be read. `isCounted`: their rows are worth the time. */
export async function readTables(ask: Ask, { isCounted }: { isCounted: boolean }): Promise<KnownTable[]> {
  const [columns, foreignKeys] = await ask([columnsQuery, foreignKeysQuery])
  if (columns === undefined || foreignKeys === undefined) throw new Error('the tables could not be read')
  const tables = new Map<string, KnownTable>()
  for (const row of columns) addColumn(tables, row)
  for (const row of foreignKeys) addForeignKey(tables, row)
  if (isCounted) await countRows(ask, [...tables.values()])
  return [...tables.values()]
}

/** The first rows of a table, by its key where it has one. */
export function firstRowsQuery({ relation, keyColumns }: KnownTable, limit: number): string {
  const order = keyColumns.length === 0 ? '' : ` order by ${keyColumns.map(identifier).join(', ')}`
  return `select * from ${relation}${order} limit ${limit}`
}

async function countRows(ask: Ask, tables: readonly KnownTable[]): Promise<void> {
  const counts = await ask(tables.map(({ relation }) => `select count(*) from ${relation}`))
  for (const [place, table] of tables.entries()) {
    const count = counts[place]?.[0]?.[0]
    table.rows = count == null ? null : Number(count)
  }
}

function addColumn(tables: Map<string, KnownTable>, row: readonly Cell[]): void {
  const [tableName, namespace, relationName, isView, name, type, isNotNull, keyPlace] = row
  if (tableName == null || namespace == null || relationName == null) return
  const relation = `${identifier(namespace)}.${identifier(relationName)}`
  const table = tables.get(tableName) ?? {
    ...{ name: tableName, isView: isView === 't', rows: null, columns: [], foreignKeys: [] },
    ...{ relation, keyColumns: [] },
  }
  tables.set(tableName, table)
  if (name == null || type == null) return
  table.columns.push({ name, type, isNullable: isNotNull !== 't', isKey: keyPlace != null })
  if (keyPlace != null) table.keyColumns[Number(keyPlace) - 1] = name
}

function addForeignKey(tables: Map<string, KnownTable>, [from, columns, table, referenced]: readonly Cell[]): void {
  if (table == null) return
  tables.get(from ?? '')?.foreignKeys.push({ columns: names(columns), table, referenced: names(referenced) })
}

function names(json: Cell | undefined): string[] {
  const parsed: unknown = JSON.parse(json ?? '[]')
  return Array.isArray(parsed) ? parsed.filter((name) => typeof name === 'string') : []
}
