/**
 * Boxes for people's programs. A box runs one job; who has several (cases, a checker beside an answer) takes several.
 * Ready ones wait by demand; who finds none gets one started afresh. At most so many uses run at once, their turns go
 * round by person, and what their limits allow them in memory is reserved before they start.
 *
 * What is refused, by name (the code of a Failure):
 *   boxes_off      programs can't be run on this machine
 *   boxes_full     too many wait, or nobody finished in time
 *   box_too_large  the limits are larger than all memory that is set aside for programs
 *   box_start      a box did not start
 *   stopping       Podium is shutting down
 */
import { Failure } from '../failure.ts'
import { type RelayLimits, relayConnectionsMax } from '../pods/driver.ts'
import type { ExecutionBox, ExecutionDriver, ExecutionLimits } from '../pods/execution.ts'
import type { LeaseRecords } from '../store/leases.ts'
import type { Log } from '../telemetry/log.ts'
import { BoxSource, type BoxWant } from './boxes.ts'
import { type Clock, systemClock } from './clock.ts'
import { poolLimits } from './limits.ts'
import { MemoryBudget } from './memory-budget.ts'
import { Pool, type PoolStatus } from './pool.ts'
import { TurnQueue, turnLimits } from './turns.ts'
import { deadlineAfter } from './waiting.ts'

/** What programs with a database are told of it: the address, and the same for clients that read libpq's variables. */
export const databaseEnvironment: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgres://learner@localhost/practice?host=/run/podium',
  PGHOST: '/run/podium',
  PGUSER: 'learner',
  PGDATABASE: 'practice',
}

/** What may go through the relay to a program's database, for a job with these limits. */
export function relayLimits({ wallMs }: ExecutionLimits): RelayLimits {
  return {
    connectionsMax: relayConnectionsMax,
    waitMs: relayWaitMs,
    bytesMax: 64 * 1024 * 1024,
    timeoutMs: wallMs + relaySlackMs,
  }
}

/** A connection that was closed a moment ago makes room in this time. Who waits longer keeps a program from its end. */
const relayWaitMs = 250

/** The longest that a pool waits for a turn, and then for memory: as long as proofs do, which nobody sits before. */
export const poolWaitMsMax = 30 * 60_000

/** From opening the relay to the job's start: a turn, memory and a box are waited for. It is closed with the job anyway. */
const relaySlackMs = 2 * poolWaitMsMax + 60_000

/** For whom boxes are. */
export interface BoxUse {
  /** Turns go round by person. A grading passes a name of its own, so that it counts as one more person. */
  personId: string
  /** Takes it out of the queue; a job that runs is cancelled by `JobListener.signal`. */
  signal?: AbortSignal
}

/**
 * Runs the body with a fresh box when the person's turn has come; afterwards the box is gone, whatever happened. At most
 * about twice the cores run at once, within the memory that is set aside for code. Throws `Failure('exhausted')`
 * (`boxes_full`, with Retry-After) where no turn came in time, `Failure('unavailable')` (`boxes_off`) where programs
 * can't be run here, `Failure('invalid')` (`box_too_large`) where the limits are larger than all memory for code.
 */
export type UseBox = <Value>(want: BoxWant, body: (box: ExecutionBox) => Promise<Value>, use: BoxUse) => Promise<Value>

/**
 * The same with several boxes at once, in one turn: for programs that talk to each other (an answer and its
 * interactor). Never call `useBox` inside the body of another use: that waits for a turn while holding one.
 */
export type UseBoxes = <Value>(
  wants: readonly BoxWant[],
  body: (boxes: readonly ExecutionBox[]) => Promise<Value>,
  use: BoxUse,
) => Promise<Value>

