/** Handing in an answer: stored first, then graded on fresh sandboxes; graded again at start where a crash came between. */
import { answerFiles } from '../catalog/answer-files.ts'
import type { Exercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import type { Verdict } from '../grading/verdict.ts'
import type { DiskRoom } from '../sandboxes/disk-room.ts'
import type { Holder } from '../sandboxes/leases.ts'
import { gradingLine } from '../sandboxes/statements.ts'
import type { Attempt } from '../store/attempts.ts'
import type { Sql } from '../store/connect.ts'
import { insertEvent } from '../store/events.ts'
import { insertSubmission, listSubmissionsToJudge, recordVerdict } from '../store/submissions.ts'
import type { Log } from '../telemetry/log.ts'
import { scoreOfVerdict } from './points.ts'

/** Grades one answer, in whose turns `line` says. Never throws for what the answer does. */
export type Grade = (given: { exercise: Exercise; answer: string; line: string }) => Promise<Verdict>

/** What submitting needs. */
export interface Desk {
  sql: Sql
  room: DiskRoom
  grade: Grade
  log: Log
}

/** A graded answer. */
export interface Graded {
  id: string
  submittedAt: Date
  verdict: Verdict
  /** What it is worth, from 0 to 1. */
  score: number
}

/**
 * Stores the answer, grades it, stores the verdict. When this returns, all of it is on disk. Throws
 * `Failure('exhausted')` (`disk_low`) where there is no room for that; then nothing is stored.
 */
export async function submit(
  desk: Desk,
  { attempt, exercise, answer, holder }: { attempt: Attempt; exercise: Exercise; answer: string; holder: Holder },
): Promise<Graded> {
  // Nobody keeps what can't be an answer.
  if (exercise.kind === 'code') answerFiles(exercise, answer)
  await desk.room.require()
  const { id, submittedAt } = await desk.sql.begin(async (transaction) => {
    const stored = await insertSubmission(transaction, { attemptId: attempt.id, text: answer })
    const event = { attemptId: attempt.id, kind: 'submission' as const, payload: { submission: stored.id } }
    await insertEvent(transaction, event)
    return stored
  })
  const judged = await judge(desk, { id, attemptId: attempt.id, exercise, answer, line: gradingLine(holder) })
  return { id, submittedAt, ...judged }
}

interface Unjudged {
  id: string
  attemptId: string
  exercise: Exercise
  answer: string
  line: string
}

async function judge(desk: Desk, { id, attemptId, ...given }: Unjudged): Promise<Pick<Graded, 'verdict' | 'score'>> {
  const verdict = await gradeOrBlamePodium(desk, id, given)
  const score = scoreOfVerdict(given.exercise, verdict)
  await desk.sql.begin(async (transaction) => {
    const isFirst = await recordVerdict(transaction, { submissionId: id, verdict, score })
    const { kind, isNearly, summary } = verdict
    const payload = { submission: id, kind, isNearly, summary, score }
    if (isFirst) await insertEvent(transaction, { attemptId, kind: 'verdict', payload })
  })
  return { verdict, score }
}

/** A refusal (the house is full) is the learner's to know; any other trouble is on Podium and counts for nothing. */
async function gradeOrBlamePodium(desk: Desk, id: string, given: Parameters<Grade>[0]): Promise<Verdict> {
  try {
    return await desk.grade(given)
  } catch (cause) {
    desk.log.error('grading failed', { submission: id, cause })
    const reason = cause instanceof Failure ? cause.message : 'The check did not finish.'
    return {
      kind: 'internal_error',
      isNearly: false,
      summary: `${reason.replace(/\.?$/, '.')} That is on Podium, not your ${given.exercise.kind === 'sql' ? 'query' : 'program'}.`,
      help: 'It does not count as a try. Check again in a moment.',
      difference: null,
      error: null,
      datasetsPassed: 0,
      datasetsGraded: 0,
      durationMs: 0,
    }
  }
}

/**
 * Grades what a crash left without a verdict, once there is room on the disk; returns how many. `findExercise` gives the version the answer was for,
 * or the present one where that is gone.
 */
export async function judgeLeftovers(
  desk: Desk,
  findExercise: (slug: string, version: string) => Promise<Exercise | null>,
): Promise<number> {
  if (!(await desk.room.untilRoom())) return 0
  const waiting = await listSubmissionsToJudge(desk.sql)
  for (const { id, attemptId, exerciseSlug, exerciseVersion, text } of waiting) {
    const exercise = await findExercise(exerciseSlug, exerciseVersion)
    if (exercise === null) {
      desk.log.warn('an answer cannot be graded: its exercise is gone', { submission: id, exercise: exerciseSlug })
      continue
    }
    await judge(desk, { id, attemptId, exercise, answer: text, line: 'left by a crash' })
  }
  return waiting.length
}
