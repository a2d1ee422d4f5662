/**
 * The tables an exercise begins with, for its page: read once for each dataset from a fresh sandbox, as the ordinary
 * role of that sandbox, and remembered.
 */
import { LRUCache } from 'lru-cache'
import type { Exercise } from '../catalog/exercise.ts'
import type { ImageRecipe } from '../pods/driver.ts'
import type { Cell, RunLimits } from '../pods/run.ts'
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

const rememberedMax = 200

/** Every name is qualified: nothing in the dataset can shadow what is read here. */
const columnsQuery = `
  select case when n.nspname = 'public' then c.relname::pg_catalog.text else n.nspname || '.' || c.relname end,
    a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
    exists (select from pg_catalog.pg_constraint k
      where k.conrelid = c.oid and k.contype = 'p' and a.attnum = any (k.conkey)),
    (select f.relname from pg_catalog.pg_constraint k join pg_catalog.pg_class f on f.oid = k.confrelid
      where k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum] limit 1),
    pg_catalog.format('select count(*) from %I.%I', n.nspname, c.relname)
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
  readonly #known = new LRUCache<ImageRecipe, Promise<Table[]>>({ max: rememberedMax })

  constructor(pool: DatabasePool, limits: RunLimits) {
    this.#pool = pool
    this.#limits = limits
  }

  /** The tables; rejects where no sandbox could be had, and tries anew the next time. */
  async tablesOf(exercise: Exercise): Promise<Table[]> {
    const known = this.#known.get(exercise.recipe)
    if (known !== undefined) return await known
    const reading = this.#read(exercise)
    this.#known.set(exercise.recipe, reading)
    reading.catch(() => this.#known.delete(exercise.recipe))
    return await reading
  }

  /** The tables where they are known or come within `waitMs`; else an empty list. */
  async tablesWithin(exercise: Exercise, waitMs: number): Promise<Table[]> {
    const late = Bun.sleep(waitMs).then((): Table[] => [])
    return await Promise.race([this.tablesOf(exercise).catch((): Table[] => []), late])
  }

  async #read(exercise: Exercise): Promise<Table[]> {
    return await this.#pool.use({ ...wantOf(exercise), isolation: 'database' }, async (database) => {
      const limits = { ...this.#limits, rowsMax: 5_000 }
      const query = async (text: string): Promise<Cell[][]> => {
        const { statements } = await database.run([{ text, offset: 0 }], limits)
        return statements[0]?.rows ?? []
      }
      const tables = new Map<string, Table & { countQuery: string }>()
      for (const row of await query(columnsQuery)) addColumn(tables, row)
      for (const table of tables.values()) table.rows = Number((await query(table.countQuery))[0]?.[0] ?? Number.NaN)
      return [...tables.values()].map(({ name, rows, columns }) => ({
        name,
        rows: Number.isNaN(rows) ? null : rows,
        columns,
      }))
    })
  }
}

function addColumn(tables: Map<string, Table & { countQuery: string }>, row: readonly Cell[]): void {
  const [tableName, name, type, isNotNull, isKey, references, countQuery] = row
  if (tableName == null || name == null || type == null || countQuery == null) return
  const table = tables.get(tableName) ?? { name: tableName, rows: null, columns: [], countQuery }
  tables.set(tableName, table)
  table.columns.push({
    name,
    type,
    isNullable: isNotNull !== 't',
    isKey: isKey === 't',
    references: references ?? null,
  })
}
