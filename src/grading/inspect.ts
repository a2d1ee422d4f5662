/** Runs an answer in a sandbox and takes from it what the exercise judges: a result, tables, checks, a plan. */
import type { SqlExercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import type { Parser } from '../parsing/parser.ts'
import type { Database, RunStatement } from '../pods/driver.ts'
import type { RunEnd, RunLimits, RunResult, SqlError, StatementResult } from '../pods/run.ts'
import type { ResultTable } from './compare-rows.ts'
import { inspectChecks } from './inspect-checks.ts'
import { inspectPlan } from './inspect-plan.ts'
import { inspectTables } from './inspect-tables.ts'
import type { Violation } from './verdict.ts'

/** What is compared with the reference's. */
export interface Found extends ResultTable {
  /** The table that holds these rows; null for a statement's result. */
  table: string | null
  /** Set where not every row was kept. */
  isTruncated: boolean
}

/** What came of running an answer and looking at what it did. */
export interface Inspection {
  /** How the answer's own run ended. Only `completed` has findings. */
  end: RunEnd
  error: SqlError | null
  /** An open transaction was rolled back at the end of the answer. */
  isRolledBack: boolean
  results: Found[]
  violations: Violation[]
  durationMs: number
}

/** What inspecting needs. */
export interface InspectOptions {
  parser: Parser
  limits: RunLimits
}

/** Runs the statements and inspects. Throws `Failure('unavailable')` where the pod goes away under it. */
export async function inspect(
  database: Database,
  exercise: SqlExercise,
  statements: readonly RunStatement[],
  options: InspectOptions,
): Promise<Inspection> {
  const run = await database.run(statements, options.limits)
  if (run.end === 'lost' || run.end === 'cancelled') throw sandboxLost(run.end)
  const { grading } = exercise
  const base = { end: run.end, error: errorOf(run), isRolledBack: run.isRolledBack, durationMs: run.durationMs }
  if (run.end !== 'completed') return { ...base, results: [], violations: [] }
  switch (grading.compare) {
    case 'rows':
      return { ...base, results: lastResult(run), violations: [] }
    case 'tables':
      return { ...base, ...(await inspectTables(database, grading, options.limits)) }
    case 'checks':
      return { ...base, results: [], violations: await inspectChecks(database, grading, options) }
    case 'plan':
      return { ...base, ...(await inspectPlan(database, grading, statements, options, run)) }
  }
}

/** The result of the last statement that returned rows; none where no statement did. */
export function lastResult(run: RunResult): Found[] {
  const statement = run.statements.findLast(({ columns }) => columns.length > 0)
  return statement === undefined ? [] : [foundOf(statement, null)]
}

/** A statement's result as it is compared. */
export function foundOf({ columns, rows, truncatedBy }: StatementResult, table: string | null): Found {
  return { table, columns, rows, isTruncated: truncatedBy !== null }
}

/** The error that ended a run. */
export function errorOf(run: RunResult): SqlError | null {
  return run.statements.at(-1)?.error ?? null
}

/** The pod went away: nothing was judged, and trying again makes sense. */
export function sandboxLost(end: RunEnd): Failure {
  return new Failure('unavailable', 'The database went away while the answer ran', { code: `grading_${end}` })
}
