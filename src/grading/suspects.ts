/**
 * Texts that must not be accepted as answers: the starter, wrong answers, mutants of the reference. They are rejected in
 * cheaper ways than answers are graded, many in one sandbox, where that is sure to come to the same; whatever is left is
 * graded as an answer is.
 */
import type { SqlExercise } from '../catalog/exercise.ts'
import { allSettled, type ProofParts, type Suspect } from './check-parts.ts'
import { oneQuery } from './rehearsable.ts'
import { leftAfterReading } from './suspects-read.ts'
import { leftAfterRehearsal } from './suspects-rehearsed.ts'

/** Those that would be accepted as answers. Throws as grading does. */
export async function acceptedOf<T extends Suspect>(
  parts: ProofParts,
  exercise: SqlExercise,
  suspects: readonly T[],
): Promise<T[]> {
  const left = await leftOf(parts, exercise, suspects)
  const graded = left.map(async (suspect) =>
    (await parts.grader.accepts({ exercise, answer: suspect.sql })) ? [suspect] : [],
  )
  return (await allSettled(graded)).flat()
}

async function leftOf<T extends Suspect>(
  parts: ProofParts,
  exercise: SqlExercise,
  suspects: readonly T[],
): Promise<readonly T[]> {
  const { grading } = exercise
  const isRows = grading.compare === 'rows' || grading.compare === 'plan'
  const isQuery = isRows && (await oneQuery(parts.parser, exercise.solutions[0] ?? '')) !== null
  if (isQuery) return await leftAfterReading(parts, exercise, grading, suspects)
  return await leftAfterRehearsal(parts, exercise, suspects)
}
