/** The time as the pool sees it, passed in so that tests can turn hours into milliseconds. */

/** A clock and its timers. */
export interface Clock {
  /** Milliseconds since 1970. Never goes back, also when the machine's clock is set. */
  now(): number
  /** Calls back once after `delayMs`; the function it returns cancels that. */
  after(delayMs: number, callback: () => void): () => void
}

/** This machine's clock. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}
