/** How fast `podium check` proves the exercises inside the program: with nothing built yet, then with the images there. */
import { join } from 'node:path'
import type { Catalog, Exercise } from '../../../catalog/exercise.ts'
import { readConfig } from '../../../config.ts'
import { isProven } from '../../../grading/check-report.ts'
import { builtinCatalog, prove as proveCatalog } from '../../check/prove.ts'
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
  const [sql, code] = [ofKind(catalog, 'sql'), ofKind(catalog, 'code')]
  const [cold, warm, programs] = [new Series(), new Series(), new Series()]
  const count = await prove(bench, sql, cold)
  const { rounds, budgetMs } = bench.amount(1)
  const endMs = performance.now() + budgetMs
  for (let round = 0; round < rounds && (round === 0 || performance.now() < endMs); round += 1)
    await prove(bench, sql, warm)
  const figures = [
    figureOf({
      title: `each of ${count} SQL exercises, images built`,
      series: warm,
      targets: (summary) => [rateAtLeast(summary, exercisesPerSecondMin)],
      note: `${rateOf(warm)} exercises/s, references, wrong answers, other row order and mutants included`,
    }),
    figureOf({
      title: `each of ${count} SQL exercises, nothing built`,
      series: cold,
      note: `${rateOf(cold)} exercises/s, with unpacking PostgreSQL and loading every dataset in both row orders`,
    }),
  ]
  if (bench.isQuick) return figures
  const programCount = await prove(bench, code, programs)
  const note = `${rateOf(programs)} exercises/s, answers that run into their time limits included`
  return [...figures, figureOf({ title: `each of ${programCount} code exercises`, series: programs, note })]
}

/** Proves these exercises in a directory that stays from one time to the next; how many there are. */
async function prove(bench: Bench, catalog: Catalog, series: Series): Promise<number> {
  const directory = join(bench.scratch.directory, 'ck')
  const config = readConfig({ env: { PODIUM_LOG_LEVEL: 'error' }, flags: { data: directory } })
  const startedMs = performance.now()
  const report = await proveCatalog(catalog, config, {})
  if (!isProven(report)) throw new Error('not every exercise inside the program is proven')
  series.note((performance.now() - startedMs) / report.exercises.length)
  return report.exercises.length
}

/** A quick bench proves the first track. */
function someOf(catalog: Catalog, isQuick: boolean): Catalog {
  return isQuick ? { ...catalog, tracks: catalog.tracks.slice(0, 1) } : catalog
}

function ofKind(catalog: Catalog, kind: Exercise['kind']): Catalog {
  const tracks = catalog.tracks.map((track) => ({
    ...track,
    exercises: track.exercises.filter((exercise) => exercise.kind === kind),
  }))
  return { ...catalog, tracks }
}

function rateOf({ samples }: Series): string {
  return (1000 / median(samples)).toFixed(1)
}
