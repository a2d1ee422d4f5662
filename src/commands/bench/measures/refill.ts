/** How fast the pool makes sandboxes ready where nobody asks for any: pods, clones, roles and open connections. */
import { compare } from '../compare.ts'
import { type Figure, figureOf } from '../figure.ts'
import { noDemand, roomy, untilReady } from '../laboratory.ts'
import type { Bench, Measure } from '../measure.ts'

/** See above. */
export const refill: Measure = { name: 'refill', title: 'Refill for a template of 8 MB', take }

const rateMin = 80

async function take(bench: Bench): Promise<Figure[]> {
  const laboratory = await bench.laboratory()
  const { want } = laboratory
  const count = bench.isQuick ? 24 : 160
  const plain = await laboratory.plainServer()
  const { measured, raw } = await compare(
    { ...bench.amount(1), each: 1 },
    {
      measured: async (series) => {
        await laboratory.withPool({ ...roomy, ...noDemand }, async (pool) => {
          const startedMs = performance.now()
          pool.expect(want, count)
          await untilReady(pool, count)
          series.note((performance.now() - startedMs) / count)
        })
      },
      raw: async (series) => {
        const startedMs = performance.now()
        const names: string[] = []
        while (names.length < 8) names.push(await plain.clone())
        series.note((performance.now() - startedMs) / names.length)
        for (const name of names) await plain.drop(name)
      },
    },
  )
  return [
    figureOf({
      title: `one of ${count} sandboxes, pods included`,
      series: measured,
      raw: { what: 'CREATE DATABASE … STRATEGY file_copy, one after the other on a plain connection', series: raw },
      targets: ({ p50 }) => [{ text: `≥ ${rateMin}/s (${(1000 / p50).toFixed(0)}/s)`, isMet: 1000 / p50 >= rateMin }],
    }),
  ]
}
