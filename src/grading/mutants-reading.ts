/** Mutants of one query that changes nothing: many in one session, held against what the reference found. */
import type { RowsRules, SqlExercise } from '../catalog/exercise.ts'
import type { Mutant } from '../parsing/mutant.ts'
import type { Database } from '../pods/driver.ts'
import type { RunLimits } from '../pods/run.ts'
import type { ProofParts } from './check-parts.ts'
import { compareRows } from './compare-rows.ts'
import { type Found, foundOf } from './inspection.ts'
import { wantFor } from './sandbox-use.ts'

/** Mutants that go to the server in one session. */
const batchMax = 24
/** A mutant may take so much longer than the reference before it counts as told apart. */
const slownessMax = 20
const batchTimeoutMsMin = 1_000
const batchBytesMax = 64 * 1024 * 1024

/** The mutants that no dataset tells from the reference. What one dataset tells apart does not run on the next. */
export async function surviveReading(
  parts: ProofParts,
  exercise: SqlExercise,
  rules: RowsRules,
  mutants: readonly Mutant[],
): Promise<Mutant[]> {
  let left = [...mutants]
  for (const [dataset, recipe] of [exercise.recipe, ...exercise.hiddenRecipes].entries()) {
    if (left.length === 0) return left
    const { results, durationMs } = await parts.grader.findings(exercise, dataset, 0)
    const [expected] = results
    if (expected === undefined) continue
    const timeoutMs = Math.min(parts.limits.timeoutMs, Math.max(batchTimeoutMsMin, durationMs * slownessMax))
    const rowsMax = Math.min(parts.limits.rowsMax, expected.rows.length + 1)
    const limits = { timeoutMs, rowsMax, bytesMax: batchBytesMax, cellBytesMax: parts.limits.bytesMax }
    const isAlike = (given: Found) => !given.isTruncated && compareRows(expected, given, rules) === null
    left = await parts.useSandbox(wantFor(exercise, recipe), (database) => surviveIn(database, left, limits, isAlike))
  }
  return left
}

async function surviveIn(
  database: Database,
  mutants: readonly Mutant[],
  limits: RunLimits,
  isAlike: (given: Found) => boolean,
): Promise<Mutant[]> {
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
      if (mutant !== undefined && isAlike(foundOf(statement, null))) survivors.push(mutant)
    }
    // What stopped the batch is told apart, unless the others before it had used up what the batch may take.
    const isOwnDoing = run.end === 'error' || whole.length === 0
    waiting.splice(0, run.end === 'completed' ? batch.length : whole.length + (isOwnDoing ? 1 : 0))
    if (run.end === 'lost') throw new Error('The database went away while mutants ran')
  }
  return survivors
}
