/** Memory: of the program, of its control plane, and of pods, which are servers and data in memory. */
import { Series } from '../compare.ts'
import { type Figure, figureOf } from '../figure.ts'
import { claimAsStranger, firstRow, noDemand, roomy } from '../laboratory.ts'
import type { Bench, Measure } from '../measure.ts'
import { memoryOf } from '../memory.ts'

/** See above. */
export const memoryUse: Measure = { name: 'memory', title: 'Memory (PSS)', take }

const megabyte = 1024 ** 2
const stepCounts = [8, 40]

async function take(bench: Bench): Promise<Figure[]> {
  return [...(await ofProgram(bench)), ...(await ofPods(bench))]
}

async function ofProgram(bench: Bench): Promise<Figure[]> {
  const { program } = await bench.site()
  const { programBytes, controlPlaneBytes, podsBytes } = memoryOf(program)
  return [
    amount('the program, after what was measured before', programBytes),
    amount('its control plane', controlPlaneBytes),
    amount('its pods, without their data', podsBytes),
  ]
}

async function ofPods(bench: Bench): Promise<Figure[]> {
  const { want, driver, withPool } = await bench.laboratory()
  const where = driver.isBoxed ? 'tmpfs' : 'disk'
  return await withPool({ ...roomy, ...noDemand }, async (pool) => {
    const figures: Figure[] = []
    let live = 0
    for (const count of stepCounts) {
      for (; live < count; live += 1) await firstRow(await claimAsStranger(pool, want))
      const { memoryBytes, diskBytes } = await pool.usage()
      figures.push(amount(`pods with ${count} sandboxes`, memoryBytes), amount(`${where} of these pods`, diskBytes))
    }
    return figures
  })
}

function amount(title: string, bytes: number): Figure {
  const series = new Series()
  series.note(bytes / megabyte)
  return figureOf({ title, unit: 'MB', series })
}
