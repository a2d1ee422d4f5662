/** Handing out a ready sandbox: from memory, so it should cost nothing beside making one. */
import { compare } from '../compare.ts'
import { atMost, type Figure, figureOf } from '../figure.ts'
import { claimAsStranger, roomy, untilReady } from '../laboratory.ts'
import type { Bench, Measure } from '../measure.ts'
import { rawClone } from './raw.ts'

/** See above. */
export const handOut: Measure = { name: 'hand-out', title: 'Hand-out of a ready sandbox', take }

async function take(bench: Bench): Promise<Figure[]> {
  const laboratory = await bench.laboratory()
  const { want } = laboratory
  const plain = rawClone(await laboratory.plainServer())
  return await laboratory.withPool(roomy, async (pool) => {
    pool.expect(want, 16)
    await untilReady(pool, 16)
    const { measured, raw } = await compare(bench.amount(100), {
      measured: async (series) => {
        await untilReady(pool, 2)
        const lease = await series.time(async () => await claimAsStranger(pool, want))
        await pool.release(lease)
      },
      raw: async (series) => {
        await untilReady(pool, 16)
        await plain.sample(series)
      },
    })
    return [
      figureOf({
        title: 'hand-out',
        series: measured,
        raw: { what: plain.what, series: raw },
        targets: (summary) => [atMost(summary, 'p95', 1)],
      }),
    ]
  })
}
