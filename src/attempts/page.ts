/** What the exercise page shows of an attempt: plain values for the view, made from the log and the answers. */
import type { ResultProps } from '../../views/attempts/result-pane.tsx'
import type { RunPaneProps } from '../../views/attempts/run-result.tsx'
import type { Try } from '../../views/attempts/task-pane.tsx'
import { stateOf, type VerdictPaneProps } from '../../views/attempts/verdict.tsx'
import { counted } from '../../views/parts/text.tsx'
import type { SqlExercise } from '../catalog/exercise.ts'
import type { Verdict } from '../grading/verdict.ts'
import type { RunResult } from '../pods/run.ts'
import type { Attempt } from '../store/attempts.ts'
import type { Queries } from '../store/connect.ts'
import { type AttemptEvent, listEvents } from '../store/events.ts'
import { listSubmissions, type SubmissionOfExercise } from '../store/submissions.ts'
import { placedRun } from './placed-run.ts'

/** Tries that the page lists. */
const triesMax = 40

/** What somebody tried, newest first, and what the latest of it came to. */
export interface History {
  tries: Try[]
  /** The latest run or answer, given what the editor shows. */
  latest(text: string): ResultProps
  state: Try['state']
}

/** Reads an attempt's history. */
export async function historyOf(sql: Queries, attempt: Attempt, next: VerdictPaneProps['next']): Promise<History> {
  const [runs, submissions] = await Promise.all([
    listEvents(sql, { attemptId: attempt.id, kinds: ['run'], order: 'newest', limit: triesMax }),
    listSubmissions<Verdict & { kind: Verdict['kind'] }>(sql, {
      viewer: { userId: attempt.userId },
      attemptId: attempt.id,
      limit: triesMax,
    }),
  ])
  const tries = [...runs.map(tryOfRun), ...submissions.map(tryOfSubmission)]
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(0, triesMax)
  const judged = submissions.filter(({ verdict }) => verdict !== null)
  return { tries, latest: (text) => latestOf({ run: runs[0], text, submissions, next }), state: bestOf(judged) }
}

function latestOf({
  run,
  text,
  submissions,
  next,
}: {
  run: AttemptEvent | undefined
  text: string
  submissions: readonly SubmissionOfExercise<Verdict>[]
  next: VerdictPaneProps['next']
}): ResultProps {
  const submission = submissions[0]
  const isRunLater = run !== undefined && (submission === undefined || run.createdAt > submission.submittedAt)
  const shown = isRunLater ? runPaneOfEvent(run, text) : null
  if (shown !== null) return shown
  if (submission?.verdict == null) return { kind: 'empty' }
  return verdictPane({ ...submission, verdict: submission.verdict }, submissions.length, next)
}

/** An answer with its verdict. */
export interface JudgedAnswer {
  id: string
  attemptId: string
  text: string
  submittedAt: Date
  verdict: Verdict
}

/** The pane of a graded answer. */
export function verdictPane(
  { id, attemptId, text, submittedAt, verdict }: JudgedAnswer,
  number: number,
  next: VerdictPaneProps['next'],
): VerdictPaneProps {
  const code = verdict.kind === 'internal_error' ? id : null
  // Only what the visible rows show can be made small; the search decides whether there is something to show.
  const mayHaveCase = verdict.kind === 'wrong_answer' && verdict.difference !== null && verdict.table === undefined
  const caseAddress = mayHaveCase ? `/attempts/${attemptId}/submissions/${id}/counterexample` : null
  return { kind: 'verdict', sql: text, verdict, number, at: submittedAt.toISOString(), next, code, caseAddress }
}

/** The pane of a logged run; null where the log no longer has its result. */
function runPaneOfEvent({ payload, result }: AttemptEvent, text: string): RunPaneProps | null {
  const { sql: part, offset } = payload
  if (typeof part !== 'string' || !isRunResult(result)) return null
  return placedRun({ part, offset: typeof offset === 'number' ? offset : 0, result }, text)
}

function isRunResult(value: unknown): value is RunResult {
  return (
    typeof value === 'object' &&
    value !== null &&
    'statements' in value &&
    'end' in value &&
    Array.isArray(value.statements)
  )
}

function tryOfRun(event: AttemptEvent): Try {
  const { sql } = event.payload
  const outcome = isRunResult(event.result) ? outcomeOf(event.result) : 'Result no longer kept'
  return {
    kind: 'run',
    at: event.createdAt.toISOString(),
    sql: typeof sql === 'string' ? sql : '',
    outcome,
    state: null,
  }
}

function tryOfSubmission({ text, submittedAt, verdict }: SubmissionOfExercise<Verdict>): Try {
  const at = submittedAt.toISOString()
  if (verdict === null) return { kind: 'answer', at, sql: text, outcome: 'Being checked', state: null }
  return { kind: 'answer', at, sql: text, outcome: verdict.summary, state: stateOf(verdict) }
}

const endWords: Record<RunResult['end'], string> = {
  completed: 'Done',
  error: 'Did not run',
  time_limit: 'Stopped at the time limit',
  memory_limit: 'Needed too much memory',
  disk_limit: 'Needed too much disk',
  output_limit: 'Returned too much',
  cancelled: 'Cancelled',
  lost: 'The sandbox went away',
}

function outcomeOf(result: RunResult): string {
  const last = result.statements.at(-1)
  if (last === undefined || result.end !== 'completed') return last?.error?.message ?? endWords[result.end]
  if (last.columns[0]?.name === 'QUERY PLAN') return 'Plan'
  if (last.rowCount === null) return `${last.command}, done`
  const rows = counted(last.rowCount, 'row')
  return last.columns.length > 0 ? rows : `${last.command}, ${rows}`
}

function bestOf(submissions: readonly SubmissionOfExercise<Verdict>[]): Try['state'] {
  const verdicts = submissions.flatMap(({ verdict }) => (verdict === null ? [] : [verdict]))
  const best = verdicts.find(({ kind }) => kind === 'accepted') ?? verdicts[0]
  return best === undefined ? null : stateOf(best)
}

/** The line above the editor. */
export function serverLine(exercise: SqlExercise, version: string): string {
  return `PostgreSQL ${version} · ${exercise.dataset}${exercise.writes ? '' : ', read only'}`
}
