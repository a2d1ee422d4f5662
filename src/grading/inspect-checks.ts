/** Runs an exercise's checks after the answer: each in a session and a transaction of its own, which is rolled back. */
import type { Check, ChecksGrading } from '../catalog/exercise.ts'
import type { Database } from '../pods/driver.ts'
import type { RunResult } from '../pods/run.ts'
import { errorOf, type InspectOptions, sandboxLost } from './inspection.ts'
import { safeSession } from './safe-session.ts'
import type { Violation } from './verdict.ts'

/** A check that can't be run: the author's trouble. */
export class BrokenCheck extends Error {
  constructor(
    readonly check: string,
    message: string,
  ) {
    super(message)
  }
}

/** The checks that fail. Throws where a check itself does not parse: that is the author's, not the learner's. */
export async function inspectChecks(
  database: Database,
  grading: ChecksGrading,
  options: InspectOptions,
): Promise<Violation[]> {
  const violations: Violation[] = []
  for (const check of grading.checks) {
    const split = await options.parser.split(check.sql)
    if ('error' in split)
      throw new BrokenCheck(check.name, `Check "${check.name}" does not parse: ${split.error.message}`)
    const statements = safeSession('BEGIN', ...split.statements.map(({ text }) => text))
    const run = await database.run(statements, options.limits)
    if (run.end === 'lost') throw sandboxLost(run.end)
    const detail = violationOf(check, run, statements.length)
    if (detail === null) continue
    violations.push({ kind: 'check', name: check.name, message: check.message, detail })
    if (options.isBrief === true) break
  }
  return violations
}

/** Whether the check ran, and failed for rows that it found. */
export function hasFoundRows({ kind, detail = '' }: Violation): boolean {
  return kind === 'check' && /^\d+ rows? found: /.test(detail)
}

/** What is wrong in PostgreSQL's words; null where the check is satisfied. */
function violationOf(check: Check, run: RunResult, length: number): string | null {
  const error = errorOf(run)
  const isLast = run.statements.length === length
  if (check.error !== null) {
    if (error === null)
      return run.end === 'completed' ? 'The statement that must be refused was not.' : 'It was stopped.'
    const isWanted = isLast && (check.error === 'any' || check.error === error.code)
    return isWanted ? null : error.message
  }
  if (error !== null) return error.message
  if (run.end !== 'completed') return 'It was stopped at a limit.'
  const rows = run.statements.at(-1)?.rows ?? []
  return rows.length === 0
    ? null
    : `${rows.length} ${rows.length === 1 ? 'row' : 'rows'} found: ${sample(rows[0] ?? [])}`
}

function sample(row: readonly (string | null)[]): string {
  const text = row.map((cell) => cell ?? 'NULL').join(', ')
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
