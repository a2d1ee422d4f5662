/** A claim when nothing is ready, in a pod with room: a raw clone in the same pod is what it has to cost. */
import { compare, Series, takeRound } from '../compare.ts'
import { type Figure, figureOf, noneFailed, ratioAtMost } from '../figure.ts'
import { claimAsStranger, noDemand, roomy } from '../laboratory.ts'
import type { Bench, Measure } from '../measure.ts'
import { rawClone } from './raw.ts'

/** See above. */
export const emptyPool: Measure = { name: 'empty-pool', title: 'Claim when the pool is empty', take }

async function take(bench: Bench): Promise<Figure[]> {
  const laboratory = await bench.laboratory()
  const { want } = laboratory
  return await laboratory.withPool({ ...roomy, ...noDemand }, async (pool, pods) => {
    const claim = async (series: Series) => {
      const lease = await series.time(async () => await claimAsStranger(pool, want))
      await pool.release(lease)
    }
    // The first claim starts the pod; it counts in a figure of its own.
    const first = new Series()
    await takeRound(first, claim, 1)
    const [pod] = pods
    if (pod === undefined) throw new Error('the pool started no pod')
    const server = await laboratory.plainServerIn(pod)
    const plain = rawClone(server)
    const { measured, raw } = await compare(bench.amount(100), { measured: claim, raw: plain.sample })
    await server.end()
    return [
      figureOf({
        title: 'claim to lease held',
        series: measured,
        raw: { what: `${plain.what}, in the same pod`, series: raw },
        targets: (summary, comparison) => [ratioAtMost(comparison, 'p95', 1.2), noneFailed(summary)],
      }),
      figureOf({ title: 'where a pod must be started first', series: first }),
    ]
  })
}
