/** What the exercise page shows of an attempt: plain values for the view, made from the log and the answers. */

import type { CodeVerdictPaneProps } from '../../views/attempts/code-verdict.tsx'
import type { CodeRunPaneProps } from '../../views/attempts/program-result.tsx'
import type { ResultProps } from '../../views/attempts/result-pane.tsx'
import type { RunPaneProps } from '../../views/attempts/run-result.tsx'
import type { Try } from '../../views/attempts/task-pane.tsx'
import type { VerdictPaneProps } from '../../views/attempts/verdict.tsx'
import { stateOf } from '../../views/attempts/verdict-say.tsx'
import { counted, shortened } from '../../views/parts/text.tsx'
import type { Exercise, SqlExercise } from '../catalog/exercise.ts'
import { mayHaveCounterexample } from '../grading/case-aims.ts'
import { givesPart } from '../grading/code/weights.ts'
import type { Verdict } from '../grading/verdict.ts'
import type { RunResult } from '../pods/run.ts'
import type { Attempt } from '../store/attempts.ts'
import type { Queries } from '../store/connect.ts'
import { type AttemptEvent, listEvents } from '../store/events.ts'
import { type ExerciseProgress, getProgress } from '../store/progress.ts'
import { countSubmissions, listSubmissions, type SubmissionOfExercise } from '../store/submissions.ts'
import type { CodeRunResult } from './code-run.ts'
import { placedRun } from './placed-run.ts'
import { pointsEarned, pointsFor } from './points.ts'
import { sheetsOf } from './sheets.ts'

/** Tries that the page lists. */
const triesMax = 40

/** What somebody tried, newest first, and what the latest of it came to. */
export interface History {
  tries: Try[]
  /** How many answers were handed in. */
  answers: number
  /** What was reached in the exercise, over all its versions. */
  standing: ExerciseProgress
  /** The latest run or answer, given what the editor shows. */
  latest(text: string): ResultProps
  state: Try['state']
}

/** Reads an attempt's history. */
export async function historyOf(
  sql: Queries,
  { attempt, exercise }: { attempt: Attempt; exercise: Exercise },
  next: VerdictPaneProps['next'],
): Promise<History> {
  const viewer = { userId: attempt.userId }
  const [standing, runs, submissions] = await Promise.all([
    getProgress(sql, { viewer, slug: attempt.exerciseSlug }),
    listEvents(sql, { attemptId: attempt.id, kinds: ['run'], order: 'newest', limit: triesMax }),
    listSubmissions<Verdict & { kind: Verdict['kind'] }>(sql, {
      viewer,
      attemptId: attempt.id,
      limit: triesMax,
    }),
  ])
  const tries = [
    ...runs.map((run) => tryOfRun(exercise, run)),
    ...submissions.map((submission) => tryOfSubmission(exercise, submission)),
  ]
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(0, triesMax)
  const isAll = submissions.length < triesMax
  const answers = isAll ? submissions.length : await countSubmissions(sql, attempt.id)
  const judged = submissions.filter(({ verdict }) => verdict !== null)
  return {
    tries,
    answers,
    standing,
    latest: (text) => latestOf({ exercise, run: runs[0], text, submissions, answers, standing, next }),
    state: attempt.outcome === 'accepted' ? 'accepted' : bestOf(judged),
  }
}

function latestOf({
  exercise,
  run,
  text,
  submissions,
  answers,
  standing,
  next,
}: {
  exercise: Exercise
  run: AttemptEvent | undefined
  text: string
  submissions: readonly SubmissionOfExercise<Verdict>[]
  answers: number
  standing: ExerciseProgress
  next: VerdictPaneProps['next']
}): ResultProps {
  const submission = submissions[0]
  const isRunLater = run !== undefined && (submission === undefined || run.createdAt > submission.submittedAt)
  const shown = isRunLater ? runPaneOfEvent(run, text) : null
  if (shown !== null) return shown
  if (submission?.verdict == null) return { kind: 'empty', of: exercise.kind }
  const judged = { ...submission, verdict: submission.verdict, score: submission.score ?? 0 }
  return verdictPane(exercise, judged, { number: answers, next, standing })
}

/** An answer with its verdict. */
export interface JudgedAnswer {
  id: string
  attemptId: string
  text: string
  submittedAt: Date
  verdict: Verdict
  /** What it is worth, from 0 to 1. */
  score: number
}

