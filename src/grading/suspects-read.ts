/**
 * Texts of one query that changes nothing: many in one session, held against what the references found. What is no such
 * query is left.
 */
import type { RowsRules, SqlExercise } from '../catalog/exercise.ts'
import type { Database } from '../pods/driver.ts'
import type { RunLimits, RunResult, StatementResult } from '../pods/run.ts'
import { allSettled, type ProofParts, type Suspect } from './check-parts.ts'
import { compareRows } from './compare-rows.ts'
import { shapeQuestions } from './inspect-plan.ts'
import { errorOf, foundOf, type Inspection } from './inspection.ts'
import { oneQuery } from './rehearsable.ts'
import { wantFor } from './sandbox-use.ts'

/** Queries that go to the server in one session. */
const batchMax = 24
/** A mutant may take so much longer than the reference before it counts as told apart. */
const slownessMax = 20
const mutantTimeoutMsMin = 1_000
const batchBytesMax = 64 * 1024 * 1024

/** A suspect and its one statement. */
interface Query<T> {
  suspect: T
  text: string
}

/** Those that no dataset tells from every reference. What one dataset tells apart does not run on the next. */
export async function leftAfterReading<T extends Suspect>(
  parts: ProofParts,
  exercise: SqlExercise,
  rules: RowsRules,
  suspects: readonly T[],
): Promise<T[]> {
  const read = await allSettled(
    suspects.map(async (suspect) => ({ suspect, text: await oneQuery(parts.parser, suspect.sql) })),
  )
  const queries = read.flatMap(({ suspect, text }) => (text === null ? [] : [{ suspect, text }]))
  const alike = await alikeEverywhere(parts, exercise, rules, queries)
  const left = new Set(alike.map(({ suspect }) => suspect))
  return read.flatMap(({ suspect, text }) => (text === null || left.has(suspect) ? [suspect] : []))
}

async function alikeEverywhere<T extends Suspect>(
  parts: ProofParts,
  exercise: SqlExercise,
  rules: RowsRules,
  queries: readonly Query<T>[],
): Promise<Query<T>[]> {
  let left = await withRightShape(parts, exercise, queries)
  for (const [dataset, recipe] of [exercise.recipe, ...exercise.hiddenRecipes].entries()) {
    if (left.length === 0) return left
    const found = await allSettled(
      exercise.solutions.map((_, reference) => parts.grader.findings(exercise, dataset, reference)),
    )
    const question = sameRows(found, rules, parts.limits)
    left = await parts.useSandbox(wantFor(exercise, recipe), (database) => alikeIn(database, left, question))
  }
  return left
}

/** Whether a query returns what one of the references found. */
function sameRows(found: readonly Inspection[], rules: RowsRules, limits: RunLimits): Question {
  const expected = found.flatMap(({ results }) => results)
  const slowestMs = Math.max(...found.map(({ durationMs }) => durationMs))
  const timeoutMs = Math.min(limits.timeoutMs, Math.max(mutantTimeoutMsMin, slowestMs * slownessMax))
  const rowsMax = Math.min(limits.rowsMax, Math.max(0, ...expected.map(({ rows }) => rows.length)) + 1)
  return {
    preamble: `SET statement_timeout = ${Math.ceil(timeoutMs)}`,
    ask: (query) => query,
    isAlike: (statement) => {
      const given = foundOf(statement, null)
      return !given.isTruncated && expected.some((one) => compareRows(one, given, rules) === null)
    },
    limits: { timeoutMs: timeoutMs * (batchMax + 1), rowsMax, ...batchLimits(limits) },
  }
}

/** Without those whose plan is refused for its shape: they are rejected as answers would be, and never run. */
async function withRightShape<T extends Suspect>(
  parts: ProofParts,
  exercise: SqlExercise,
  queries: readonly Query<T>[],
): Promise<Query<T>[]> {
  const shape = exercise.grading.compare === 'plan' ? shapeQuestions(exercise.grading) : null
  if (shape === null) return [...queries]
  const question: Question = {
    preamble: shape.preamble,
    ask: shape.ask,
    isAlike: (statement) => !shape.isRefused(statement),
    limits: { ...parts.limits, ...batchLimits(parts.limits) },
  }
  const want = wantFor(exercise, exercise.recipe)
  return await parts.useSandbox(want, (database) => alikeIn(database, queries, question))
}

function batchLimits({ bytesMax }: RunLimits): Pick<RunLimits, 'bytesMax' | 'cellBytesMax'> {
  return { bytesMax: batchBytesMax, cellBytesMax: bytesMax }
}

/** What is asked of each query, in a session that begins with the preamble. */
interface Question {
  preamble: string
  ask: (query: string) => string
  isAlike: (statement: StatementResult) => boolean
  limits: RunLimits
}

async function alikeIn<T extends Suspect>(
  database: Database,
  queries: readonly Query<T>[],
  { preamble, ask, isAlike, limits }: Question,
): Promise<Query<T>[]> {
  const alike: Query<T>[] = []
  const waiting = [...queries]
  while (waiting.length > 0) {
    const batch = waiting.slice(0, batchMax)
    const run = await database.run(
      [preamble, ...batch.map(({ text }) => ask(text))].map((text) => ({ text, offset: 0 })),
      limits,
    )
    if (run.end === 'lost') throw new Error('The database went away while suspects ran')
    const asked = run.statements.slice(1)
    const ended = asked.filter(({ error }) => error === null)
    const whole = run.end === 'completed' ? ended : ended.slice(0, Math.max(0, asked.length - 1))
    for (const [index, statement] of whole.entries()) {
      const query = batch[index]
      if (query !== undefined && isAlike(statement)) alike.push(query)
    }
    waiting.splice(0, whole.length)
    if (run.end === 'completed') continue
    // What stopped the batch is told apart, unless the others before it had used up what the batch may take.
    const isOwnDoing = run.end === 'error' || whole.length === 0
    const [stopped] = isOwnDoing ? waiting.splice(0, 1) : []
    if (stopped !== undefined && !isRejectedBy(stopped, run)) alike.push(stopped)
  }
  return alike
}

/** An error speaks against any; having no more time, only against a mutant. */
function isRejectedBy({ suspect }: Query<Suspect>, run: RunResult): boolean {
  return suspect.isMutant || (run.end === 'error' && errorOf(run)?.code !== queryCancelled)
}

const queryCancelled = '57014'
