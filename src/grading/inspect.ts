/** Runs an answer in a sandbox and takes from it what the exercise judges: a result, tables, checks, a plan. */
import type { SqlExercise } from '../catalog/exercise.ts'
import type { Database, RunStatement } from '../pods/driver.ts'
import { inspectChecks } from './inspect-checks.ts'
import { foreseenViolations, inspectPlan } from './inspect-plan.ts'
import { inspectTables } from './inspect-tables.ts'
import { errorOf, type Inspection, type InspectOptions, lastResult, nothingFound, sandboxLost } from './inspection.ts'
import type { Violation } from './verdict.ts'

/** Runs the statements and inspects. Throws `Failure('unavailable')` where the pod goes away under it. */
export async function inspect(
  database: Database,
  exercise: SqlExercise,
  statements: readonly RunStatement[],
  options: InspectOptions,
): Promise<Inspection> {
  const foreseen = await foresee(database, exercise, statements, options)
  if (foreseen.length > 0) return { ...nothingFound, violations: foreseen }
  const run = await database.run(statements, options.limits)
  if (run.end === 'lost' || run.end === 'cancelled') throw sandboxLost(run.end)
  const { grading } = exercise
  const base = { end: run.end, error: errorOf(run), isRolledBack: run.isRolledBack, durationMs: run.durationMs }
  if (run.end !== 'completed') return { ...base, results: [], violations: [] }
  switch (grading.compare) {
    case 'rows':
      return { ...base, results: lastResult(run), violations: [] }
    case 'tables':
      return { ...base, ...(await inspectTables(database, grading, options.limits)) }
    case 'checks':
      return { ...base, results: [], violations: await inspectChecks(database, grading, options) }
    case 'plan':
      return { ...base, ...(await inspectPlan(database, exercise, grading, { statements, run, options })) }
  }
}

/** What already speaks against an answer, where the first reason is enough. */
async function foresee(
  database: Database,
  { grading }: SqlExercise,
  statements: readonly RunStatement[],
  { limits, isBrief = false }: InspectOptions,
): Promise<Violation[]> {
  if (!isBrief || grading.compare !== 'plan' || grading.query !== null) return []
  return await foreseenViolations(database, grading, statements, limits)
}
