/** Mutants of one query that changes nothing: many in one session, held against what the reference found. */
import type { RowsRules, SqlExercise } from '../catalog/exercise.ts'
import type { Mutant } from '../parsing/mutant.ts'
import type { Database } from '../pods/driver.ts'
import type { RunLimits, StatementResult } from '../pods/run.ts'
import type { ProofParts } from './check-parts.ts'
import { compareRows } from './compare-rows.ts'
import { shapeQuestions } from './inspect-plan.ts'
import { foundOf } from './inspection.ts'
import { wantFor } from './sandbox-use.ts'

/** Mutants that go to the server in one session. */
const batchMax = 24
/** A mutant may take so much longer than the reference before it counts as told apart. */
const slownessMax = 20
const mutantTimeoutMsMin = 1_000
const batchBytesMax = 64 * 1024 * 1024

/** The mutants that no dataset tells from the reference. What one dataset tells apart does not run on the next. */
export async function surviveReading(
  parts: ProofParts,
  exercise: SqlExercise,
  rules: RowsRules,
  mutants: readonly Mutant[],
): Promise<Mutant[]> {
  let left = await withRightShape(parts, exercise, mutants)
  for (const [dataset, recipe] of [exercise.recipe, ...exercise.hiddenRecipes].entries()) {
    if (left.length === 0) return left
    const { results, durationMs } = await parts.grader.findings(exercise, dataset, 0)
    const [expected] = results
    if (expected === undefined) continue
    const timeoutMs = Math.min(parts.limits.timeoutMs, Math.max(mutantTimeoutMsMin, durationMs * slownessMax))
    const rowsMax = Math.min(parts.limits.rowsMax, expected.rows.length + 1)
    const question: Question = {
      preamble: `SET statement_timeout = ${Math.ceil(timeoutMs)}`,
      ask: ({ sql }) => sql,
      isAlike: (statement) => {
        const given = foundOf(statement, null)
        return !given.isTruncated && compareRows(expected, given, rules) === null
      },
      limits: { timeoutMs: timeoutMs * (batchMax + 1), rowsMax, ...batchLimits(parts.limits) },
    }
    left = await parts.useSandbox(wantFor(exercise, recipe), (database) => surviveIn(database, left, question))
  }
  return left
}

/** Without those whose plan is refused for its shape: they are rejected as answers would be, and never run. */
async function withRightShape(parts: ProofParts, exercise: SqlExercise, mutants: readonly Mutant[]): Promise<Mutant[]> {
  const shape = exercise.grading.compare === 'plan' ? shapeQuestions(exercise.grading) : null
  if (shape === null) return [...mutants]
  const question: Question = {
    preamble: shape.preamble,
    ask: ({ sql }) => shape.ask(sql),
    isAlike: (statement) => !shape.isRefused(statement),
    limits: { ...parts.limits, ...batchLimits(parts.limits) },
  }
  const want = wantFor(exercise, exercise.recipe)
  return await parts.useSandbox(want, (database) => surviveIn(database, mutants, question))
}

function batchLimits({ bytesMax }: RunLimits): Pick<RunLimits, 'bytesMax' | 'cellBytesMax'> {
  return { bytesMax: batchBytesMax, cellBytesMax: bytesMax }
}

/** What is asked of each mutant, in a session that begins with the preamble. */
interface Question {
  preamble: string
  ask: (mutant: Mutant) => string
  isAlike: (statement: StatementResult) => boolean
  limits: RunLimits
}

async function surviveIn(
  database: Database,
  mutants: readonly Mutant[],
  { preamble, ask, isAlike, limits }: Question,
): Promise<Mutant[]> {
  const survivors: Mutant[] = []
  const waiting = [...mutants]
  while (waiting.length > 0) {
    const batch = waiting.slice(0, batchMax)
    const run = await database.run(
      [preamble, ...batch.map(ask)].map((text) => ({ text, offset: 0 })),
      limits,
    )
    if (run.end === 'lost') throw new Error('The database went away while mutants ran')
    const asked = run.statements.slice(1)
    const ended = asked.filter(({ error }) => error === null)
    const whole = run.end === 'completed' ? ended : ended.slice(0, Math.max(0, asked.length - 1))
    for (const [index, statement] of whole.entries()) {
      const mutant = batch[index]
      if (mutant !== undefined && isAlike(statement)) survivors.push(mutant)
    }
    // What stopped the batch is told apart, unless the others before it had used up what the batch may take.
    const isOwnDoing = run.end === 'error' || whole.length === 0
    waiting.splice(0, run.end === 'completed' ? batch.length : whole.length + (isOwnDoing ? 1 : 0))
  }
  return survivors
}
