/** Whether the references give the same on the same data loaded in another order, planned in another way. */
import type { SqlExercise } from '../catalog/exercise.ts'
import type { ParsedStatement } from '../parsing/parsed.ts'
import type { RunStatement } from '../pods/driver.ts'
import { allSettled, type ProofParts, referenceFile } from './check-parts.ts'
import { atKey } from './check-places.ts'
import type { CheckFailure } from './check-report.ts'
import { inspect } from './inspect.ts'
import type { Inspection } from './inspection.ts'
import { judge } from './judge.ts'
import { type SandboxWant, wantFor } from './sandbox-use.ts'
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
  const split = await parts.parser.split(answer)
  if ('error' in split) throw new Error(split.error.message)
  const judged = { comparer: parts.comparer, exercise, answer, timeoutMs: parts.limits.timeoutMs }
  const compare = async (other: Inspection) =>
    (await judge(judged, other, [() => parts.grader.findings(exercise, dataset, index)])).words
  const recipe = [exercise.recipe, ...exercise.hiddenRecipes][dataset] ?? exercise.recipe
  for (const statements of waysToRun(exercise, split.statements)) {
    const otherwise = [...otherPlans.map((text) => ({ text, offset: 0 })), ...statements]
    const shuffled = wantFor(exercise, shuffledRecipe(recipe))
    const want: SandboxWant = isOnlyRead(exercise, statements) ? { ...shuffled, access: 'read' } : shuffled
    const { kind, summary } = await compare(await runOn(parts, exercise, want, otherwise))
    if (kind === 'accepted') return null
    if (statements.length === 0) continue
    const again = await compare(await runOn(parts, exercise, wantFor(exercise, recipe), statements))
    const place = dataset === 0 ? '' : ` on hidden dataset ${dataset}`
    if (again.kind !== 'accepted')
      return `Two runs of it on the same data give different results${place}: ${again.summary}`
    return `The result depends on the order of rows or on the plan${place}: ${summary} Sort by something unique, or say in "order" what counts.`
  }
  return null
}

/**
 * An index changes how rows are found and never which: where the reference only makes indexes for query.sql, planning
 * the query without them is another plan too, and spares building them. Only where that differs (the query may read the
 * catalogue) are they built.
 */
function waysToRun({ grading }: SqlExercise, statements: readonly ParsedStatement[]): (readonly ParsedStatement[])[] {
  const isOfIndexes = statements.every(({ kind }) => kind === 'IndexStmt')
  const isAsked = grading.compare === 'plan' && grading.query !== null
  return isAsked && isOfIndexes ? [[], statements] : [statements]
}

/** Nothing but query.sql runs. */
function isOnlyRead({ isolation }: SqlExercise, statements: readonly ParsedStatement[]): boolean {
  return statements.length === 0 && isolation === 'database'
}

async function runOn(
  parts: ProofParts,
  exercise: SqlExercise,
  want: SandboxWant,
  statements: readonly RunStatement[],
): Promise<Inspection> {
  const options = { parser: parts.parser, limits: { ...parts.limits, cellBytesMax: parts.limits.bytesMax } }
  return await parts.useSandbox(want, (database) => inspect(database, withoutAssertions(exercise), statements, options))
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
  return [atKey(exercise, 'grading.order', { what: 'determinism', message })]
}
