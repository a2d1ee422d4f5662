/**
 * A run: people's statements, one after another, in a session of their own which ends with them. What is inside a
 * person's power (settings, temporary tables, an open transaction) ends with the session; what they committed stays.
 */
import type { RunStatement } from '../driver.ts'
import type { RunEnd, RunLimits, RunResult, SqlError } from '../run.ts'
import * as messages from '../wire/messages.ts'
import type { Wire } from '../wire/wire.ts'
import { WireError } from '../wire/wire-error.ts'
import { emptyOutcome, runStatement, type StatementOutcome } from './statement.ts'
import type { Stopper } from './stopper.ts'
import { nameTypes } from './type-names.ts'

/** How much the session's own last words may take. */
const closingBytesMax = 64 * 1024

/** Runs the statements until one fails or a limit is met. Never rejects. */
export async function runSession(
  wire: Wire,
  statements: readonly RunStatement[],
  limits: RunLimits,
  stopper: Stopper,
): Promise<RunResult> {
  const beganAt = performance.now()
  const outcomes: StatementOutcome[] = []
  wire.bytesLeft = limits.bytesMax
  let broken: WireError | null = null
  try {
    for (const statement of statements) {
      if (stopper.cause()) break
      const outcome = emptyOutcome(statement)
      outcomes.push(outcome)
      await runStatement(wire, outcome, limits)
      if (outcome.result.error) break
    }
  } catch (error) {
    broken = error instanceof WireError ? error : new WireError('protocol', String(error))
  }
  const end = endOf(outcomes, broken, stopper)
  const isRolledBack = await close(wire, outcomes)
  return {
    statements: outcomes.map(({ result }) => result),
    end,
    isRolledBack,
    durationMs: performance.now() - beganAt,
  }
}

function endOf(outcomes: readonly StatementOutcome[], broken: WireError | null, stopper: Stopper): RunEnd {
  const error = outcomes.at(-1)?.result.error ?? null
  const cause = stopper.cause()
  if (broken?.reason === 'budget') {
    const last = outcomes.at(-1)?.result
    if (last) last.truncatedBy = 'bytes'
    return 'output_limit'
  }
  if (cause && (broken || error || outcomes.length === 0)) return cause
  if (error) return endOfError(error)
  if (broken) return 'lost'
  return cause ?? 'completed'
}

/** Some of PostgreSQL's errors mean a limit. */
function endOfError(error: SqlError): RunEnd {
  if (error.code === '53200' && !/max_locks_per_transaction/.test(error.hint ?? '')) return 'memory_limit'
  // 53400: temp_file_limit. A file that may not grow (RLIMIT_FSIZE) has no code of its own.
  if (error.code === '53100' || error.code === '53400' || /: File too large$/.test(error.message)) return 'disk_limit'
  return 'error'
}

/** Names the types and rolls an open transaction back; returns whether there was one. */
async function close(wire: Wire, outcomes: readonly StatementOutcome[]): Promise<boolean> {
  const isOpen = wire.status !== 'I'
  if (wire.failure) return isOpen
  wire.bytesLeft = closingBytesMax
  try {
    if (wire.status !== 'E') await nameTypes(wire, outcomes)
    if (wire.status !== 'I') await wire.converse(messages.simpleQuery('ROLLBACK'), () => {})
    await nameTypes(wire, outcomes)
  } catch {
    // The run is over all the same; ending the session rolls back too.
  }
  return isOpen
}
