/** What came of running an answer and looking at what it did: the values that inspecting makes and judging reads. */
import { Failure } from '../failure.ts'
import type { Parser } from '../parsing/parser.ts'
import type { RunEnd, RunLimits, RunResult, SqlError, StatementResult } from '../pods/run.ts'
import type { ResultTable } from './compare-rows.ts'
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

/** Of an answer that ran and left nothing to hold against it. */
export const nothingFound: Inspection = {
  end: 'completed',
  error: null,
  isRolledBack: false,
  results: [],
  violations: [],
  durationMs: 0,
}

/** What inspecting needs. */
export interface InspectOptions {
  parser: Parser
  limits: RunLimits
  /** The first violation is enough: nothing is asked behind it. */
  isBrief?: boolean
}

/** The result of the last statement that returned rows; none where no statement did. */
export function lastResult(run: Pick<RunResult, 'statements'>): Found[] {
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
