/** A clock for tests: time passes only when it is told to, and everything due happens in order. */
import type { Clock } from './clock.ts'

interface Timer {
  dueMs: number
  callback: () => void
}

/** A clock that a test moves. */
export class FakeClock implements Clock {
  #nowMs = 1_800_000_000_000
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.#nowMs
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { dueMs: this.#nowMs + Math.max(0, delayMs), callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** How many timers wait. */
  get timers(): number {
    return this.#timers.size
  }

  /** Lets time pass. Whatever falls due on the way happens at its own moment, with all that follows from it. */
  async advance(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs
    await settle()
    for (let next = this.#next(untilMs); next !== null; next = this.#next(untilMs)) {
      this.#timers.delete(next)
      this.#nowMs = next.dueMs
      next.callback()
      await settle()
    }
    this.#nowMs = untilMs
  }

  /** Lets time pass until the promise is settled, at most `durationMs`. */
  async until<Value>(promise: Promise<Value>, durationMs = 60_000): Promise<Value> {
    let isSettled = false
    const settled = () => {
      isSettled = true
    }
    promise.then(settled, settled)
    const untilMs = this.#nowMs + durationMs
    await settle()
    for (let next = this.#next(untilMs); next !== null && !isSettled; next = this.#next(untilMs)) {
      this.#timers.delete(next)
      this.#nowMs = next.dueMs
      next.callback()
      await settle()
    }
    if (!isSettled) throw new Error(`Not settled after ${durationMs} ms`)
    return await promise
  }

  #next(untilMs: number): Timer | null {
    let next: Timer | null = null
    for (const timer of this.#timers) {
      if (timer.dueMs <= untilMs && (next === null || timer.dueMs < next.dueMs)) next = timer
    }
    return next
  }
}

/** Lets everything happen that needs no time. */
async function settle(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve))
}
