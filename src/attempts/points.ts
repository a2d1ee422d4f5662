/** What an exercise brings somebody: the part that is right, less a share for each hint; giving up costs all of it. */
import { givesPart, type Weighed } from '../grading/code/weights.ts'
import { hintCost, roundingSlack, shareMin } from '../store/credit.ts'
import type { ExerciseProgress } from '../store/progress.ts'
import type { VerdictKind } from '../store/submissions.ts'

/** What a right answer brings. Hints after the first accepted answer are not among `hintsCounted`. */
export function pointsFor(
  points: number,
  { hintsCounted, isGivenUp }: Pick<ExerciseProgress, 'hintsCounted' | 'isGivenUp'>,
): number {
  if (isGivenUp) return 0
  return Math.round(points * Math.max(shareMin, 1 - hintCost * hintsCounted))
}

/**
 * What the best answer has brought: of what a right one brings, the part that is right, rounded down, so that all of it
 * always means a passed exercise. `listLeaderboard` reckons the same.
 */
export function pointsEarned(
  points: number,
  reached: Pick<ExerciseProgress, 'hintsCounted' | 'isGivenUp' | 'bestScore'>,
): number {
  return Math.floor(pointsFor(points, reached) * reached.bestScore + roundingSlack)
}

/** The most that an answer is worth that was not accepted: all of it means that the exercise is solved. */
const partMax = 0.99

/** What an answer is worth, from 0 to 1: all or nothing, unless the exercise gives a part for a part. */
export function scoreOfVerdict(
  exercise: Weighed,
  { kind, code }: { kind: VerdictKind; code?: { score: number } },
): number {
  if (kind === 'accepted') return 1
  return code !== undefined && givesPart(exercise) ? Math.min(partMax, code.score) : 0
}