/** Where a graded answer stands among the others. */
export interface AnswerPlace {
  /** The how-manieth answer of this attempt, from 1. */
  number: number
  next: VerdictPaneProps['next']
  standing: ExerciseProgress
}

/** The pane of a graded answer. */
export function verdictPane(
  exercise: Exercise,
  { id, attemptId, text, submittedAt, verdict, score }: JudgedAnswer,
  { number, next, standing }: AnswerPlace,
): VerdictPaneProps | CodeVerdictPaneProps {
  const code = verdict.kind === 'internal_error' ? id : null
  const counts = givesPart(exercise) && verdict.kind !== 'accepted' && verdict.kind !== 'internal_error'
  const part = counts ? partOf(exercise.points, score, standing) : null
  const facts = { verdict, number, at: submittedAt.toISOString(), next, part, code }
  if (exercise.kind === 'code') return { kind: 'code-verdict', files: sheetsOf(exercise, text), ...facts }
  // Only what the visible rows show can be made small; the search decides whether there is something to show.
  const caseAddress = mayHaveCounterexample(exercise, verdict)
    ? `/attempts/${attemptId}/submissions/${id}/counterexample`
    : null
  return { kind: 'verdict', sql: text, ...facts, caseAddress }
}

function partOf(points: number, score: number, standing: ExerciseProgress): NonNullable<VerdictPaneProps['part']> {
  return {
    score,
    points: pointsEarned(points, { ...standing, bestScore: score }),
    pointsMax: pointsFor(points, standing),
    pointsBest: pointsEarned(points, standing),
  }
}

/** The pane of a logged run; null where the log no longer has its result. */
function runPaneOfEvent({ payload, result }: AttemptEvent, text: string): RunPaneProps | CodeRunPaneProps | null {
  if (isCodeRunResult(result)) return { kind: 'code-run', result, isOlder: payload['answer'] !== text }
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

function isCodeRunResult(value: unknown): value is CodeRunResult {
  return (
    typeof value === 'object' && value !== null && 'of' in value && (value.of === 'program' || value.of === 'trial')
  )
}

function tryOfRun(exercise: Exercise, { payload, result, createdAt }: AttemptEvent): Try {
  const ran = exercise.kind === 'sql' ? payload['sql'] : payload['answer']
  const outcome = isRunResult(result)
    ? outcomeOf(result)
    : isCodeRunResult(result)
      ? codeOutcomeOf(result)
      : 'Result no longer kept'
  return {
    kind: 'run',
    at: createdAt.toISOString(),
    ...triedText(exercise, typeof ran === 'string' ? ran : null),
    outcome,
    state: null,
  }
}

/** Longer answers are not put into the page whole once for each try, in UTF-16 code units: earlier versions have them. */
const triedLengthMax = 16_000

function triedText(exercise: Exercise, text: string | null): Pick<Try, 'text' | 'sheets'> {
  if (text === null) return { text: null, sheets: [] }
  return { text: text.length > triedLengthMax ? null : text, sheets: sheetsOf(exercise, text) }
}

function tryOfSubmission(exercise: Exercise, { text, submittedAt, verdict }: SubmissionOfExercise<Verdict>): Try {
  const at = submittedAt.toISOString()
  const tried = triedText(exercise, text)
  if (verdict === null) return { kind: 'answer', at, ...tried, outcome: 'Being checked', state: null }
  return { kind: 'answer', at, ...tried, outcome: verdict.summary, state: stateOf(verdict) }
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
  if (result.end === 'error') return shortened(last?.error?.message ?? endWords.error)
  // What a server says of a statement that was stopped is not why.
  if (last === undefined || result.end !== 'completed') return endWords[result.end]
  if (last.columns[0]?.name === 'QUERY PLAN') return 'Plan'
  if (last.rowCount === null) return `${last.command}, done`
  const rows = counted(last.rowCount, 'row')
  return last.columns.length > 0 ? rows : `${last.command}, ${rows}`
}

function codeOutcomeOf(result: CodeRunResult): string {
  if (result.of === 'program') {
    if (result.compiler !== null) return 'Did not compile'
    if (result.end === 'cancelled') return 'Cancelled'
    return result.problem ?? `Ran, ${counted(result.stdout.split('\n').length - 1, 'line')} printed`
  }
  if (result.results === null) return 'Cancelled'
  const { items, compiler } = result.results
  if (compiler !== null) return 'Did not compile'
  const passed = items.filter(({ outcome }) => outcome === 'passed').length
  return `${passed} of ${items.length} shown ones passed`
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
