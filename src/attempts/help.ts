/** Hints and the reference solution: what an attempt has been shown, what the next step costs, and showing it. */
import type { HelpProps } from '../../views/attempts/help.tsx'
import type { Exercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import { givesPart } from '../grading/code/weights.ts'
import { type Attempt, revealHints, revealSolution } from '../store/attempts.ts'
import type { Sql } from '../store/connect.ts'
import { insertEvent } from '../store/events.ts'
import type { ExerciseProgress } from '../store/progress.ts'
import { pointsEarned, pointsFor } from './points.ts'
import { sheetsOf } from './sheets.ts'

/** An attempt and its exercise. */
interface Work {
  attempt: Attempt
  exercise: Exercise
}

/** Who asks, and what they have reached in the exercise, over all its versions. */
interface Asker {
  standing: ExerciseProgress
  csrf: string | null
  isAuthor: boolean
  asksToGiveUp?: boolean
}

/** What the page may show: hints and a solution that were not revealed are not in it. Authors see every reference. */
export function helpOf(
  { attempt, exercise }: Work,
  { standing, csrf, isAuthor, asksToGiveUp = false }: Asker,
): HelpProps {
  const { hintsShown, hintsCounted, acceptedAt, solutionShownAt } = attempt
  const isAccepted = acceptedAt !== null
  const isGivenUp = solutionShownAt !== null
  const isPassed = standing.outcome === 'accepted'
  const costly = Math.max(standing.hintsCounted, isPassed ? 0 : hintsCounted + 1)
  const afterHint = { ...standing, hintsCounted: costly }
  const references = exercise.solutions.map((text) => sheetsOf(exercise, text.trimEnd()))
  const isOpen = isAccepted || isGivenUp || isAuthor
  return {
    attemptId: attempt.id,
    csrf,
    hints: exercise.hints.slice(0, hintsShown).map(({ html }) => html),
    hintsTotal: exercise.hints.length,
    points: exercise.points,
    pointsNow: pointsFor(exercise.points, standing),
    pointsAfterHint: pointsFor(exercise.points, afterHint),
    pointsEarned: pointsEarned(exercise.points, standing),
    pointsEarnedAfterHint: pointsEarned(exercise.points, afterHint),
    bestScore: standing.bestScore,
    givesPart: givesPart(exercise),
    isPassed,
    isGivenUp,
    isForAuthors: isAuthor && !isAccepted && !isGivenUp,
    solution: isOpen ? (references[0] ?? null) : null,
    otherSolutions: isAuthor ? references.slice(1) : [],
    asksToGiveUp,
  }
}

/** Reveals the hint of this number, from 1, where it is the next one; a number shown already changes nothing. */
export async function showHint(sql: Sql, { attempt, exercise }: Work, number: number): Promise<void> {
  const isHint = Number.isInteger(number) && number >= 1 && number <= exercise.hints.length
  if (isHint && number <= attempt.hintsShown) return
  if (!isHint || number > attempt.hintsShown + 1) throw new Failure('invalid', 'Hints are shown one after the other.')
  await sql.begin(async (transaction) => {
    await revealHints(transaction, { attemptId: attempt.id, number })
    await insertEvent(transaction, { attemptId: attempt.id, kind: 'hint', payload: { number } })
  })
}

/** Gives the points up for the reference solution; after an accepted answer there is nothing to give up. */
export async function giveUp(sql: Sql, { attempt }: Work, now: Date): Promise<void> {
  if (attempt.acceptedAt !== null || attempt.solutionShownAt !== null) return
  await sql.begin(async (transaction) => {
    await revealSolution(transaction, { attemptId: attempt.id, now })
    await insertEvent(transaction, { attemptId: attempt.id, kind: 'solution', payload: {} })
  })
}
