/**
 * How an SQL exercise proves itself: the references are accepted, the starter and the wrong answers are not, the result
 * does not depend on the order of rows or on the plan, and the datasets tell the reference from its mutants.
 */
import type { SqlExercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import { checkDeterminism } from './check-determinism.ts'
import { mutantsOf, scoreOf } from './check-mutants.ts'
import { allSettled, type Proof, type ProofParts, referenceFile, type Suspect } from './check-parts.ts'
import { atCheck, atKey } from './check-places.ts'
import type { CheckFailure, MutantScore } from './check-report.ts'
import { BrokenCheck } from './inspect-checks.ts'
import { tableColumns } from './inspect-tables.ts'
import { wantFor } from './sandbox-use.ts'
import { acceptedOf } from './suspects.ts'
import type { Verdict } from './verdict.ts'

/** Proves one. Throws only Podium's own troubles. */
export async function proveSql(parts: ProofParts, exercise: SqlExercise): Promise<Proof> {
  const notes = exercise.wrongAnswers.length < 2 ? ['Fewer than two wrong answers.'] : []
  const unsound = await checkReferences(parts, exercise)
  // Where a reference is not accepted, nothing else means anything.
  if (unsound.length > 0) return { failures: unsound, notes: [], mutants: null }
  const suspected = checkSuspects(parts, exercise)
  const chance = checkDeterminism(parts, exercise)
  const idle = checkIgnoredColumns(parts, exercise)
  await allSettled<unknown>([suspected, chance, idle])
  const { wrong, marks, mutants } = await suspected
  return { failures: [...(await idle), ...wrong, ...(await chance), ...marks], notes, mutants }
}

async function checkReferences({ grader }: ProofParts, exercise: SqlExercise): Promise<CheckFailure[]> {
  const checked = exercise.solutions.map(async (answer, index): Promise<CheckFailure[]> => {
    // That it comes to the same a second time is seen by `checkDeterminism`, so it is not run twice here.
    const verdict = await grader
      .grade({ exercise, answer, reference: index })
      .catch((error: unknown) => broken(exercise, index, error))
    if ('what' in verdict) return [verdict]
    return verdict.kind === 'accepted' ? [] : [refusal(exercise, index, verdict)]
  })
  return (await allSettled(checked)).flat()
}

/** A dataset that does not load names its own file and line. */
function broken(exercise: SqlExercise, index: number, error: unknown): CheckFailure {
  const message = error instanceof Error ? error.message : String(error)
  const isDataset = error instanceof Failure && error.code === 'dataset_invalid'
  if (error instanceof BrokenCheck) return atCheck(exercise, error.check, { what: 'reference', message })
  return isDataset
    ? { what: 'dataset', file: null, message }
    : { what: 'reference', file: referenceFile(index), message }
}

/** Why a reference is not accepted, at the place of what the author must mend. */
function refusal(exercise: SqlExercise, index: number, { summary, violations = [] }: Verdict): CheckFailure {
  const file = referenceFile(index)
  const [first] = violations
  if (first?.kind === 'table') {
    const message = `grading.tables names ${first.name}, which the reference leaves as no ordinary table without row level security. Mind schema and spelling.`
    return atKey(exercise, 'grading.tables', { what: 'reference', message })
  }
  if (first?.kind === 'check') {
    const message = `Check "${first.name}" fails after ${file}: ${first.detail ?? first.message}`
    return atCheck(exercise, first.name, { what: 'reference', message })
  }
  return { what: 'reference', file, message: `Not accepted. ${summary}` }
}

interface Suspected {
  wrong: CheckFailure[]
  /** Of mutants that don't exist. */
  marks: CheckFailure[]
  mutants: MutantScore | null
}

/** Whatever must not be accepted: the starter, wrong answers, and mutants of the reference. */
async function checkSuspects(parts: ProofParts, exercise: SqlExercise): Promise<Suspected> {
  const answers = refusedAnswers(exercise)
  const mutants = await mutantsOf(parts, exercise)
  const accepted = new Set<Suspect>(await acceptedOf(parts, exercise, [...answers, ...(mutants?.judged ?? [])]))
  const message = "Accepted, and must not be: the datasets don't tell it from the reference."
  const wrong = answers.flatMap((answer) => [
    ...(accepted.has(answer) ? [{ what: answer.what, file: answer.file, message }] : []),
    ...unexplained(answer),
  ])
  if (mutants === null) return { wrong, marks: [], mutants: null }
  const survivors = mutants.judged.filter((mutant) => accepted.has(mutant))
  return { wrong, marks: mutants.failures, mutants: await scoreOf(parts, exercise, mutants, survivors) }
}

interface RefusedAnswer extends Suspect {
  what: 'starter' | 'wrong answer'
  file: string
}

/** The starter, unless it is empty, and every wrong answer. */
function refusedAnswers({ starter, wrongAnswers }: SqlExercise): RefusedAnswer[] {
  const wrong = wrongAnswers.map(
    ({ name, sql }): RefusedAnswer => ({ what: 'wrong answer', file: `wrong/${name}.sql`, sql, isMutant: false }),
  )
  if (starter.trim() === '') return wrong
  return [{ what: 'starter', file: 'starter.sql', sql: starter, isMutant: false }, ...wrong]
}

/** `ignore_columns` of columns that no table has, before the reference or after it, would ignore nothing. */
async function checkIgnoredColumns(parts: ProofParts, exercise: SqlExercise): Promise<CheckFailure[]> {
  const { grading } = exercise
  if (grading.compare !== 'tables' || grading.ignoreColumns.length === 0) return []
  const split = await parts.parser.split(exercise.solutions[0] ?? '')
  const statements = 'error' in split ? [] : split.statements
  const known = await parts.useSandbox(wantFor(exercise, exercise.recipe), async (database) => {
    const before = await tableColumns(database, grading.tables, parts.limits)
    await database.run(statements, parts.limits)
    const after = await tableColumns(database, grading.tables, parts.limits)
    return new Set([...before.values(), ...after.values()].flat())
  })
  const idle = grading.ignoreColumns.filter((column) => !known.has(column))
  if (idle.length === 0) return []
  const message = `grading.ignore_columns names ${idle.join(', ')}, and no table of grading.tables has such a column.`
  return [atKey(exercise, 'grading.ignore_columns', { what: 'reference', message })]
}

function unexplained({ what, file, sql }: RefusedAnswer): CheckFailure[] {
  if (what === 'starter' || /^\s*--\s*\S/.test(sql)) return []
  return [{ what, file, message: 'Begin the file with a comment that says why people write this.' }]
}
