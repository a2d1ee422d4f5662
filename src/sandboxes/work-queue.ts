/**
 * The queue of heavy work: clones, and starts of pods. Work that a person waits for comes before work done ahead of
 * time, always: a refill neither starts while a claim waits or runs, nor takes a place that a claim could have.
 */
import { untilAborted } from './waiting.ts'

/** `claim`: someone waits for it. `refill`: made ahead of time. */
export type Urgency = 'claim' | 'refill'

interface Waiting {
  start: () => void
}

/** Runs work a few at a time, claims first, each in the order asked. */
export class WorkQueue {
  readonly #places: Record<Urgency, number>
  readonly #running: Record<Urgency, number> = { claim: 0, refill: 0 }
  readonly #waiting: Record<Urgency, Set<Waiting>> = { claim: new Set(), refill: new Set() }

  /** At most `claims` run at once for people, and at most `refills` where no person waits. */
  constructor(places: { claims: number; refills: number }) {
    this.#places = { claim: places.claims, refill: places.refills }
  }

  /** How many wait and run, by urgency. */
  get load(): { waiting: Record<Urgency, number>; running: Record<Urgency, number> } {
    const { claim, refill } = this.#waiting
    return { waiting: { claim: claim.size, refill: refill.size }, running: { ...this.#running } }
  }

  /** Runs the work in its turn. While it waits, the signal takes it out of the queue. */
  async run<Value>(urgency: Urgency, signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    await this.#turn(urgency, signal)
    try {
      return await work()
    } finally {
      this.#running[urgency] -= 1
      this.#startNext()
    }
  }

  async #turn(urgency: Urgency, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#mayStart(urgency) && this.#waiting[urgency].size === 0) {
      this.#running[urgency] += 1
      return
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    const waiting: Waiting = { start: resolve }
    this.#waiting[urgency].add(waiting)
    try {
      await untilAborted(promise, signal, () => this.#giveBack(urgency))
    } finally {
      if (this.#waiting[urgency].delete(waiting)) this.#startNext()
    }
  }

  /** A turn that came in the same moment as the abort goes to the next one. */
  #giveBack(urgency: Urgency): void {
    this.#running[urgency] -= 1
    this.#startNext()
  }

  #mayStart(urgency: Urgency): boolean {
    if (this.#running[urgency] >= this.#places[urgency]) return false
    return urgency === 'claim' || (this.#running.claim === 0 && this.#waiting.claim.size === 0)
  }

  #startNext(): void {
    for (const urgency of ['claim', 'refill'] as const) {
      for (const waiting of this.#waiting[urgency]) {
        if (!this.#mayStart(urgency)) break
        this.#waiting[urgency].delete(waiting)
        this.#running[urgency] += 1
        waiting.start()
      }
    }
  }
}
