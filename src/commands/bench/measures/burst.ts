/** Two hundred people who come in the same moment: where the pool holds their sandboxes, and where it holds none. */
import type { DatabasePool } from '../../../sandboxes/create-pool.ts'
import { Series } from '../compare.ts'
import { atMost, type Figure, figureOf, noneFailed } from '../figure.ts'
import { claimAsStranger, firstRow, type Laboratory, noDemand, roomy, untilReady } from '../laboratory.ts'
import type { Bench, Measure } from '../measure.ts'

/** See above. */
export const burst: Measure = { name: 'burst', title: 'Many claims at once', take }

async function take(bench: Bench): Promise<Figure[]> {
  const laboratory = await bench.laboratory()
  const count = bench.isQuick ? 40 : 200
  const held = new Series()
  const rows = new Series()
  const empty = new Series()
  const endMs = performance.now() + bench.amount(1).budgetMs
  for (let round = 0; round < 3 && (round === 0 || performance.now() < endMs); round += 1) {
    await claimAll(laboratory, { count, isReady: true }, held, async () => undefined)
    await claimAll(laboratory, { count, isReady: true }, rows, firstRow)
    await claimAll(laboratory, { count, isReady: false }, empty, async () => undefined)
  }
  const each = `${count} at once`
  return [
    figureOf({
      title: `${each}, ready`,
      series: held,
      targets: (summary) => [noneFailed(summary), atMost(summary, 'p99', 400)],
    }),
    figureOf({ title: `${each}, ready, to first row`, series: rows, targets: (summary) => [noneFailed(summary)] }),
    figureOf({ title: `${each}, none ready`, series: empty, targets: (summary) => [noneFailed(summary)] }),
  ]
}

/** Each round has a pool of its own: what an earlier one left must not help. */
async function claimAll(
  { want, withPool }: Laboratory,
  { count, isReady }: { count: number; isReady: boolean },
  series: Series,
  then: typeof firstRow,
): Promise<void> {
  await withPool({ ...roomy, ...noDemand }, async (pool: DatabasePool) => {
    if (isReady) {
      pool.expect(want, count)
      await untilReady(pool, count)
    }
    const claims = Array.from({ length: count }, async () => {
      await series.time(async () => await then(await claimAsStranger(pool, want)))
    })
    await Promise.allSettled(claims)
  })
}
