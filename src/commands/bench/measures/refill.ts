/** How fast the pool makes sandboxes ready where nobody asks for any: clones, roles and open connections, and pods. */
import type { DatabasePool } from '../../../sandboxes/create-pool.ts'
import { compare, Series } from '../compare.ts'
import { type Figure, figureOf, rateAtLeast } from '../figure.ts'
import { type Laboratory, noDemand, roomy, until, untilReady } from '../laboratory.ts'
import type { Bench, Measure } from '../measure.ts'
import type { Summary } from '../percentiles.ts'

/** See above. */
export const refill: Measure = { name: 'refill', title: 'Refill for a template of 8 MB', take }

const rateMin = 80

async function take(bench: Bench): Promise<Figure[]> {
  const laboratory = await bench.laboratory()
  const count = bench.isQuick ? 24 : 120
  const plain = await laboratory.plainServer()
  const starting = new Series()
  const { measured, raw } = await compare(
    { ...bench.amount(1), each: 1 },
    {
      measured: async (series) => await fillTwice(laboratory, count, { starting, running: series }),
      raw: async (series) => {
        // What the pool ended takes a moment to go.
        await Bun.sleep(500)
        const startedMs = performance.now()
        const names: string[] = []
        while (names.length < 8) names.push(await plain.clone())
        series.note((performance.now() - startedMs) / names.length)
        for (const name of names) await plain.drop(name)
      },
    },
  )
  const what = 'CREATE DATABASE … STRATEGY file_copy, one after the other on a plain connection'
  const targets = (summary: Summary) => [rateAtLeast(summary, rateMin)]
  return [
    figureOf({
      title: `one of ${count} sandboxes, in pods that run`,
      series: measured,
      raw: { what, series: raw },
      targets,
    }),
    figureOf({ title: `one of ${count} sandboxes, pods started`, series: starting, targets }),
  ]
}

/** Fills an empty pool, which starts pods; then, with these pods emptied, once more. */
async function fillTwice(
  { want, withPool }: Laboratory,
  count: number,
  { starting, running }: { starting: Series; running: Series },
): Promise<void> {
  await withPool({ ...roomy, ...noDemand }, async (pool) => {
    const fill = async () => {
      const startedMs = performance.now()
      pool.expect(want, count)
      await untilReady(pool, count)
      return (performance.now() - startedMs) / count
    }
    starting.note(await fill())
    pool.expect(want, 0)
    await until(() => isEmpty(pool), 'an empty pool')
    running.note(await fill())
  })
}

function isEmpty(pool: DatabasePool): boolean {
  const { making, ready, dropping } = pool.status().slots
  return making + ready + dropping === 0
}
