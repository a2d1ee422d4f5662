/** Memory of boxes that wait for a program, by language: what a ready one costs while nobody comes. */
import { hellos } from '../code-content.ts'
import type { CodeLaboratory } from '../code-laboratory.ts'
import { Series } from '../compare.ts'
import { type Figure, figureOf } from '../figure.ts'
import { until } from '../laboratory.ts'
import type { Bench, Measure } from '../measure.ts'

/** See above. */
export const codeMemory: Measure = { name: 'code-memory', title: 'Memory of ready boxes (PSS)', take }

const megabyte = 1024 ** 2
const readyCount = 4

async function take(bench: Bench): Promise<Figure[]> {
  const laboratory = await bench.codeLaboratory()
  const figures: Figure[] = []
  for (const { language, title } of hellos) figures.push(await ofWaiting(laboratory, language, title))
  return figures
}

async function ofWaiting(
  { runtimes, pool, limits, boxesBytes }: CodeLaboratory,
  language: string,
  title: string,
): Promise<Figure> {
  const { box } = await runtimes.open(language)
  const want = { runtime: box, limits }
  const before = boxesBytes()
  // Those of the languages before stay, and are in both sums.
  const ready = () => pool.status().pool.slots.ready
  const readyBefore = ready()
  pool.expect(want, readyCount)
  // The pool may be told to hold fewer than that.
  await until(() => ready() > readyBefore && pool.status().pool.slots.making === 0, `ready boxes for ${title}`)
  const count = ready() - readyBefore
  const series = new Series()
  series.note((boxesBytes() - before) / count / megabyte)
  return figureOf({ title: `a box ready for ${title}, of ${count}`, unit: 'MB', series })
}
