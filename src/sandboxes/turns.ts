/**
 * Turns of heavy work: few run at once, however many people there are, and the turns go round by person. Statements wait
 * in one such queue, programs in another. Who finds no turn in time is refused by the queue's own name for that.
 */
import type { Failure } from '../failure.ts'
import type { Clock } from './clock.ts'
import { deadlineAfter, untilAborted, within } from './waiting.ts'

/** How much may run and wait. */
export interface TurnLimits {
  /** Runs at once: twice the cores. */
  runsMax: number
  /** Runs of one person at once, so that two people can't take all turns. */
  personRunsMax: number
  /** Runs that wait at most. */
  waitingMax: number
  waitMs: number
}

/** The limits for a machine with so many cores. */
export function turnLimits(cores: number): TurnLimits {
  return { runsMax: 2 * cores, personRunsMax: Math.max(1, cores), waitingMax: 1000, waitMs: 20_000 }
}

interface Line {
  running: number
  readonly waiting: Set<() => void>
}

/** Gives turns fairly by person. */
export class TurnQueue {
  readonly #limits: TurnLimits
  readonly #clock: Clock
  readonly #full: () => Failure
  /** In the order of their next turns. */
  readonly #lines = new Map<string, Line>()
  #running = 0
  #waiting = 0

  /** `full` makes the refusal of who finds no turn. */
  constructor({ clock, limits, full }: { clock: Clock; limits: TurnLimits; full: () => Failure }) {
    this.#clock = clock
    this.#limits = limits
    this.#full = full
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
    if (this.#waiting >= this.#limits.waitingMax) throw this.#full()
    const line = this.#lines.get(personId) ?? { running: 0, waiting: new Set() }
    this.#lines.set(personId, line)
    const { promise, resolve } = Promise.withResolvers<void>()
    line.waiting.add(resolve)
    this.#waiting += 1
    this.#startNext()
    const deadline = deadlineAfter(this.#clock, this.#limits.waitMs, this.#full, outer)
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
