/**
 * What a person's own database has after they changed it: read with their own rights once such a run is over, and
 * remembered for as long as they hold that sandbox. Nothing here ever makes their queries wait.
 */
import type { TablesShown } from '../../views/attempts/tables.tsx'
import type { SqlExercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import { safeSession } from '../grading/safe-session.ts'
import type { RunLimits } from '../pods/run.ts'
import type { DatabaseLease, DatabasePool } from '../sandboxes/create-pool.ts'
import { runInSandbox, type StatementQueue } from '../sandboxes/statements.ts'
import { layOut } from './diagram.ts'
import { type Ask, firstRowsQuery, readTables } from './read-tables.ts'
import { type AttemptSandboxes, wantOf } from './sandboxes.ts'
import {
  rowsFrom,
  rowsLimits,
  rowsOfEach,
  type Schema,
  type TableBook,
  type TableRows,
  tableRowsMax,
} from './tables.ts'

/** The parts of the program that reading takes. */
interface Reading {
  pool: DatabasePool
  queue: StatementQueue
  sandboxes: AttemptSandboxes
  limits: RunLimits
}

/** What the catalogue of a sandbox may take of a run's answer, waiting for a turn included. */
const catalogueMs = 1_500
const catalogueRowsMax = 3_000
const catalogueBytesMax = 1024 * 1024

/** How long a page or an answer waits for tables of the exercise that nobody has read yet. */
export const schemaWaitMs = 1_500

/** What the first rows may take. */
const rowsMs = 3_000

/** A view or a function of the person's may be read, but changes nothing. */
const readOnly = 'SET default_transaction_read_only = on'

const schemas = new WeakMap<DatabaseLease, Schema>()
let readings = 0

/** The attempt's own tables; null where its database is as the exercise begins, or was not read. */
export function ownSchema(sandboxes: AttemptSandboxes, attemptId: string): Schema | null {
  const lease = sandboxes.liveOf(attemptId)
  return lease === null ? null : (schemas.get(lease) ?? null)
}

/** The attempt's own tables where they were changed, else those of the exercise; null where they don't come in time. */
export async function schemaNow(
  { bench, tables }: { bench: Pick<Reading, 'sandboxes'>; tables: TableBook },
  { attempt, exercise }: { attempt: { id: string }; exercise: SqlExercise },
): Promise<Schema | null> {
  return ownSchema(bench.sandboxes, attempt.id) ?? (await tables.schemaWithin(wantOf(exercise), schemaWaitMs))
}

/** The same as an answer brings it to a page that is open; null where they don't come in time. */
export async function tablesNow(
  parts: Parameters<typeof schemaNow>[0],
  work: { attempt: { id: string }; exercise: SqlExercise },
): Promise<TablesShown | null> {
  const schema = await schemaNow(parts, work)
  return schema && { schema, attemptId: work.attempt.id, slug: work.exercise.slug }
}

/** Where nothing can be run. */
export const noTables: Schema = { tables: [], diagram: null, isOwn: false, key: 'start' }

/** Reads the tables at the end of a run, in its turn. Where that fails the page goes on showing what it knew. */
export async function readOwnSchema(parts: Reading, lease: DatabaseLease, signal: AbortSignal): Promise<void> {
  const ends = AbortSignal.any([signal, AbortSignal.timeout(catalogueMs)])
  const limits = { ...parts.limits, timeoutMs: catalogueMs, rowsMax: catalogueRowsMax, bytesMax: catalogueBytesMax }
  const ask: Ask = async (queries) => {
    const statements = safeSession(...queries)
    return rowsOfEach(await runInSandbox(parts, lease, { statements, limits, signal: ends }))
  }
  try {
    const tables = await readTables(ask, { isCounted: false })
    readings += 1
    schemas.set(lease, { tables, diagram: layOut(tables), isOwn: true, key: `own ${readings}` })
  } catch {
    // What came from the person's database makes no sense or did not come in time; their run is answered all the same.
  }
}

/**
 * The first rows of a table in the attempt's own database; null where there is no such table. Throws
 * `Failure('conflict')` while a query of the person's runs: theirs come first.
 */
export async function ownRows(parts: Reading, attemptId: string, name: string): Promise<TableRows | null> {
  const table = ownSchema(parts.sandboxes, attemptId)?.tables.find((candidate) => candidate.name === name)
  if (table === undefined) return null
  const limits = { ...rowsLimits(parts.limits), timeoutMs: rowsMs }
  const result = await parts.sandboxes.look(attemptId, async (lease, signal) => {
    const statements = safeSession(readOnly, firstRowsQuery(table, tableRowsMax))
    return await runInSandbox(parts, lease, { statements, limits, signal })
  })
  if (result === null || result.end === 'cancelled') {
    const message = 'A query of yours is running in this database. Look again when it is done.'
    throw new Failure('conflict', message, { code: 'already_running' })
  }
  const rows = rowsFrom({ ...result, statements: result.statements.slice(1) }, table, true)
  return { ...rows, total: rows.rows.length < tableRowsMax ? rows.rows.length : null }
}
