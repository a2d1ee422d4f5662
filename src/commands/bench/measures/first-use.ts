/** The first use of a dataset: its image is built, a pod started, a database cloned. */
import { compare } from '../compare.ts'
import { recipeOf } from '../content.ts'
import { type Figure, figureOf, noneFailed } from '../figure.ts'
import { claimAsStranger, noDemand, roomy, wantOf } from '../laboratory.ts'
import type { Bench, Measure } from '../measure.ts'

/** See above. */
export const firstUse: Measure = { name: 'first-use', title: 'First use of a dataset', take }

async function take(bench: Bench): Promise<Figure[]> {
  const { driver, withPool } = await bench.laboratory()
  let edition = 0
  const nextRecipe = () => {
    edition += 1
    return recipeOf(`first use ${edition}`)
  }
  const { measured, raw } = await withPool({ ...roomy, ...noDemand }, async (pool) => {
    return await compare(
      { ...bench.amount(0), each: bench.isQuick ? 1 : 4 },
      {
        measured: async (series) => {
          const want = wantOf(nextRecipe())
          const lease = await series.time(async () => await claimAsStranger(pool, want))
          await pool.release(lease)
        },
        raw: async (series) => {
          const recipe = nextRecipe()
          const image = await series.time(async () => await driver.buildImage(recipe))
          await driver.removeImage(image.hash)
        },
      },
    )
  })
  return [
    figureOf({
      title: 'image absent, to lease held',
      series: measured,
      raw: { what: 'loading the dataset into an image, without pool, pod and clone', series: raw },
      targets: (summary) => [noneFailed(summary)],
    }),
  ]
}
