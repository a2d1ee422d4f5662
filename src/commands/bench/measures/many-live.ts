/** Claims where few and where many sandboxes live, and what a thousand of them take. */
import type { DatabasePool } from '../../../sandboxes/create-pool.ts'
import { Series, takeRound } from '../compare.ts'
import { type Figure, figureOf, noneFailed, type Target } from '../figure.ts'
import { claimAsStranger, firstRow, type Laboratory, noDemand, roomy, until, untilReady } from '../laboratory.ts'
import { availableMemoryBytes } from '../machine-facts.ts'
import type { Bench, Measure } from '../measure.ts'
import { percentile, type Summary } from '../percentiles.ts'

/** See above. */
export const manyLive: Measure = { name: 'many-live', title: 'Claims with many live sandboxes', take }

const gigabyte = 1024 ** 3
const memoryMax = 14 * gigabyte
const readyCount = 8

async function take(bench: Bench): Promise<Figure[]> {
  const laboratory = await bench.laboratory()
  const counts = bench.isQuick ? [10, 40] : [10, 100, 1000]
  // What a thousand may take, and something for everybody else.
  if (!bench.isQuick && availableMemoryBytes() < memoryMax + gigabyte) throw new Error('less than 15 GB are available')
  const each = bench.isQuick ? 10 : 100
  return await laboratory.withPool({ ...roomy, ...noDemand, sandboxesMax: 1200 }, async (pool) => {
    const figures: Figure[] = []
    let live = 0
    let first: Steps | null = null
    for (const count of counts) {
      live = await grow(pool, laboratory, { live, count })
      const steps = await measureAt(pool, laboratory, each)
      first ??= steps
      const usage = await pool.usage()
      figures.push(...figuresAt(count, steps, first, usage.memoryBytes + usage.diskBytes))
    }
    return figures
  })
}

/** Leases of strangers that nobody gives back. */
async function grow(
  pool: DatabasePool,
  { want }: Laboratory,
  { live, count }: { live: number; count: number },
): Promise<number> {
  for (let now = live; now < count; now += 1) await claimAsStranger(pool, want)
  return count
}

interface Steps {
  handOut: Series
  firstRow: Series
  clone: Series
}

async function measureAt(pool: DatabasePool, { want }: Laboratory, each: number): Promise<Steps> {
  const steps = { handOut: new Series(), firstRow: new Series(), clone: new Series() }
  pool.expect(want, readyCount)
  await takeRound(
    steps.handOut,
    async (series) => {
      await untilReady(pool, 2)
      const startedMs = performance.now()
      const lease = await series.time(async () => await claimAsStranger(pool, want))
      await firstRow(lease)
      steps.firstRow.note(performance.now() - startedMs)
      await pool.release(lease)
    },
    each,
  )
  pool.expect(want, 0)
  await until(() => pool.status().slots.ready + pool.status().slots.making === 0, 'an empty shelf')
  await takeRound(
    steps.clone,
    async (series) => {
      const lease = await series.time(async () => await claimAsStranger(pool, want))
      await pool.release(lease)
    },
    each,
  )
  return steps
}

function figuresAt(count: number, steps: Steps, first: Steps, bytes: number): Figure[] {
  const twice = (name: keyof Steps) => (summary: Summary) =>
    steps === first ? [noneFailed(summary)] : [noneFailed(summary), atMostTwice(summary, first[name])]
  const memory = new Series()
  memory.note(bytes / 1024 ** 2)
  const isWithin = { text: `≤ ${memoryMax / gigabyte} GB`, isMet: bytes <= memoryMax }
  return [
    figureOf({ title: `${count} live: hand-out`, series: steps.handOut, targets: twice('handOut') }),
    figureOf({ title: `${count} live: claim to first row`, series: steps.firstRow, targets: twice('firstRow') }),
    figureOf({ title: `${count} live: claim where none is ready`, series: steps.clone, targets: twice('clone') }),
    figureOf({
      title: `${count} live: memory and data of pods`,
      unit: 'MB',
      series: memory,
      targets: () => (count >= 1000 ? [isWithin] : []),
    }),
  ]
}

function atMostTwice({ p50 }: Summary, first: Series): Target {
  const ratio = p50 / percentile(first.samples, 0.5)
  return { text: `p50 at most twice that of the fewest (${ratio.toFixed(2)}×)`, isMet: ratio <= 2 }
}