/** How much all boxes together may take. Every number is positive and finite. */
export interface ExecutionPoolLimits {
  /** Uses at once: about twice the cores. */
  usesMax: number
  /** Ready boxes for one runtime with the same limits. */
  readyMax: number
  /** All ready boxes. */
  readyTotalMax: number
  /** What the limits of all boxes in use may add up to. */
  memoryBudgetBytes: number
  /**
   * The longest that a use waits for its turn, then for memory, then for a box; 20 s unless said, as people wait. At most
   * `poolWaitMsMax`.
   */
  waitMs?: number
}

/** What the pool of boxes is made of. */
export interface ExecutionPoolOptions {
  driver: ExecutionDriver
  log: Log
  limits: ExecutionPoolLimits
  clock?: Clock
}

/** Boxes at one moment. */
export interface ExecutionPoolStatus {
  /** Why programs can't be run here; null where they can. */
  problem: string | null
  pool: PoolStatus
  running: number
  waiting: number
  memoryReservedBytes: number
  memoryBudgetBytes: number
}

const waitMsUnlessSaid = 20_000
/** Nobody sits before what Podium makes for itself, and given up it is not tried again: it waits for all that run now. */
const setAsideWaitMs = 10 * 60_000
/** Most boxes in one use. */
const boxesPerUseMax = 4

/** The pool of boxes: what the rest of Podium asks for them. */
export class ExecutionPool {
  readonly #driver: ExecutionDriver
  readonly #clock: Clock
  readonly #source: BoxSource
  readonly #pool: Pool<BoxWant, ExecutionBox>
  readonly #turns: TurnQueue
  readonly #memory: MemoryBudget
  readonly #waitMs: number

