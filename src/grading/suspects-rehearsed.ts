/**
 * Texts that change data. Each would need a sandbox of its own, so they are rehearsed first, many in one, each in a
 * transaction that is rolled back. A rehearsal may only reject. And it counts only where the reference passes it before the
 * first text and after the last.
 */
import type { SqlExercise } from '../catalog/exercise.ts'
import { allSettled, type ProofParts } from './check-parts.ts'
import { rehearsable } from './rehearsable.ts'
import { type Outcome, openRehearsal } from './rehearsal.ts'
import { wantFor } from './sandbox-use.ts'

/** The texts that no rehearsal rejects. What one dataset rejects is not rehearsed on the next. */
export async function leftAfterRehearsal<T extends { sql: string }>(
  parts: ProofParts,
  exercise: SqlExercise,
  texts: readonly T[],
): Promise<T[]> {
  const left = new Set(texts)
  for (const dataset of [exercise.recipe, ...exercise.hiddenRecipes].keys()) {
    for (const text of await rejectedOn(parts, exercise, dataset, [...left])) left.delete(text)
  }
  return [...left]
}

/** Those that a rehearsal on this dataset rejects; none where there is no sound rehearsal. */
async function rejectedOn<T extends { sql: string }>(
  parts: ProofParts,
  exercise: SqlExercise,
  dataset: number,
  texts: readonly T[],
): Promise<T[]> {
  const reference = exercise.solutions[0] ?? ''
  // The reference goes twice, so a rehearsal of fewer saves nothing.
  if (texts.length < 3 || exercise.grading.compare === 'plan') return []
  if ((await rehearsable(parts.parser, reference)) === null) return []
  const references = exercise.solutions.map((_, index) => parts.grader.findings(exercise, dataset, index))
  const expected = await allSettled(references)
  const recipe = [exercise.recipe, ...exercise.hiddenRecipes][dataset] ?? exercise.recipe
  return await parts.useSandbox(wantFor(exercise, recipe), async (database) => {
    const rehearse = await openRehearsal(parts, exercise, { database, expected })
    if (rehearse === null || (await rehearse(reference)) !== 'alike') return []
    const outcomes = new Map<T, Outcome>()
    for (const text of texts) outcomes.set(text, await rehearse(text.sql))
    if ((await rehearse(reference)) !== 'alike') return []
    return texts.filter((text) => outcomes.get(text) === 'different')
  })
}
