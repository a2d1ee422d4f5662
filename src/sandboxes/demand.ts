/** How many sandboxes of a kind to keep ready: as many as were asked for lately, fading with time. */

/** Below this many recent claims nobody is expected any more. */
const forgotten = 0.02

/** Ready sandboxes for each recent claim: who came once comes again half as often. */
const readyPerClaim = 0.5

/** Counts claims so that old ones weigh less. */
export class Demand {
  readonly #halfLifeMs: number
  #claims = 0
  #atMs = 0
  #floor = { ready: 0, untilMs: 0 }

  constructor(halfLifeMs: number) {
    this.#halfLifeMs = halfLifeMs
  }

  /** Notes one claim. */
  note(nowMs: number): void {
    this.#claims = this.recent(nowMs) + 1
    this.#atMs = nowMs
  }

  /** Keeps at least so many ready until then, whatever was asked for. */
  expect(ready: number, untilMs: number): void {
    this.#floor = { ready, untilMs }
  }

  /** Claims as they weigh now. */
  recent(nowMs: number): number {
    return this.#claims * 0.5 ** (Math.max(0, nowMs - this.#atMs) / this.#halfLifeMs)
  }

  /** How many should be ready now, at most `readyMax` unless more were announced. */
  target(nowMs: number, readyMax: number): number {
    const recent = this.recent(nowMs)
    const usual = recent < forgotten ? 0 : Math.min(readyMax, Math.max(1, Math.ceil(recent * readyPerClaim)))
    return Math.max(usual, nowMs < this.#floor.untilMs ? this.#floor.ready : 0)
  }
}
