/**
 * The tables an exercise begins with, for its page: read once for each dataset from a fresh sandbox, as the ordinary
 * role of that sandbox, and remembered.
 */
import { LRUCache } from 'lru-cache'
import type { SqlExercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import type { ImageRecipe } from '../pods/driver.ts'
import type { Cell, Column, RunLimits } from '../pods/run.ts'
import type { DatabasePool } from '../sandboxes/create-pool.ts'
import { wantOf } from './sandboxes.ts'

/** A column of a table. */
export interface TableColumn {
  name: string
  type: string
  isNullable: boolean
  isKey: boolean
  /** The table that a foreign key on this column alone points to. */
  references: string | null
}

/** A table of the dataset. */
export interface Table {
  name: string
  rows: number | null
  columns: TableColumn[]
}

/** A table with what only queries need. */
interface KnownTable extends Table {
  countQuery: string
  rowsQuery: string
}

/** The first rows of a table. */
export interface TableRows {
  name: string
  columns: Column[]
  rows: Cell[][]
  /** How many there are; null where they could not be counted. */
  total: number | null
}

const rememberedMax = 200

/** Rows of a table that the page shows. */
export const tableRowsMax = 50

/** What the first rows of one table may weigh; longer values are cut. */
const rowsBytesMax = 256 * 1024
const rowCellBytesMax = 2_000

/** Every name is qualified: nothing in the dataset can shadow what is read here. */
const columnsQuery = `
  select case when n.nspname = 'public' then c.relname::pg_catalog.text else n.nspname || '.' || c.relname end,
    a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
    exists (select from pg_catalog.pg_constraint k
      where k.conrelid = c.oid and k.contype = 'p' and a.attnum = any (k.conkey)),
    (select f.relname from pg_catalog.pg_constraint k join pg_catalog.pg_class f on f.oid = k.confrelid
      where k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum] limit 1),
    pg_catalog.format('select count(*) from %I.%I', n.nspname, c.relname),
    pg_catalog.format('select * from %I.%I', n.nspname, c.relname) || coalesce(
      (select ' order by ' || pg_catalog.string_agg(pg_catalog.quote_ident(b.attname), ', ' order by k.place)
       from pg_catalog.pg_constraint p cross join unnest(p.conkey) with ordinality as k (attnum, place)
       join pg_catalog.pg_attribute b on b.attrelid = c.oid and b.attnum = k.attnum
       where p.conrelid = c.oid and p.contype = 'p'), '')
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
  order by n.nspname <> 'public', c.relname, a.attnum`

/** Reads the tables of exercises and remembers them. */
export class TableBook {
  readonly #pool: DatabasePool
  readonly #limits: RunLimits
  readonly #known = new LRUCache<ImageRecipe, Promise<KnownTable[]>>({ max: rememberedMax })
  readonly #rows = new LRUCache<ImageRecipe, Map<string, Promise<TableRows>>>({ max: rememberedMax })

  constructor(pool: DatabasePool, limits: RunLimits) {
    this.#pool = pool
    this.#limits = limits
  }

  /** The tables; rejects where no sandbox could be had, and tries anew the next time. */
  async tablesOf(exercise: SqlExercise): Promise<Table[]> {
    return await this.#tables(exercise)
  }

  /** The first rows of a table, by its key where it has one; null where there is no such table. */
  async rowsOf(exercise: SqlExercise, name: string): Promise<TableRows | null> {
    const table = (await this.#tables(exercise)).find((candidate) => candidate.name === name)
    if (table === undefined) return null
    const ofDataset = this.#rows.get(exercise.recipe) ?? new Map<string, Promise<TableRows>>()
    this.#rows.set(exercise.recipe, ofDataset)
    const known = ofDataset.get(name)
    if (known !== undefined) return await known
    const reading = this.#readRows(exercise, table)
    ofDataset.set(name, reading)
    reading.catch(() => ofDataset.delete(name))
    return await reading
  }

  async #readRows(exercise: SqlExercise, { name, rows: total, rowsQuery }: KnownTable): Promise<TableRows> {
    return await this.#pool.use({ ...wantOf(exercise), isolation: 'database' }, async (database) => {
      const limits = { ...this.#limits, bytesMax: rowsBytesMax, cellBytesMax: rowCellBytesMax }
      const text = `${rowsQuery} limit ${tableRowsMax}`
      const { statements } = await database.run([{ text, offset: 0 }], { ...limits, rowsMax: tableRowsMax })
      const [read] = statements
      if (read === undefined || read.error !== null) throw new Failure('unavailable', 'The table could not be read.')
      return { name, columns: read.columns, rows: read.rows, total }
    })
  }

  async #tables(exercise: SqlExercise): Promise<KnownTable[]> {
    const known = this.#known.get(exercise.recipe)
    if (known !== undefined) return await known
    const reading = this.#read(exercise)
    this.#known.set(exercise.recipe, reading)
    reading.catch(() => this.#known.delete(exercise.recipe))
    return await reading
  }

  /** The tables where they are known or come within `waitMs`; null where they do not. */
  async tablesWithin(exercise: SqlExercise, waitMs: number): Promise<Table[] | null> {
    const late = Bun.sleep(waitMs).then(() => null)
    return await Promise.race([this.tablesOf(exercise).catch(() => null), late])
  }

  async #read(exercise: SqlExercise): Promise<KnownTable[]> {
    return await this.#pool.use({ ...wantOf(exercise), isolation: 'database' }, async (database) => {
      const limits = { ...this.#limits, rowsMax: 5_000 }
      const query = async (text: string): Promise<Cell[][]> => {
        const { statements } = await database.run([{ text, offset: 0 }], limits)
        return statements[0]?.rows ?? []
      }
      const tables = new Map<string, KnownTable>()
      for (const row of await query(columnsQuery)) addColumn(tables, row)
      for (const table of tables.values()) {
        const rows = Number((await query(table.countQuery))[0]?.[0] ?? Number.NaN)
        table.rows = Number.isNaN(rows) ? null : rows
      }
      return [...tables.values()]
    })
  }
}

function addColumn(tables: Map<string, KnownTable>, row: readonly Cell[]): void {
  const [tableName, name, type, isNotNull, isKey, references, countQuery, rowsQuery] = row
  if (tableName == null || name == null || type == null || countQuery == null || rowsQuery == null) return
  const table = tables.get(tableName) ?? { name: tableName, rows: null, columns: [], countQuery, rowsQuery }
  tables.set(tableName, table)
  table.columns.push({
    name,
    type,
    isNullable: isNotNull !== 't',
    isKey: isKey === 't',
    references: references ?? null,
  })
}
