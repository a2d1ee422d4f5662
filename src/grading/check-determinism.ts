/** Whether the reference gives the same on the same data loaded in another order, planned in another way. */
import type { SqlExercise } from '../catalog/exercise.ts'
import type { ProofParts } from './check.ts'
import type { CheckFailure } from './check-report.ts'
import { type Inspection, inspect } from './inspect.ts'
import { judge } from './judge.ts'
import { wantFor } from './sandbox-use.ts'
import { otherPlans, shuffledRecipe } from './shuffled.ts'

/** Compares two runs of each reference by the exercise's own rules, on every dataset. */
export async function checkDeterminism(parts: ProofParts, exercise: SqlExercise): Promise<CheckFailure[]> {
  const failures: CheckFailure[] = []
  const recipes = [exercise.recipe, ...exercise.hiddenRecipes]
  for (const [index, answer] of exercise.solutions.entries()) {
    const file = index === 0 ? 'solution.sql' : `solution.${index + 1}.sql`
    for (const dataset of recipes.keys()) {
      const message = await compareRuns(parts, exercise, answer, dataset)
      if (message !== null) failures.push({ what: 'determinism', file, message })
      if (message !== null) break
    }
  }
  return [...failures, ...(await orderKeys(parts, exercise))]
}

async function compareRuns(
  parts: ProofParts,
  exercise: SqlExercise,
  answer: string,
  dataset: number,
): Promise<string | null> {
  const [usual, other] = await Promise.all([
    run(parts, exercise, answer, dataset, false),
    run(parts, exercise, answer, dataset, true),
  ])
  const judged = { comparer: parts.comparer, exercise, answer, timeoutMs: parts.limits.timeoutMs }
  // A plan may differ on other rows; what it returns may not.
  const given = exercise.grading.compare === 'plan' ? { ...other, violations: [] } : other
  const { words } = await judge(judged, given, [async () => usual])
  if (words.kind === 'accepted') return null
  const place = dataset === 0 ? '' : ` on hidden dataset ${dataset}`
  return `The result depends on the order of rows or on the plan${place}: ${words.summary} Sort by something unique, or say in "order" what counts.`
}

async function run(
  parts: ProofParts,
  exercise: SqlExercise,
  answer: string,
  dataset: number,
  isOther: boolean,
): Promise<Inspection> {
  const split = await parts.parser.split(answer)
  if ('error' in split) throw new Error(split.error.message)
  const recipe = [exercise.recipe, ...exercise.hiddenRecipes][dataset] ?? exercise.recipe
  const settings = isOther ? otherPlans.map((text) => ({ text, offset: 0 })) : []
  // Readers' shared databases are not shared between this recipe and that, so there is nothing to save.
  const want = { ...wantFor(exercise, isOther ? shuffledRecipe(recipe) : recipe), access: 'write' as const }
  const options = { parser: parts.parser, limits: { ...parts.limits, cellBytesMax: parts.limits.bytesMax } }
  return await parts.useSandbox(want, (database) =>
    inspect(database, exercise, [...settings, ...split.statements], options),
  )
}

/** The columns that `order` names must be columns of the result. */
async function orderKeys(parts: ProofParts, exercise: SqlExercise): Promise<CheckFailure[]> {
  const { grading } = exercise
  if (!('order' in grading) || typeof grading.order === 'string') return []
  const found = await run(parts, exercise, exercise.solutions[0] ?? '', 0, false)
  const columns = found.results[0]?.columns.map(({ name }) => name) ?? []
  const unknown = grading.order.filter((key) => !columns.includes(key))
  if (unknown.length === 0) return []
  const message = `grading.order names ${unknown.join(', ')}, and the result has the columns ${columns.join(', ')}.`
  return [{ what: 'determinism', file: 'exercise.yaml', message }]
}
