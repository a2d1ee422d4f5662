/**
 * Taking samples, of what is measured and of its raw cost in turns: whatever the machine does meanwhile happens to both,
 * so that their ratio can be trusted where neither figure alone can.
 */
import { median, percentile } from './percentiles.ts'

/** Samples by round, and the first thing that went wrong. */
export class Series {
  readonly rounds: number[][] = []
  problem: string | null = null

  /** All samples. */
  get samples(): number[] {
    return this.rounds.flat()
  }

  /** Later samples belong to a new round. */
  beginRound(): void {
    this.rounds.push([])
  }

  /** Notes a sample. */
  note(value: number): void {
    if (this.rounds.length === 0) this.beginRound()
    this.rounds.at(-1)?.push(value)
  }

  /** Runs the body and notes its time in ms; infinite where it throws, which it then does here too. */
  async time<Value>(body: () => Promise<Value>): Promise<Value> {
    const startedMs = performance.now()
    try {
      const value = await body()
      this.note(performance.now() - startedMs)
      return value
    } catch (cause) {
      this.fail(cause)
      throw cause
    }
  }

  /** Notes a failure. */
  fail(cause: unknown): void {
    this.note(Number.POSITIVE_INFINITY)
    this.problem ??= cause instanceof Error ? cause.message : String(cause)
  }
}

/** Takes one sample, or more, by `series.time` or `series.note`; what comes before and after is not timed. */
export type Sample = (series: Series) => Promise<void>

/** How many samples, and for how long at most. */
export interface Amount {
  rounds: number
  /** Calls of the sample in a round. */
  each: number
  /** No further round begins after this time. */
  budgetMs: number
}

/** What was measured, beside its raw cost. */
export interface Comparison {
  measured: Series
  raw: Series
}

/** Measures A/B/A/B. Never throws for what a sample does. */
export async function compare(
  { rounds, each, budgetMs }: Amount,
  samples: { measured: Sample; raw: Sample },
): Promise<Comparison> {
  const comparison = { measured: new Series(), raw: new Series() }
  const endMs = performance.now() + budgetMs
  for (let round = 0; round < rounds && (round === 0 || performance.now() < endMs); round += 1) {
    await takeRound(comparison.measured, samples.measured, each)
    await takeRound(comparison.raw, samples.raw, each)
  }
  return comparison
}

/** One round of samples. Never throws: a sample that throws without having noted anything is a failure. */
export async function takeRound(series: Series, sample: Sample, each: number): Promise<void> {
  series.beginRound()
  for (let index = 0; index < each; index += 1) {
    const before = series.rounds.at(-1)?.length ?? 0
    try {
      await sample(series)
    } catch (cause) {
      if ((series.rounds.at(-1)?.length ?? 0) === before) series.fail(cause)
      series.problem ??= cause instanceof Error ? cause.message : String(cause)
    }
  }
}

/** How many times the raw cost: the median over the rounds, of the given percentile. */
export function ratioOf({ measured, raw }: Comparison, share = 0.5): number {
  const ratios = measured.rounds.map((round, index) => {
    return percentile(round, share) / percentile(raw.rounds[index] ?? [], share)
  })
  return median(ratios)
}
