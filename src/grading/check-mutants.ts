/** The mutants of the reference, and how many of them the datasets tell from it. */
import type { SqlExercise } from '../catalog/exercise.ts'
import { type Mutant, resultOrder } from '../parsing/mutant.ts'
import type { ProofParts, Suspect } from './check-parts.ts'
import { atKey } from './check-places.ts'
import type { CheckFailure, MutantScore } from './check-report.ts'
import { wantFor } from './sandbox-use.ts'

/** The mutants of an exercise's reference, before any was tried. */
export interface MutantList {
  judged: (Mutant & Suspect)[]
  /** Marked as equivalent by the author. */
  equivalent: number
  /** For each mark of a mutant that does not exist. */
  failures: CheckFailure[]
}

/** Null where none is to be tried. */
export async function mutantsOf(parts: ProofParts, exercise: SqlExercise): Promise<MutantList | null> {
  const { grading } = exercise
  // Each takes as long as building an index, or whatever the answer builds.
  const isDear = grading.compare === 'plan' && grading.query !== null
  if (isDear && parts.isThorough !== true) return null
  const isFree = !('order' in grading) || grading.order === 'none'
  const made = await parts.parser.mutants(exercise.solutions[0] ?? '')
  const all = made.filter(({ name }) => !(isFree && name.startsWith(resultOrder)))
  const marks = exercise.equivalentMutants.map(({ mutant }) => mutant)
  const judged = all.filter(({ name }) => !marks.some((mark) => isMarked(name, mark)))
  const idle = marks.filter((mark) => !all.some(({ name }) => isMarked(name, mark)))
  return {
    judged: judged.map((mutant) => ({ ...mutant, isMutant: true })),
    equivalent: all.length - judged.length,
    failures: idle.map((mark) => idleMark(exercise, mark)),
  }
}

/** How well the datasets tell the mutants from the reference, given those that would be accepted as answers. */
export async function scoreOf(
  parts: ProofParts,
  exercise: SqlExercise,
  { judged, equivalent }: MutantList,
  accepted: readonly Mutant[],
): Promise<MutantScore> {
  const survivors = await withoutSamePlan(parts, exercise, accepted)
  const proven = accepted.length - survivors.length
  return {
    total: judged.length - proven,
    killed: judged.length - accepted.length,
    equivalent: equivalent + proven,
    survivors: survivors.map(({ name, sql }) => ({ name, sql })),
  }
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
