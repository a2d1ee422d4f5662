/**
 * The tables an exercise begins with, for its page: read once for each dataset from a fresh sandbox, as the ordinary
 * role of that sandbox, laid out as a diagram, and remembered.
 */
import { LRUCache } from 'lru-cache'
import type { DiagramFacts } from '../../views/attempts/diagram.tsx'
import { Failure } from '../failure.ts'
import { preambleLength, safeSession } from '../grading/safe-session.ts'
import type { Database, ImageRecipe } from '../pods/driver.ts'
import type { Cell, Column, RunLimits, RunResult } from '../pods/run.ts'
import type { DatabasePool } from '../sandboxes/create-pool.ts'
import type { DatabaseWant } from '../sandboxes/databases.ts'
import { layOut } from './diagram.ts'
import { type Ask, firstRowsQuery, type KnownTable, readTables } from './read-tables.ts'

/** What a database has. */
export interface Schema {
  tables: readonly KnownTable[]
  /** Null where nothing points to anything, or too much does. */
  diagram: DiagramFacts | null
  /** The person's own database, after changes; else what the exercise begins with. */
  isOwn: boolean
  /** Another one for each reading, so that a page can tell whether it has this one. */
  key: string
}

/** The first rows of a table. */
export interface TableRows {
  name: string
  columns: Column[]
  rows: Cell[][]
  /** How many there are; null where they could not be counted. */
  total: number | null
  isOwn: boolean
}

const rememberedMax = 200

/** Rows of a table that the page shows. */
export const tableRowsMax = 50

/** What the first rows of one table may weigh; longer values are cut. */
const rowsBytesMax = 256 * 1024
const rowCellBytesMax = 2_000

/** The limits of reading a table's first rows. */
export function rowsLimits(limits: RunLimits): RunLimits {
  return { ...limits, rowsMax: tableRowsMax, bytesMax: rowsBytesMax, cellBytesMax: rowCellBytesMax }
}

/** The rows that a safe session brought; throws where it did not come so far. */
export function rowsFrom(result: RunResult, { name, rows: total }: KnownTable, isOwn: boolean): TableRows {
  const read = result.statements[preambleLength]
  if (read === undefined || read.error !== null) throw new Failure('unavailable', 'The table could not be read.')
  return { name, columns: read.columns, rows: read.rows, total, isOwn }
}

/** Reads the tables of exercises and remembers them. */
export class TableBook {
  readonly #pool: DatabasePool
  readonly #limits: RunLimits
  readonly #known = new LRUCache<ImageRecipe, Promise<Schema>>({ max: rememberedMax })
  readonly #rows = new LRUCache<ImageRecipe, Map<string, Promise<TableRows>>>({ max: rememberedMax })

  constructor(pool: DatabasePool, limits: RunLimits) {
    this.#pool = pool
    this.#limits = limits
  }

  /** The tables of what an exercise begins with (`startOf`); rejects where no sandbox could be had, and tries anew the next time. */
  async schemaOf(start: DatabaseWant): Promise<Schema> {
    const known = this.#known.get(start.recipe)
    if (known !== undefined) return await known
    const reading = this.#read(start)
    this.#known.set(start.recipe, reading)
    reading.catch(() => this.#known.delete(start.recipe))
    return await reading
  }

  /** The tables where they are known or come within `waitMs`; null where they do not. */
  async schemaWithin(start: DatabaseWant, waitMs: number): Promise<Schema | null> {
    const late = Bun.sleep(waitMs).then(() => null)
    return await Promise.race([this.schemaOf(start).catch(() => null), late])
  }

  /** The first rows of a table, by its key where it has one; null where there is no such table. */
  async rowsOf(start: DatabaseWant, name: string): Promise<TableRows | null> {
    const { tables } = await this.schemaOf(start)
    const table = tables.find((candidate) => candidate.name === name)
    if (table === undefined) return null
    const ofDataset = this.#rows.get(start.recipe) ?? new Map<string, Promise<TableRows>>()
    this.#rows.set(start.recipe, ofDataset)
    const known = ofDataset.get(name)
    if (known !== undefined) return await known
    const reading = this.#readRows(start, table)
    ofDataset.set(name, reading)
    reading.catch(() => ofDataset.delete(name))
    return await reading
  }

  async #readRows(start: DatabaseWant, table: KnownTable): Promise<TableRows> {
    return await this.#use(start, async (database) => {
      const statements = safeSession(firstRowsQuery(table, tableRowsMax))
      return rowsFrom(await database.run(statements, rowsLimits(this.#limits)), table, false)
    })
  }

  async #read(start: DatabaseWant): Promise<Schema> {
    return await this.#use(start, async (database) => {
      const limits = { ...this.#limits, rowsMax: 5_000 }
      const ask: Ask = async (queries) => rowsOfEach(await database.run(safeSession(...queries), limits))
      const tables = await readTables(ask, { isCounted: true })
      return { tables, diagram: layOut(tables), isOwn: false, key: 'start' }
    })
  }

  async #use<Value>(start: DatabaseWant, body: (database: Database) => Promise<Value>): Promise<Value> {
    return await this.#pool.use({ ...start, isolation: 'database' }, body)
  }
}

/** The rows of each statement behind the preamble that succeeded. */
export function rowsOfEach({ statements }: RunResult): Cell[][][] {
  const own = statements.slice(preambleLength)
  const failed = own.findIndex(({ error }) => error !== null)
  return own.slice(0, failed < 0 ? own.length : failed).map(({ rows }) => rows)
}
