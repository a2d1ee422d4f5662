/**
 * The queue of heavy work: clones, and starts of pods. Work that a person waits for comes before work done ahead of
 * time, always: a refill neither starts while a claim waits or runs, nor takes a place that a claim could have.
 */
import { untilAborted } from './waiting.ts'

/** `claim`: someone waits for it. `refill`: made ahead of time. */
export type Urgency = 'claim' | 'refill'

/** One piece of work. */
export interface Work<Value> {
  urgency: Urgency
  /** Of the same lane, one runs at a time: a pod clones one database after the other. Null has no such bound. */
  lane: string | null
  /** While the work waits, this takes it out of the queue. */
  signal: AbortSignal
  run: () => Promise<Value>
}

interface Waiting {
  urgency: Urgency
  lane: string | null
  start: () => void
}

/** Runs work a few at a time, claims first, each in the order asked. */
export class WorkQueue {
  readonly #places: Record<Urgency, number>
  readonly #running: Record<Urgency, number> = { claim: 0, refill: 0 }
  readonly #waiting: Record<Urgency, Set<Waiting>> = { claim: new Set(), refill: new Set() }
  readonly #busyLanes = new Set<string>()
  #announced = 0

  /** At most `claims` run at once for people, and at most `refills` where no person waits. */
  constructor(places: { claims: number; refills: number }) {
    this.#places = { claim: places.claims, refill: places.refills }
  }

  /** How many wait and run, by urgency. */
  get load(): { waiting: Record<Urgency, number>; running: Record<Urgency, number> } {
    const { claim, refill } = this.#waiting
    return { waiting: { claim: claim.size, refill: refill.size }, running: { ...this.#running } }
  }

  /** Says that a claim is on its way here: no refill starts until the returned function was called. */
  announce(): () => void {
    this.#announced += 1
    return () => {
      this.#announced -= 1
      this.#startNext()
    }
  }

  /** Runs the work in its turn. Throws what it throws, or the signal's reason. */
  async run<Value>({ urgency, lane, signal, run }: Work<Value>): Promise<Value> {
    signal.throwIfAborted()
    const { promise, resolve } = Promise.withResolvers<void>()
    const waiting: Waiting = { urgency, lane, start: resolve }
    this.#waiting[urgency].add(waiting)
    this.#startNext()
    try {
      // A turn that came in the same moment as the abort goes to the next one.
      await untilAborted(promise, signal, () => this.#finish(waiting))
    } catch (cause) {
      if (this.#waiting[urgency].delete(waiting)) this.#startNext()
      throw cause
    }
    try {
      return await run()
    } finally {
      this.#finish(waiting)
    }
  }

  #finish({ urgency, lane }: Waiting): void {
    this.#running[urgency] -= 1
    if (lane !== null) this.#busyLanes.delete(lane)
    this.#startNext()
  }

  #startNext(): void {
    for (const urgency of ['claim', 'refill'] as const) {
      for (const waiting of this.#waiting[urgency]) {
        if (!this.#hasPlace(urgency)) break
        if (waiting.lane === null || !this.#busyLanes.has(waiting.lane)) this.#start(waiting)
      }
    }
  }

  #hasPlace(urgency: Urgency): boolean {
    if (this.#running[urgency] >= this.#places[urgency]) return false
    if (urgency === 'claim') return true
    return this.#running.claim === 0 && this.#waiting.claim.size === 0 && this.#announced === 0
  }

  #start(waiting: Waiting): void {
    this.#waiting[waiting.urgency].delete(waiting)
    this.#running[waiting.urgency] += 1
    if (waiting.lane !== null) this.#busyLanes.add(waiting.lane)
    waiting.start()
  }
}
