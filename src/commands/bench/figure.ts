/** A figure: what was measured, how it compares with the raw cost, and whether it is where it should be. */
import { type Comparison, ratioOf, type Series } from './compare.ts'
import { percentile, type Summary, summarise } from './percentiles.ts'

/** What a figure should be. */
export interface Target {
  text: string
  isMet: boolean
}

/** One line of the bench. */
export interface Figure {
  title: string
  unit: 'ms' | 'MB'
  summary: Summary
  /** The raw cost measured in turns with it; null where there is nothing to compare with. */
  raw: { what: string; p50: number; p95: number; ratio: number } | null
  targets: Target[]
  /** What one must know to read it; the first failure, where there was one. */
  note: string | null
}

/** What a figure is made of. */
export interface FigureParts {
  title: string
  unit?: Figure['unit']
  series: Series
  /** With what the series was compared, and how that is called. */
  raw?: { what: string; series: Series }
  targets?: (summary: Summary, comparison: Comparison) => Target[]
  note?: string
}

/** Makes a figure. */
export function figureOf({ title, unit = 'ms', series, raw, targets, note }: FigureParts): Figure {
  const summary = summarise(series.samples)
  const comparison = { measured: series, raw: raw?.series ?? series }
  const problem = series.problem ?? raw?.series.problem ?? null
  const notes = [note ?? null, problem === null ? null : `first failure: ${problem}`].filter((text) => text !== null)
  return {
    title,
    unit,
    summary,
    raw: raw === undefined ? null : rawOf(raw.what, comparison),
    targets: targets?.(summary, comparison) ?? [],
    note: notes.length === 0 ? null : notes.join('; '),
  }
}

/** Whether a percentile is at most so many ms. */
export function atMost(summary: Summary, name: 'p50' | 'p95' | 'p99' | 'max', limitMs: number): Target {
  return { text: `${name} ≤ ${limitMs} ms`, isMet: summary[name] <= limitMs }
}

/** Whether a figure is at most so many times its raw cost, at a percentile. */
export function ratioAtMost(comparison: Comparison, name: 'p50' | 'p95', limit: number): Target {
  const share = name === 'p50' ? 0.5 : 0.95
  const ratio = ratioOf(comparison, share)
  return { text: `${name} ≤ ${limit}× (${ratio.toFixed(2)}×)`, isMet: ratio <= limit }
}

/** Whether there are at least so many in a second, where a sample is the time of one. */
export function rateAtLeast({ p50 }: Summary, perSecond: number): Target {
  const rate = 1000 / p50
  return { text: `≥ ${perSecond}/s (${rate.toFixed(0)}/s)`, isMet: rate >= perSecond }
}

/** Whether the rate is at least this share of the raw one. */
export function shareAtLeast(comparison: Comparison, limit: number): Target {
  const share = 1 / ratioOf(comparison)
  return { text: `≥ ${limit} of the raw rate (${share.toFixed(2)})`, isMet: share >= limit }
}

/** Whether nothing failed. */
export function noneFailed({ failures, samples }: Summary): Target {
  return { text: 'none failed', isMet: failures === 0 && samples > 0 }
}

function rawOf(what: string, comparison: Comparison): Figure['raw'] {
  const { samples } = comparison.raw
  return { what, p50: percentile(samples, 0.5), p95: percentile(samples, 0.95), ratio: ratioOf(comparison) }
}
