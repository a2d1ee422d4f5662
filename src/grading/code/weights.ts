/** How much a case, test or check counts, and whether a part of an answer counts at all. */
import type { CodeExercise, IoGrading, Weight } from '../../catalog/code-exercise.ts'
import type { SqlExercise } from '../../catalog/exercise.ts'

/** The weight by name: the first that fits exactly, else the first whose beginning fits, else 1. */
export function weightOf(name: string, weights: readonly Weight[]): number {
  const exact = weights.find((weight) => weight.name === name)
  const begins = weights.find((weight) => isNamed(name, weight.name))
  return (exact ?? begins)?.weight ?? 1
}

/** Whether a name is this one, or begins like this one that ends with `*`. */
export function isNamed(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}

/** Those that count: of each group that counts only as a whole, all or none. */
export function countedOf<Item>(
  items: readonly Item[],
  whole: readonly string[],
  { nameOf, isRight }: { nameOf(item: Item, index: number): string; isRight(item: Item): boolean },
): Set<Item> {
  const names = items.map(nameOf)
  const broken = whole.filter((pattern) =>
    items.some((item, index) => isNamed(names[index] ?? '', pattern) && !isRight(item)),
  )
  return new Set(items.filter((_, index) => !broken.some((pattern) => isNamed(names[index] ?? '', pattern))))
}

/** What says whether an exercise gives a part of its points. */
export type Weighed = Pick<SqlExercise, 'kind'> | Pick<CodeExercise, 'kind' | 'grading' | 'database'>

/**
 * Whether an answer that is partly right brings a part of the points. The author says so by saying what counts how much,
 * unless all that counts is one group which counts only as a whole.
 */
export function givesPart(exercise: Weighed): boolean {
  if (exercise.kind === 'sql' || exercise.grading.weights.length === 0) return false
  const { grading, database } = exercise
  if (grading.compare !== 'io' || (database?.hiddenRecipes.length ?? 0) > 0) return true
  return !isOneWhole(grading)
}

function isOneWhole({ cases, weights, whole }: IoGrading): boolean {
  const names = cases.map(({ name }) => name)
  const weighing = names.filter((name) => weightOf(name, weights) > 0)
  // Where nothing weighs anything, all weigh the same.
  const counting = weighing.length > 0 ? weighing : names
  return whole.some((pattern) => counting.every((name) => isNamed(name, pattern)))
}
