/** The catalogue page of somebody who is signed in, with its queries, beside the same bytes from template strings. */
import { compare, type Sample } from '../compare.ts'
import { addReaders, inControlPlane, tasksOf } from '../crowd.ts'
import { type Figure, figureOf, noneFailed, rateAtLeast, shareAtLeast } from '../figure.ts'
import type { Bench, Measure } from '../measure.ts'
import { serveTemplate } from '../template-page.ts'

/** See above. */
export const cataloguePage: Measure = { name: 'catalogue', title: 'The catalogue page', take }

/** Exercises that the reader has begun. */
const begunCount = 30
/** Readers at once. */
const lanesCount = 8
const pagesOfSample = 50
const rateMin = 1_000
const shareMin = 0.3

async function take(bench: Bench): Promise<Figure[]> {
  const { program } = await bench.site()
  const tasks = (await tasksOf(program.url)).slice(0, begunCount)
  const [reader] = await inControlPlane(program.dataDir, async (sql) => await addReaders(sql, { count: 1, tasks }))
  const url = `${program.url}/exercises`
  const headers = { cookie: reader?.cookie ?? '' }
  const html = await (await fetch(url, { headers })).text()
  const template = await serveTemplate(html)
  try {
    const { measured, raw } = await compare(bench.amount(60), {
      measured: pagesSample(url, headers, html.length),
      raw: pagesSample(template.url, {}, html.length),
    })
    return [
      figureOf({
        title: `one page of ${Math.round(Buffer.byteLength(html) / 1000)} KB, ${lanesCount} readers at once`,
        series: measured,
        raw: { what: 'the same bytes from template strings, served by the same Bun and Elysia', series: raw },
        targets: (summary, comparison) => [
          rateAtLeast(summary, rateMin),
          shareAtLeast(comparison, shareMin),
          noneFailed(summary),
        ],
      }),
    ]
  } finally {
    template.end()
  }
}

/** The mean of some pages: of one, the clock would tell the others' time too. */
function pagesSample(url: string, headers: Record<string, string>, lengthMin: number): Sample {
  return async (series) => {
    let left = pagesOfSample
    const startedMs = performance.now()
    const read = async () => {
      while (left > 0) {
        left -= 1
        const response = await fetch(url, { headers })
        const { byteLength } = await response.arrayBuffer()
        if (!response.ok || byteLength < lengthMin) throw new Error(`${response.status}, ${byteLength} bytes`)
      }
    }
    await Promise.all(Array.from({ length: lanesCount }, read))
    series.note((performance.now() - startedMs) / pagesOfSample)
  }
}
