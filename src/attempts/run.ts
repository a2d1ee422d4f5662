/** Running what a learner wrote, in the attempt's own sandbox: chosen, parsed, run, logged. */
import type { SqlExercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import type { ParsedStatement, SyntaxProblem } from '../parsing/parsed.ts'
import type { Parser } from '../parsing/parser.ts'
import type { RunLimits, RunResult, StatementResult } from '../pods/run.ts'
import type { DatabasePool } from '../sandboxes/create-pool.ts'
import type { DiskRoom } from '../sandboxes/disk-room.ts'
import type { Holder } from '../sandboxes/leases.ts'
import { runInSandbox, type StatementQueue } from '../sandboxes/statements.ts'
import type { Attempt } from '../store/attempts.ts'
import type { Sql } from '../store/connect.ts'
import { insertRunEvent } from '../store/events.ts'
import { firstRowSeconds, runSeconds } from '../telemetry/metrics.ts'
import { mayChange, mayChangeSchema } from './changes.ts'
import { explained } from './explain.ts'
import { changesOf } from './log.ts'
import { readOwnSchema } from './own-schema.ts'
import type { AttemptSandboxes } from './sandboxes.ts'
import { clampSelection, type Selection, statementAt } from './selection.ts'

/** The parts of the program that an attempt works with. */
export interface Workbench {
  sql: Sql
  room: DiskRoom
  pool: DatabasePool
  queue: StatementQueue
  parser: Parser
  sandboxes: AttemptSandboxes
  limits: RunLimits
}

/** A learner's wish to run something. */
export interface RunRequest {
  attempt: Attempt
  exercise: SqlExercise
  holder: Holder
  /** The whole text of the editor. */
  sql: string
  /** Null runs everything. */
  selection: Selection | null
  /** Shows the plan of the first chosen statement instead. */
  isExplained?: boolean
}

/** What came of it. */
export interface RunOutcome {
  result: RunResult
  /** A sandbox with changes was lost before this run: why, and how many texts could be run again. */
  lost: { reason: string; replayTexts: number } | null
  /** The tables may be others than before. */
  isSchemaNew: boolean
}

/** The limits of a run: the program's, and the exercise's time where it sets one. */
export function limitsFor(limits: RunLimits, exercise: SqlExercise): RunLimits {
  const { timeoutMs } = exercise.limits
  return timeoutMs === null ? limits : { ...limits, timeoutMs: Math.min(timeoutMs, limits.timeoutMs) }
}

/**
 * Runs statements and writes them to the attempt's log. What the SQL does is in the result; thrown are Podium's own
 * refusals (`Failure`): no room on the disk, no sandbox, too many runs, one still running.
 */
export async function run(bench: Workbench, request: RunRequest): Promise<RunOutcome> {
  const { attempt, exercise } = request
  const startedMs = performance.now()
  await bench.room.require()
  // Before the text is read: of one attempt there is never more than one text in the parser.
  const running = bench.sandboxes.startRun(attempt.id)
  try {
    const chosen = await choose(bench.parser, request.sql, request.selection)
    if ('error' in chosen) {
      const result = syntaxResult(chosen.error, request.sql)
      await log(bench, { attempt, text: request.sql, offset: 0, changes: false, result })
      return { result, lost: null, isSchemaNew: false }
    }
    const statements = request.isExplained ? plansOf(chosen.statements) : chosen.statements
    const [lost, lease] = await Promise.all([
      noticeLoss(bench, attempt),
      bench.sandboxes.open(attempt.id, exercise, request.holder),
    ])
    const limits = limitsFor(bench.limits, exercise)
    await running.turn
    const result = await runInSandbox(bench, lease, { statements, limits, signal: running.signal })
    runSeconds.observe({ end: result.end }, result.durationMs / 1000)
    noteFirstRow(result, performance.now() - startedMs)
    const text = request.isExplained ? statements[0]?.text : textOf(request.sql, statements)
    const ran = { text: text ?? '', offset: statements[0]?.offset ?? 0 }
    // A plan of a change leaves nothing behind; only an EXPLAIN ANALYZE that somebody wrote themselves may.
    const isOnlyPlan = request.isExplained === true && chosen.statements[0]?.kind !== 'ExplainStmt'
    // Where somebody has reset the database meanwhile, what was changed went with it.
    const isKept = bench.sandboxes.isOf(attempt.id, lease)
    await log(bench, { attempt, ...ran, changes: isKept && !isOnlyPlan && changed(statements, result), result })
    const isSchemaChanged = mayChangeSchema(ranOf(statements, result)) && !result.isRolledBack
    if (isSchemaChanged) await readOwnSchema(bench, lease, running.signal)
    return { result, lost, isSchemaNew: isSchemaChanged || lost !== null }
  } finally {
    running.finish()
  }
}

/** From the wish to run to the first statement's rows: everything but the statements after it. */
function noteFirstRow({ statements, durationMs }: RunResult, elapsedMs: number): void {
  const first = statements[0]
  if (first === undefined || first.error !== null) return
  firstRowSeconds.observe((elapsedMs - durationMs + first.durationMs) / 1000)
}

/** The statements to run, with offsets in the whole text. */
export async function choose(
  parser: Parser,
  sql: string,
  selection: Selection | null,
): Promise<{ statements: ParsedStatement[] } | { error: SyntaxProblem }> {
  const { start, end } = selection === null ? { start: 0, end: 0 } : clampSelection(sql, selection)
  if (start === end) {
    const whole = await parser.split(sql)
    if (selection === null || 'error' in whole) return whole
    const one = statementAt(whole.statements, start)
    return { statements: one === null ? [] : [one] }
  }
  const part = await parser.split(sql.slice(start, end))
  if ('error' in part)
    return { error: { ...part.error, position: part.error.position === null ? null : part.error.position + start } }
  return { statements: part.statements.map((statement) => ({ ...statement, offset: statement.offset + start })) }
}

/** The first statement, explained. */
function plansOf(statements: readonly ParsedStatement[]): ParsedStatement[] {
  const [first] = statements
  if (first === undefined) return []
  const plan = explained(first)
  if (plan === null)
    throw new Failure('invalid', 'This statement has no plan: SELECT, INSERT, UPDATE, DELETE and MERGE have one.', {
      code: 'no_plan',
    })
  return [plan]
}

/** Where an earlier sandbox with changes is gone, logs that once and says why. */
async function noticeLoss(bench: Workbench, attempt: Attempt): Promise<RunOutcome['lost']> {
  if (bench.sandboxes.isLive(attempt.id)) return null
  // Before the first wait: beside this, a fresh sandbox takes the lost one's place.
  const reason = bench.sandboxes.lossOf(attempt.id) ?? 'Your database was put away because Podium was restarted.'
  bench.sandboxes.forget(attempt.id)
  const { after, texts } = await changesOf(bench.sql, attempt.id)
  if (texts.length === 0) return null
  await insertRunEvent(bench.sql, { attemptId: attempt.id, kind: 'lost', payload: { reason, after } })
  return { reason, replayTexts: texts.length }
}

interface LoggedRun {
  attempt: Attempt
  text: string
  /** Where the text begins in the editor: the result's positions count from there. */
  offset: number
  changes: boolean
  result: RunResult
}

async function log({ sql }: Workbench, { attempt, text, offset, changes, result }: LoggedRun): Promise<void> {
  const payload = { sql: text, offset, changes, end: result.end, durationMs: Math.round(result.durationMs) }
  await insertRunEvent(sql, { attemptId: attempt.id, kind: 'run', payload, result })
}

function changed(statements: readonly ParsedStatement[], result: RunResult): boolean {
  return mayChange(ranOf(statements, result)) && !result.isRolledBack
}

function ranOf(statements: readonly ParsedStatement[], result: RunResult): readonly ParsedStatement[] {
  return statements.slice(0, result.statements.filter(({ error }) => error === null).length)
}

/** From the first statement's beginning to the last one's end. */
function textOf(sql: string, statements: readonly ParsedStatement[]): string {
  const first = statements[0]
  const last = statements.at(-1)
  return first === undefined || last === undefined ? sql : sql.slice(first.offset, last.offset + last.text.length)
}

/** What PostgreSQL would have answered: it parses the whole text before it runs any of it. */
function syntaxResult({ message, hint, position }: SyntaxProblem, text: string): RunResult {
  const statement: StatementResult = {
    text,
    offset: 0,
    command: '',
    columns: [],
    rows: [],
    rowCount: null,
    truncatedBy: null,
    notices: [],
    durationMs: 0,
    error: { code: '42601', message, detail: null, hint, position },
  }
  return { statements: [statement], end: 'error', isRolledBack: false, durationMs: 0 }
}
