/**
 * The queue of statements: few run at once, however many people there are, and the turns go round by person. A run
 * that finds no turn in time is refused by name:
 *   statements_full  too many wait, or nobody finished in time
 */
import { Failure } from '../failure.ts'
import type { Database, RunStatement } from '../pods/driver.ts'
import type { RunLimits, RunResult } from '../pods/run.ts'
import type { Clock } from './clock.ts'
import type { DatabaseLease, DatabasePool } from './create-pool.ts'
import type { Holder } from './leases.ts'
import { type TurnLimits, TurnQueue } from './turns.ts'

/** A driver ends every run by its time limit; one that has not come back so much later never will. */
const graceMs = 20_000

/** The queue in which runs of statements wait. */
export class StatementQueue extends TurnQueue {
  constructor({ clock, limits }: { clock: Clock; limits: TurnLimits }) {
    super({ clock, limits, full })
  }
}

/**
 * In whose turns an answer is graded: a person's own, and of guests those of their address. Guests are made as fast as
 * pages are opened, and whoever opens many would otherwise have as many turns.
 */
export function gradingLine({ personId, address, isGuest }: Holder): string {
  return isGuest ? `guests at ${address}` : personId
}

/** What is to be run. */
export interface Run {
  statements: readonly RunStatement[]
  limits: RunLimits
  /** Cancels, while it waits as well as while it runs. */
  signal?: AbortSignal
}

/**
 * Runs statements in a leased sandbox when its holder's turn has come. One run at a time in a lease. Throws
 * `Failure('conflict')` (`sandbox_ended`, `already_running`) and `Failure('exhausted')` (`statements_full`); what the
 * SQL does is in the result.
 */
export async function runInSandbox(
  { pool, queue }: { pool: DatabasePool; queue: StatementQueue },
  lease: DatabaseLease,
  run: Run,
): Promise<RunResult> {
  const { personId } = lease.holder
  const result = await pool.work(lease, async (database) => await runInTurn(queue, { database, personId }, run))
  if (result.end === 'lost') await pool.lose(lease)
  else void lease.sandbox.warm().catch(() => undefined)
  return result
}

/** A run that is cancelled before its turn has come is cancelled like any other: that is a result. */
async function runInTurn(
  queue: StatementQueue,
  { database, personId }: { database: Database; personId: string },
  { statements, limits, signal }: Run,
): Promise<RunResult> {
  const body = async () => {
    const running = database.run(statements, limits, signal)
    return await queue.orAfter(limits.timeoutMs + graceMs, running, nothingRan('lost'))
  }
  try {
    return await queue.run(personId, body, signal)
  } catch (cause) {
    if (signal?.aborted && cause === signal.reason) return nothingRan('cancelled')
    throw cause
  }
}

function nothingRan(end: RunResult['end']): RunResult {
  return { statements: [], end, isRolledBack: false, durationMs: 0 }
}

function full(): Failure {
  return new Failure('exhausted', 'Too many queries run at this moment; try again in a few seconds', {
    code: 'statements_full',
    retryAfterSeconds: 5,
  })
}
