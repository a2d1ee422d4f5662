/**
 * Mutants of what changes data. Each would need a sandbox of its own, so they are rehearsed first, many in one, each in a
 * transaction that is rolled back. A rehearsal may only reject: whom it does not reject is graded as an answer is, on
 * fresh sandboxes. And it counts only where the reference passes it before the first mutant and after the last.
 */
import type { SqlExercise } from '../catalog/exercise.ts'
import type { Mutant } from '../parsing/mutant.ts'
import { allSettled, type ProofParts } from './check-parts.ts'
import { rehearsable } from './rehearsable.ts'
import { type Outcome, openRehearsal } from './rehearsal.ts'
import { wantFor } from './sandbox-use.ts'

/** The mutants that are accepted as answers. */
export async function surviveRehearsals(
  parts: ProofParts,
  exercise: SqlExercise,
  mutants: readonly Mutant[],
): Promise<Mutant[]> {
  const left = new Set(mutants)
  for (const dataset of [exercise.recipe, ...exercise.hiddenRecipes].keys()) {
    for (const mutant of await rejectedOn(parts, exercise, dataset, [...left])) left.delete(mutant)
  }
  const graded = [...left].map(async (mutant) =>
    (await parts.grader.accepts({ exercise, answer: mutant.sql })) ? [mutant] : [],
  )
  return (await allSettled(graded)).flat()
}

/** Those that a rehearsal on this dataset rejects; none where there is no sound rehearsal. */
async function rejectedOn(
  parts: ProofParts,
  exercise: SqlExercise,
  dataset: number,
  mutants: readonly Mutant[],
): Promise<Mutant[]> {
  const reference = exercise.solutions[0] ?? ''
  // The reference goes twice, so a rehearsal of fewer saves nothing.
  if (mutants.length < 3 || exercise.grading.compare === 'plan') return []
  if ((await rehearsable(parts.parser, reference)) === null) return []
  const references = exercise.solutions.map((_, index) => parts.grader.findings(exercise, dataset, index))
  const expected = await allSettled(references)
  const recipe = [exercise.recipe, ...exercise.hiddenRecipes][dataset] ?? exercise.recipe
  return await parts.useSandbox(wantFor(exercise, recipe), async (database) => {
    const rehearse = await openRehearsal(parts, exercise, { database, expected })
    if (rehearse === null || (await rehearse(reference)) !== 'alike') return []
    const outcomes = new Map<Mutant, Outcome>()
    for (const mutant of mutants) outcomes.set(mutant, await rehearse(mutant.sql))
    if ((await rehearse(reference)) !== 'alike') return []
    return mutants.filter((mutant) => outcomes.get(mutant) === 'different')
  })
}
