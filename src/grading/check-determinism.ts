/** Whether the references give the same on the same data loaded in another order, planned in another way. */
import type { SqlExercise } from '../catalog/exercise.ts'
import { allSettled, type ProofParts, referenceFile } from './check-parts.ts'
import type { CheckFailure } from './check-report.ts'
import { inspect } from './inspect.ts'
import type { Inspection } from './inspection.ts'
import { judge } from './judge.ts'
import { wantFor } from './sandbox-use.ts'
import { otherPlans, shuffledRecipe } from './shuffled.ts'

/** Compares what each reference finds with another run of it, by the exercise's own rules, on every dataset. */
export async function checkDeterminism(parts: ProofParts, exercise: SqlExercise): Promise<CheckFailure[]> {
  const datasets = [...[exercise.recipe, ...exercise.hiddenRecipes].keys()]
  const compared = exercise.solutions.map(async (answer, index): Promise<CheckFailure[]> => {
    const runs = datasets.map((dataset) => compareRuns(parts, exercise, { answer, index, dataset }))
    const message = (await allSettled(runs)).find((found) => found !== null)
    return message === undefined ? [] : [{ what: 'determinism', file: referenceFile(index), message }]
  })
  const failures = (await allSettled(compared)).flat()
  return [...failures, ...(await orderKeys(parts, exercise))]
}

interface OneReference {
  answer: string
  index: number
  dataset: number
}

async function compareRuns(parts: ProofParts, exercise: SqlExercise, one: OneReference): Promise<string | null> {
  const { answer, index, dataset } = one
  const other = await runOtherwise(parts, exercise, one)
  const judged = { comparer: parts.comparer, exercise, answer, timeoutMs: parts.limits.timeoutMs }
  const { words } = await judge(judged, other, [() => parts.grader.findings(exercise, dataset, index)])
  if (words.kind === 'accepted') return null
  const place = dataset === 0 ? '' : ` on hidden dataset ${dataset}`
  return `The result depends on the order of rows or on the plan${place}: ${words.summary} Sort by something unique, or say in "order" what counts.`
}

/** The reference on the same rows stored backwards, with other plans. */
async function runOtherwise(parts: ProofParts, exercise: SqlExercise, one: OneReference): Promise<Inspection> {
  const split = await parts.parser.split(one.answer)
  if ('error' in split) throw new Error(split.error.message)
  const recipe = [exercise.recipe, ...exercise.hiddenRecipes][one.dataset] ?? exercise.recipe
  const settings = otherPlans.map((text) => ({ text, offset: 0 }))
  const options = { parser: parts.parser, limits: { ...parts.limits, cellBytesMax: parts.limits.bytesMax } }
  return await parts.useSandbox(wantFor(exercise, shuffledRecipe(recipe)), (database) =>
    inspect(database, withoutAssertions(exercise), [...settings, ...split.statements], options),
  )
}

/** A plan may differ on other rows; what it returns may not. */
function withoutAssertions(exercise: SqlExercise): SqlExercise {
  const { grading } = exercise
  return grading.compare === 'plan' ? { ...exercise, grading: { ...grading, assertions: [] } } : exercise
}

/** The columns that `order` names must be columns of the result. */
async function orderKeys(parts: ProofParts, exercise: SqlExercise): Promise<CheckFailure[]> {
  const { grading } = exercise
  if (!('order' in grading) || typeof grading.order === 'string') return []
  const found = await parts.grader.findings(exercise, 0, 0)
  const columns = found.results[0]?.columns.map(({ name }) => name) ?? []
  const unknown = grading.order.filter((key) => !columns.includes(key))
  if (unknown.length === 0) return []
  const message = `grading.order names ${unknown.join(', ')}, and the result has the columns ${columns.join(', ')}.`
  return [{ what: 'determinism', file: 'exercise.yaml', message }]
}
