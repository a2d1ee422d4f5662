/** Which mutants of the reference the datasets tell from it. */
import type { RowsRules, SqlExercise } from '../catalog/exercise.ts'
import { type Mutant, resultOrder } from '../parsing/mutant.ts'
import type { ParsedStatement } from '../parsing/parsed.ts'
import type { ImageRecipe } from '../pods/driver.ts'
import type { ProofParts } from './check.ts'
import type { ExerciseReport } from './check-report.ts'
import { compareRows } from './compare-rows.ts'
import { type Found, foundOf, lastResult } from './inspect.ts'
import { wantFor } from './sandbox-use.ts'

/** Adds the score to the report, and a failure for each mark of a mutant that does not exist. */
export async function checkMutants(parts: ProofParts, exercise: SqlExercise, report: ExerciseReport): Promise<void> {
  const { grading } = exercise
  if (grading.compare === 'plan' && grading.query !== null) return
  const reference = exercise.solutions[0] ?? ''
  const isFree = !('order' in grading) || grading.order === 'none'
  const all = (await parts.parser.mutants(reference)).filter(({ name }) => !(isFree && name.startsWith(resultOrder)))
  const marks = exercise.equivalentMutants.map(({ mutant }) => mutant)
  const judged = all.filter(({ name }) => !marks.some((mark) => isMarked(name, mark)))
  const alike = await survivorsOf(parts, exercise, judged)
  const survivors = await withoutSamePlan(parts, exercise, alike)
  const proven = alike.length - survivors.length
  report.mutants = {
    total: judged.length - proven,
    killed: judged.length - alike.length,
    equivalent: all.length - judged.length + proven,
    survivors,
  }
  for (const mark of marks) {
    if (all.some(({ name }) => isMarked(name, mark))) continue
    const message = `grading.equivalent names "${mark}", which is no mutant of the reference; remove it.`
    report.failures.push({ what: 'mutants', file: 'exercise.yaml', message })
  }
}

/** A mark that ends with `*` stands for every mutant whose name begins so. */
function isMarked(name: string, mark: string): boolean {
  return mark.endsWith('*') ? name.startsWith(mark.slice(0, -1)) : name === mark
}

async function survivorsOf(parts: ProofParts, exercise: SqlExercise, mutants: readonly Mutant[]): Promise<Mutant[]> {
  const { grading } = exercise
  const split = await parts.parser.split(exercise.solutions[0] ?? '')
  const statements = 'error' in split ? [] : split.statements
  const isReading = (grading.compare === 'rows' || grading.compare === 'plan') && isOneRead(statements)
  if (!isReading) return await gradeEach(parts, exercise, mutants)
  let left = [...mutants]
  for (const recipe of [exercise.recipe, ...exercise.hiddenRecipes]) {
    if (left.length > 0) left = await surviveOn(parts, exercise, recipe, grading, left)
  }
  return left
}

/** One query that changes nothing: then all mutants can run in one sandbox, one after another. */
function isOneRead(statements: readonly ParsedStatement[]): boolean {
  const [only, ...more] = statements
  return (
    more.length === 0 &&
    only?.kind === 'SelectStmt' &&
    !/\b(insert|update|delete|merge|into|nextval|setval)\b/i.test(only.text)
  )
}

/**
 * An outer join whose added rows a condition throws away again means the same as the inner one, and PostgreSQL's planner
 * proves it: both get one plan. Only for kinds of joins: a plan does not show, say, how many rows LIMIT takes.
 */
async function withoutSamePlan(
  parts: ProofParts,
  exercise: SqlExercise,
  mutants: readonly Mutant[],
): Promise<Mutant[]> {
  const joins = mutants.filter(({ name }) => name.startsWith('join kind:'))
  if (joins.length === 0 || exercise.grading.compare !== 'rows') return [...mutants]
  const queries = [exercise.solutions[0] ?? '', ...joins.map(({ sql }) => sql)]
  const statements = queries.map((query) => ({ text: `EXPLAIN (VERBOSE, COSTS OFF) ${query}`, offset: 0 }))
  const want = wantFor(exercise, exercise.recipe)
  const run = await parts.useSandbox(want, (database) => database.run(statements, parts.limits))
  const [own, ...plans] = run.statements.map(({ rows, error }) => (error === null ? JSON.stringify(rows) : null))
  const same = new Set(joins.filter((_, index) => own != null && plans[index] === own))
  return mutants.filter((mutant) => !same.has(mutant))
}

async function gradeEach(parts: ProofParts, exercise: SqlExercise, mutants: readonly Mutant[]): Promise<Mutant[]> {
  const survivors: Mutant[] = []
  for (const mutant of mutants) {
    const verdict = await parts.grader.grade({ exercise, answer: mutant.sql })
    if (verdict.kind === 'accepted') survivors.push(mutant)
  }
  return survivors
}

/** Mutants in one session; more would only make the retries dearer. */
const batchMax = 24
/** A mutant may take so much longer than the reference before it counts as told apart. */
const slownessMax = 20
const batchTimeoutMsMin = 1_000
const batchBytesMax = 64 * 1024 * 1024

async function surviveOn(
  parts: ProofParts,
  exercise: SqlExercise,
  recipe: ImageRecipe,
  rules: RowsRules,
  mutants: readonly Mutant[],
): Promise<Mutant[]> {
  return await parts.useSandbox(wantFor(exercise, recipe), async (database) => {
    const reference = await database.run([{ text: exercise.solutions[0] ?? '', offset: 0 }], parts.limits)
    const [expected] = lastResult(reference)
    if (expected === undefined) return [...mutants]
    const timeoutMs = Math.min(parts.limits.timeoutMs, Math.max(batchTimeoutMsMin, reference.durationMs * slownessMax))
    const rowsMax = Math.min(parts.limits.rowsMax, expected.rows.length + 1)
    const limits = { timeoutMs, rowsMax, bytesMax: batchBytesMax, cellBytesMax: parts.limits.bytesMax }
    const survivors: Mutant[] = []
    const waiting = [...mutants]
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchMax)
      const run = await database.run(
        batch.map(({ sql }) => ({ text: sql, offset: 0 })),
        limits,
      )
      const ended = run.statements.filter(({ error }) => error === null)
      const whole = run.end === 'completed' ? ended : ended.slice(0, run.statements.length - 1)
      for (const [index, statement] of whole.entries()) {
        const mutant = batch[index]
        if (mutant !== undefined && isAlike(expected, foundOf(statement, null), rules)) survivors.push(mutant)
      }
      // What stopped the batch is told apart, unless the others before it had used up what the batch may take.
      const isOwnDoing = run.end === 'error' || whole.length === 0
      waiting.splice(0, run.end === 'completed' ? batch.length : whole.length + (isOwnDoing ? 1 : 0))
      if (run.end === 'lost') throw new Error('The database went away while mutants ran')
    }
    return survivors
  })
}

function isAlike(expected: Found, given: Found, rules: RowsRules): boolean {
  return !given.isTruncated && compareRows(expected, given, rules) === null
}
