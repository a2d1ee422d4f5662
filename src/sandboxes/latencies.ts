/** The last few hundred latencies, for the administration's page; metrics keep their own histograms. */

const kept = 512

/** Percentiles in milliseconds; zero where nothing was measured. */
export interface Percentiles {
  count: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
}

/** Remembers the latest measurements. */
export class Latencies {
  readonly #latest: number[] = []
  #count = 0

  /** Notes one measurement. */
  note(durationMs: number): void {
    this.#latest[this.#count % kept] = durationMs
    this.#count += 1
  }

  /** Percentiles of what is remembered; `count` is of all that was ever noted. */
  percentiles(): Percentiles {
    const sorted = this.#latest.toSorted((one, other) => one - other)
    const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
    return { count: this.#count, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }
  }
}
