/** Claims while the pool refills another dataset as fast as it may, against the same claims when all is quiet. */
import type { PodDriver } from '../../../pods/driver.ts'
import type { DatabasePool } from '../../../sandboxes/create-pool.ts'
import type { DatabaseWant } from '../../../sandboxes/databases.ts'
import { compare, type Sample } from '../compare.ts'
import { recipeOf } from '../content.ts'
import { type Figure, figureOf, noneFailed, ratioAtMost } from '../figure.ts'
import { claimAsStranger, firstRow, noDemand, roomy, until, untilReady, wantOf } from '../laboratory.ts'
import type { Bench, Measure } from '../measure.ts'

/** See above. */
export const claimsDuringRefill: Measure = {
  name: 'claims-during-refill',
  title: 'Claims while the refill runs flat out',
  take,
}

/** People don't come one right after the other: between two, the refill gets to work. */
const pauseMs = 25
/** So far ahead of what is ready the refill has something to do. */
const aheadCount = 24

interface Place {
  pool: DatabasePool
  driver: PodDriver
  want: DatabaseWant
  /** The dataset that is refilled. */
  other: DatabaseWant
}

async function take(bench: Bench): Promise<Figure[]> {
  const { driver, want, withPool } = await bench.laboratory()
  const other = wantOf(recipeOf('refilled'))
  return await withPool({ ...roomy, ...noDemand, sandboxesMax: 2000 }, async (pool) => {
    const place = { pool, driver, want, other }
    pool.expect(other, 1)
    await untilReady(pool, 1)
    pool.expect(want, 6)
    const ready = await during(bench, place, 'ready sandbox: claim to first row', readySample(place))
    pool.expect(want, 0)
    await until(() => readyOf(place, want) === 0, 'an empty shelf')
    const missing = await during(bench, place, 'nothing ready: claim to lease held', missingSample(place))
    return [ready, missing]
  })
}

async function during(bench: Bench, place: Place, title: string, sample: Sample): Promise<Figure> {
  const amount = bench.amount(20)
  // There are two of these.
  const { measured, raw } = await compare(
    { ...amount, budgetMs: amount.budgetMs / 2 },
    {
      measured: async (series) => {
        place.pool.expect(place.other, readyOf(place, place.other) + aheadCount)
        await Bun.sleep(pauseMs)
        await sample(series)
      },
      raw: async (series) => {
        await quiet(place)
        await Bun.sleep(pauseMs)
        await sample(series)
      },
    },
  )
  return figureOf({
    title,
    series: measured,
    raw: { what: 'the same while nothing else is made', series: raw },
    targets: (summary, comparison) => [ratioAtMost(comparison, 'p50', 1.3), noneFailed(summary)],
  })
}

function readySample(place: Place): Sample {
  const { pool, want } = place
  return async (series) => {
    await until(() => readyOf(place, want) > 0, 'a ready sandbox')
    const lease = await series.time(async () => {
      const lease = await claimAsStranger(pool, want)
      await firstRow(lease)
      return lease
    })
    await pool.release(lease)
  }
}

function missingSample({ pool, want }: Place): Sample {
  return async (series) => {
    const lease = await series.time(async () => await claimAsStranger(pool, want))
    await pool.release(lease)
  }
}

/** Lets go of all that was refilled and waits until nothing is under way. */
async function quiet(place: Place): Promise<void> {
  const { pool, other } = place
  pool.expect(other, 0)
  await until(() => {
    const { making, dropping } = pool.status().slots
    return making === 0 && dropping === 0 && readyOf(place, other) === 0
  }, 'a quiet pool')
}

function readyOf({ pool, driver }: Place, { recipe }: DatabaseWant): number {
  const hash = driver.imageHash(recipe)
  return pool.status().shelves.find(({ key }) => key.endsWith(hash))?.ready ?? 0
}