  constructor({ driver, log, limits, clock = systemClock }: ExecutionPoolOptions) {
    const { usesMax, readyMax, readyTotalMax, memoryBudgetBytes, waitMs = waitMsUnlessSaid } = limits
    if (waitMs > poolWaitMsMax) throw new Failure('invalid', `waitMs is ${waitMs}; it may be ${poolWaitMsMax}`)
    this.#waitMs = waitMs
    this.#driver = driver
    this.#clock = clock
    this.#source = new BoxSource({ driver, clock })
    this.#pool = new Pool({
      source: this.#source,
      leases: nobodyLeases,
      clock,
      log,
      limits: poolLimits({
        readyMax,
        // Boxes are made ready while fewer than these are there; those in use count.
        sandboxesMax: readyTotalMax + usesMax,
        gradingMax: usesMax * boxesPerUseMax,
        refillsAheadMax: 2,
        claimWaitMs: waitMs,
      }),
    })
    const turns = { ...turnLimits(Math.ceil(usesMax / 2)), runsMax: usesMax, waitMs }
    this.#turns = new TurnQueue({ clock, limits: turns, full })
    this.#memory = new MemoryBudget(memoryBudgetBytes)
  }

  /** See `UseBox`. */
  readonly useBox: UseBox = async (want, body, use) =>
    await this.useBoxes([want], async ([box]) => await body(given(box)), use)

  /** See `UseBoxes`. */
  readonly useBoxes: UseBoxes = async (wants, body, { personId, signal }) => {
    const bytes = this.#admit(wants)
    return await this.#turns.run(personId, async () => await this.#useNow(wants, { bytes, body, signal }), signal)
  }

  /**
   * Runs the body while so many bytes, or all that programs have where that is less, are reserved: for a box that is no use
   * of anybody's, started by the body itself. Throws as `UseBox` where they are not to be had in time.
   */
  async setAside<Value>(bytesMax: number, body: (bytes: number) => Promise<Value>): Promise<Value> {
    const bytes = Math.min(bytesMax, this.#memory.bytesMax)
    return await this.#within(bytes, { waitMs: setAsideWaitMs, signal: undefined }, async () => await body(bytes))
  }

  /** Announces that so many boxes are likely to be wanted soon: they are made ready. Returns at once. */
  expect(want: BoxWant, ready = 1): void {
    if (this.#driver.problem === null) this.#pool.expect(want, ready)
  }

  /** Ends what an earlier program left behind. To be called once, before uses. */
  async open(): Promise<void> {
    await this.#pool.open()
  }

  /** What there is now. */
  status(): ExecutionPoolStatus {
    return {
      problem: this.#driver.problem,
      pool: this.#pool.status(),
      ...this.#turns.load,
      memoryReservedBytes: this.#memory.reserved,
      memoryBudgetBytes: this.#memory.bytesMax,
    }
  }

  /** What all boxes use now. */
  async usage(): ReturnType<ExecutionDriver['usage']> {
    return await this.#driver.usage()
  }

  /** Ends all boxes. Never throws. */
  async stop(): Promise<void> {
    await this.#pool.stop()
  }

  /** The memory that a use may take. Throws where it can never be had. */
  #admit(wants: readonly BoxWant[]): number {
    if (this.#driver.problem !== null)
      throw new Failure('unavailable', `Programs can’t be run here: ${this.#driver.problem}`, { code: 'boxes_off' })
    if (wants.length > boxesPerUseMax) throw new Error(`A use has at most ${boxesPerUseMax} boxes`)
    const bytes = wants.reduce((sum, { limits }) => sum + limits.memoryBytesMax, 0)
    if (bytes <= this.#memory.bytesMax) return bytes
    const [asked, all] = [bytes, this.#memory.bytesMax].map((amount) => `${Math.floor(amount / 1024 ** 2)} MB`)
    throw new Failure('invalid', `This program may use ${asked} of memory, and all programs together have ${all}`, {
      code: 'box_too_large',
    })
  }

  async #useNow<Value>(
    wants: readonly BoxWant[],
    {
      bytes,
      body,
      signal,
    }: { bytes: number; body: (boxes: readonly ExecutionBox[]) => Promise<Value>; signal: AbortSignal | undefined },
  ): Promise<Value> {
    return await this.#within(bytes, { waitMs: this.#waitMs, signal }, async () => {
      return await this.#hold(wants, [], body, signal)
    })
  }

  /** Runs the body while so many bytes are reserved. */
  async #within<Value>(
    bytes: number,
    { waitMs, signal }: { waitMs: number; signal: AbortSignal | undefined },
    body: () => Promise<Value>,
  ): Promise<Value> {
    const deadline = deadlineAfter(this.#clock, waitMs, full, signal)
    const release = await this.#memory.reserve(bytes, deadline.signal).finally(() => deadline.clear())
    try {
      return await body()
    } finally {
      release()
    }
  }

  /** Takes one box after the other; each is gone when what was done with it is done. */
  async #hold<Value>(
    wants: readonly BoxWant[],
    held: readonly ExecutionBox[],
    body: (boxes: readonly ExecutionBox[]) => Promise<Value>,
    signal: AbortSignal | undefined,
  ): Promise<Value> {
    const [want, ...others] = wants
    if (want === undefined) return await body(held)
    const goOn = async (box: ExecutionBox) => await this.#hold(others, [...held, box], body, signal)
    if ((want.databaseSocket ?? null) !== null) return await this.#startFor(want, goOn)
    return await this.#pool.use(want, goOn, signal === undefined ? {} : { signal })
  }

  /** A database is given to a box at its start, so a box with one can't have waited. */
  async #startFor<Value>(want: BoxWant, body: (box: ExecutionBox) => Promise<Value>): Promise<Value> {
    const made = await this.#source.start(want)
    try {
      return await body(made.sandbox)
    } finally {
      await made.destroy()
    }
  }
}

/** Boxes are used and gone, never leased. */
const nobodyLeases: LeaseRecords = {
  write: async () => undefined,
  closeOpen: async () => 0,
  deleteEnded: async () => 0,
}

function given(box: ExecutionBox | undefined): ExecutionBox {
  if (box === undefined) throw new Error('A use without a box')
  return box
}

function full(): Failure {
  return new Failure('exhausted', 'Too many programs run at this moment; try again in a few seconds', {
    code: 'boxes_full',
    retryAfterSeconds: 5,
  })
}
