/** Starts: from an empty directory, and again; to ready, and to the first rows that a guest sees on the page. */
import { join } from 'node:path'
import { Series } from '../compare.ts'
import { atMost, type Figure, figureOf } from '../figure.ts'
import { firstResultOfGuest } from '../guest.ts'
import type { Bench, Measure } from '../measure.ts'
import { type Program, startProgram } from '../program.ts'

/** See above. */
export const starts: Measure = { name: 'starts', title: 'First and second start', take }

async function take(bench: Bench): Promise<Figure[]> {
  const ready = { first: new Series(), second: new Series() }
  const result = { first: new Series(), second: new Series() }
  const { rounds, budgetMs } = bench.amount(1)
  const endMs = performance.now() + budgetMs
  for (let round = 0; round < rounds && (round === 0 || performance.now() < endMs); round += 1) {
    const dataDir = join(bench.scratch.directory, `start-${round}`)
    for (const which of ['first', 'second'] as const) {
      const startedMs = performance.now()
      const program: Program = await startProgram(bench.scratch, { dataDir })
      ready[which].note(program.startMs)
      await firstResultOfGuest(program.url)
      result[which].note(performance.now() - startedMs)
      await program.stop()
    }
  }
  return [
    figureOf({ title: 'first start to ready', series: ready.first }),
    figureOf({
      title: 'first start to first rows',
      series: result.first,
      targets: (summary) => [atMost(summary, 'p50', 3000)],
    }),
    figureOf({ title: 'second start to ready', series: ready.second }),
    figureOf({
      title: 'second start to first rows',
      series: result.second,
      targets: (summary) => [atMost(summary, 'p50', 1000)],
    }),
  ]
}
