/** The catalogue page of somebody who is signed in, with its queries, beside the same bytes from template strings. */
import { compare } from '../compare.ts'
import { addReaders, inControlPlane, tasksOf } from '../crowd.ts'
import { type Figure, figureOf, noneFailed, rateAtLeast, shareAtLeast } from '../figure.ts'
import type { Bench, Measure } from '../measure.ts'
import { pagesSample, readersAtOnce } from '../pages.ts'
import { serveTemplate } from '../template-page.ts'

/** See above. */
export const cataloguePage: Measure = { name: 'catalogue', title: 'The catalogue page', take }

/** Exercises that the reader has begun. */
const begunCount = 30
const rateMin = 1_000
const shareMin = 0.3

async function take(bench: Bench): Promise<Figure[]> {
  const { program } = await bench.site()
  const tasks = (await tasksOf(program.url)).slice(0, begunCount)
  const readers = await inControlPlane(program.dataDir, async (sql) => await addReaders(sql, { count: 1, tasks }))
  const url = `${program.url}/exercises`
  const cookie = readers[0]?.cookie ?? ''
  const html = await (await fetch(url, { headers: { cookie } })).text()
  const template = await serveTemplate(html)
  try {
    const { measured, raw } = await compare(bench.amount(60), {
      measured: pagesSample(() => ({ url, cookie }), html.length),
      raw: pagesSample(() => ({ url: template.url, cookie: '' }), html.length),
    })
    return [
      figureOf({
        title: `one page of ${Math.round(Buffer.byteLength(html) / 1000)} KB, ${readersAtOnce} readers at once`,
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
