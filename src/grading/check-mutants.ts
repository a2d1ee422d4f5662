/** Which mutants of the reference the datasets tell from it. */
import type { SqlExercise } from '../catalog/exercise.ts'
import { type Mutant, resultOrder } from '../parsing/mutant.ts'
import type { ParsedStatement } from '../parsing/parsed.ts'
import type { ProofParts } from './check-parts.ts'
import { atKey } from './check-places.ts'
import type { CheckFailure, MutantScore } from './check-report.ts'
import { surviveReading } from './mutants-reading.ts'
import { surviveRehearsals } from './mutants-rehearsed.ts'
import { wantFor } from './sandbox-use.ts'

/** The score, null where no mutant could be judged, and a failure for each mark of a mutant that does not exist. */
export async function checkMutants(
  parts: ProofParts,
  exercise: SqlExercise,
): Promise<{ mutants: MutantScore | null; failures: CheckFailure[] }> {
  const { grading } = exercise
  // Each takes as long as building an index, or whatever the answer builds.
  const isDear = grading.compare === 'plan' && grading.query !== null
  if (isDear && parts.isThorough !== true) return { mutants: null, failures: [] }
  const reference = exercise.solutions[0] ?? ''
  const isFree = !('order' in grading) || grading.order === 'none'
  const all = (await parts.parser.mutants(reference)).filter(({ name }) => !(isFree && name.startsWith(resultOrder)))
  const marks = exercise.equivalentMutants.map(({ mutant }) => mutant)
  const judged = all.filter(({ name }) => !marks.some((mark) => isMarked(name, mark)))
  const alike = await survivorsOf(parts, exercise, judged)
  const survivors = await withoutSamePlan(parts, exercise, alike)
  const proven = alike.length - survivors.length
  const mutants: MutantScore = {
    total: judged.length - proven,
    killed: judged.length - alike.length,
    equivalent: all.length - judged.length + proven,
    survivors,
  }
  const idle = marks.filter((mark) => !all.some(({ name }) => isMarked(name, mark)))
  return { mutants, failures: idle.map((mark) => idleMark(exercise, mark)) }
}

function idleMark(exercise: SqlExercise, mark: string): CheckFailure {
  const message = `grading.equivalent names "${mark}", which is no mutant of the reference; remove it.`
  const place = exercise.equivalentMutants.findIndex(({ mutant }) => mutant === mark)
  return atKey(exercise, `grading.equivalent[${place}]`, { what: 'mutants', message })
}

/** A mark that ends with `*` stands for every mutant whose name begins so. */
function isMarked(name: string, mark: string): boolean {
  return mark.endsWith('*') ? name.startsWith(mark.slice(0, -1)) : name === mark
}

/** Mutants are rejected in cheaper ways than answers are graded, where that is sure to give the same. */
async function survivorsOf(parts: ProofParts, exercise: SqlExercise, mutants: readonly Mutant[]): Promise<Mutant[]> {
  const { grading } = exercise
  const split = await parts.parser.split(exercise.solutions[0] ?? '')
  const statements = 'error' in split ? [] : split.statements
  const isRows = grading.compare === 'rows' || grading.compare === 'plan'
  if (isRows && isOneRead(statements)) return await surviveReading(parts, exercise, grading, mutants)
  return await surviveRehearsals(parts, exercise, mutants)
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
