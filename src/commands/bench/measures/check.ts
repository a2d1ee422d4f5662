/** How fast `podium check` proves the exercises inside the program: with nothing built yet, then with the images there. */
import { join } from 'node:path'
import type { Catalog } from '../../../catalog/exercise.ts'
import { readConfig } from '../../../config.ts'
import { isProven } from '../../../grading/check-report.ts'
import { builtinCatalog, prove } from '../../check/prove.ts'
import { Series } from '../compare.ts'
import { type Figure, figureOf, rateAtLeast } from '../figure.ts'
import type { Bench, Measure } from '../measure.ts'
import { median } from '../percentiles.ts'

/** See above. */
export const check: Measure = { name: 'check', title: 'Proving the built-in exercises', take }

/** A hundred exercises in twenty seconds. */
const exercisesPerSecondMin = 5

async function take(bench: Bench): Promise<Figure[]> {
  const catalog = someOf(builtinCatalog(), bench.isQuick)
  const config = readConfig({
    env: { PODIUM_LOG_LEVEL: 'error' },
    flags: { data: join(bench.scratch.directory, 'ck') },
  })
  const proveAll = async (series: Series) => {
    const startedMs = performance.now()
    const report = await prove(catalog, config, () => {})
    if (!isProven(report)) throw new Error('not every exercise inside the program is proven')
    series.note((performance.now() - startedMs) / report.exercises.length)
    return report.exercises.length
  }
  const [cold, warm] = [new Series(), new Series()]
  const count = await proveAll(cold)
  const { rounds, budgetMs } = bench.amount(1)
  const endMs = performance.now() + budgetMs
  for (let round = 0; round < rounds && (round === 0 || performance.now() < endMs); round += 1) await proveAll(warm)
  return [
    figureOf({
      title: `each of ${count} exercises, images built`,
      series: warm,
      targets: (summary) => [rateAtLeast(summary, exercisesPerSecondMin)],
      note: `${rateOf(warm)} exercises/s, references, wrong answers, other row order and mutants included`,
    }),
    figureOf({
      title: `each of ${count} exercises, nothing built`,
      series: cold,
      note: `${rateOf(cold)} exercises/s, with unpacking PostgreSQL and loading every dataset in both row orders`,
    }),
  ]
}

/** A quick bench proves the first track. */
function someOf(catalog: Catalog, isQuick: boolean): Catalog {
  return isQuick ? { ...catalog, tracks: catalog.tracks.slice(0, 1) } : catalog
}

function rateOf({ samples }: Series): string {
  return (1000 / median(samples)).toFixed(1)
}
