/** Percentiles of samples. A failure is a sample of infinite length, so it can never make a figure look better. */

/** What is told of samples, in their unit. */
export interface Summary {
  samples: number
  failures: number
  p50: number
  p95: number
  p99: number
  max: number
}

/** The smallest sample that is not exceeded by this share of all (nearest rank); NaN where there are none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** The middle of some values, the mean of the two middle ones where their number is even; NaN where there are none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN
  return lower === upper ? upper : (lower + upper) / 2
}

/** Summarises samples. */
export function summarise(samples: readonly number[]): Summary {
  return {
    samples: samples.length,
    failures: samples.filter((sample) => !Number.isFinite(sample)).length,
    p50: percentile(samples, 0.5),
    p95: percentile(samples, 0.95),
    p99: percentile(samples, 0.99),
    max: percentile(samples, 1),
  }
}
