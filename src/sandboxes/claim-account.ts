/** Keeps account of claims: how many found a sandbox ready, and how long each kind waited. */
import { sandboxClaimSeconds, sandboxClaims } from '../telemetry/metrics.ts'
import { Latencies, type Percentiles } from './latencies.ts'

/** `hit`: a sandbox was ready. `miss`: one had to be made. */
export type ClaimResult = 'hit' | 'miss'

/** Claims so far. */
export interface ClaimFigures {
  /** Claims answered from memory, of all claims; null before the first. */
  hitRatio: number | null
  /** Latencies of claims that found a ready sandbox, and of those that waited for a clone. */
  claims: { hit: Percentiles; miss: Percentiles }
}

/** The account of one kind of sandbox. */
export class ClaimAccount {
  readonly #kind: string
  readonly #latencies = { hit: new Latencies(), miss: new Latencies() }
  readonly #counts = { hit: 0, miss: 0 }

  constructor(kind: string) {
    this.#kind = kind
  }

  /** Notes one claim, on its shelf too. */
  note(shelf: { hits: number; misses: number }, result: ClaimResult, durationMs: number): void {
    this.#counts[result] += 1
    shelf[result === 'hit' ? 'hits' : 'misses'] += 1
    this.#latencies[result].note(durationMs)
    const labels = { kind: this.#kind, result }
    sandboxClaims.inc(labels)
    sandboxClaimSeconds.observe(labels, durationMs / 1000)
  }

  /** What was noted. */
  figures(): ClaimFigures {
    const { hit, miss } = this.#counts
    return {
      hitRatio: hit + miss === 0 ? null : hit / (hit + miss),
      claims: { hit: this.#latencies.hit.percentiles(), miss: this.#latencies.miss.percentiles() },
    }
  }
}
