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
import { deadlineAfter, untilAborted, within } from './waiting.ts'

/** How much may run and wait. */
export interface StatementLimits {
  /** Runs at once: twice the cores. */
  runsMax: number
  /** Runs of one person at once, so that two people can't take all turns. */
  personRunsMax: number
  /** Runs that wait at most. */
  waitingMax: number
  waitMs: number
}

/** The limits for a machine with so many cores. */
export function statementLimits(cores: number): StatementLimits {
  return { runsMax: 2 * cores, personRunsMax: Math.max(1, cores), waitingMax: 1000, waitMs: 20_000 }
}

/**
 * In whose turns an answer is graded: a person's own, and of guests those of their address. Guests are made as fast as
 * pages are opened, and whoever opens many would otherwise have as many turns.
 */
export function gradingLine({ personId, address, isGuest }: Holder): string {
  return isGuest ? `guests at ${address}` : personId
}

/** A driver ends every run by its time limit; one that has not come back so much later never will. */
const graceMs = 20_000

interface Line {
  running: number
  readonly waiting: Set<() => void>
}

/** Gives turns fairly by person. */
export class StatementQueue {
  readonly #limits: StatementLimits
  readonly #clock: Clock
  /** In the order of their next turns. */
  readonly #lines = new Map<string, Line>()
  #running = 0
  #waiting = 0

  constructor({ clock, limits }: { clock: Clock; limits: StatementLimits }) {
    this.#clock = clock
    this.#limits = limits
  }

  /** How many run and wait. */
  get load(): { running: number; waiting: number } {
    return { running: this.#running, waiting: this.#waiting }
  }

  /** Runs the body in the person's turn. While it waits, the signal takes it out of the queue. */
  async run<Value>(personId: string, body: () => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    const line = await this.#turn(personId, signal)
    try {
      return await body()
    } finally {
      this.#finish(personId, line)
    }
  }

  /** Waits for a promise at most so long, then goes on with another value. */
  async orAfter<Value>(timeoutMs: number, promise: Promise<Value>, otherwise: Value): Promise<Value> {
    const late = new Error('late')
    return await within(this.#clock, timeoutMs, promise, { reason: () => late }).catch((cause: unknown) => {
      if (cause === late) return otherwise
      throw cause
    })
  }

  async #turn(personId: string, outer: AbortSignal | undefined): Promise<Line> {
    outer?.throwIfAborted()
    if (this.#waiting >= this.#limits.waitingMax) throw full()
    const line = this.#lines.get(personId) ?? { running: 0, waiting: new Set() }
    this.#lines.set(personId, line)
    const { promise, resolve } = Promise.withResolvers<void>()
    line.waiting.add(resolve)
    this.#waiting += 1
    this.#startNext()
    const deadline = deadlineAfter(this.#clock, this.#limits.waitMs, full, outer)
    try {
      await untilAborted(promise, deadline.signal, () => this.#finish(personId, line))
    } catch (cause) {
      if (line.waiting.delete(resolve)) this.#waiting -= 1
      this.#forget(personId, line)
      throw cause
    } finally {
      deadline.clear()
    }
    return line
  }

  /** Starts whoever may: the first line with somebody waiting, which then goes to the end. */
  #startNext(): void {
    while (this.#running < this.#limits.runsMax) {
      const next = this.#nextLine()
      if (next === null) return
      const [personId, line] = next
      const [start] = line.waiting
      if (start === undefined) return
      line.waiting.delete(start)
      line.running += 1
      this.#waiting -= 1
      this.#running += 1
      this.#lines.delete(personId)
      this.#lines.set(personId, line)
      start()
    }
  }

  #nextLine(): [string, Line] | null {
    for (const entry of this.#lines) {
      const [, line] = entry
      if (line.waiting.size > 0 && line.running < this.#limits.personRunsMax) return entry
    }
    return null
  }

  #finish(personId: string, line: Line): void {
    line.running -= 1
    this.#running -= 1
    this.#forget(personId, line)
    this.#startNext()
  }

  #forget(personId: string, line: Line): void {
    if (line.running === 0 && line.waiting.size === 0) this.#lines.delete(personId)
  }
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

/** Runs statements in a grader's sandbox when the turn of the person whose answer it is has come. */
export async function runForGrading(
  queue: StatementQueue,
  where: { database: Database; personId: string },
  run: Run,
): Promise<RunResult> {
  return await runInTurn(queue, where, run)
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
