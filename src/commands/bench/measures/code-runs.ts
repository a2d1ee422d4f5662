/** Programs over HTTP against bubblewrap alone: hello in each language, many at once, and an answer with its cases. */
import { casesCount, casesProgram, greeting, type Hello, hellos } from '../code-content.ts'
import { runHello, submitCases } from '../code-requests.ts'
import { compare } from '../compare.ts'
import { atMost, type Figure, figureOf, noneFailed, ratioAtMost } from '../figure.ts'
import type { Bench, Measure } from '../measure.ts'

/** Hello, one after the other. */
export const codeHello: Measure = { name: 'code-hello', title: 'Hello world over HTTP', take: takeHello }

/** Hello, by several people in the same moment. */
export const codeAtOnce: Measure = { name: 'code-at-once', title: 'Programs at once over HTTP', take: takeAtOnce }

/** An answer handed in. */
export const codeSubmission: Measure = {
  name: 'code-submission',
  title: `Submission of ${casesCount} cases over HTTP`,
  take: takeSubmission,
}

/** Between two people: meanwhile the next box is made ready. */
const arrivalMs = 60
const warmUps = 5
/** Cases that a grading runs at once; the raw cost has as many. */
const casesAtOnce = 4

async function takeHello(bench: Bench): Promise<Figure[]> {
  const [site, laboratory] = [await bench.site(), await bench.codeLaboratory()]
  const figures: Figure[] = []
  for (const hello of hellos) {
    const bare = await laboratory.bareCall(hello)
    const arrive = async () => await Bun.sleep(arrivalMs)
    for (let index = 0; index < warmUps; index += 1) {
      await runHello(site, site.freshPlace().token, hello)
      await arrive()
    }
    const { measured, raw } = await compare(bench.amount(30), {
      measured: async (series) => {
        const { token } = site.freshPlace()
        await series.time(async () => await runHello(site, token, hello))
        await arrive()
      },
      raw: async (series) => {
        await series.time(async () => await greet(bare))
        await arrive()
      },
    })
    figures.push(
      figureOf({
        title: `${hello.title}, one at a time`,
        series: measured,
        raw: { what: 'the same program in a bare bwrap', series: raw },
        targets: (summary, comparison) => [
          ratioAtMost(comparison, 'p50', 1.3),
          ...(hello.language === 'python' ? [atMost(summary, 'p50', 25)] : []),
        ],
        note: `somebody else every ${arrivalMs} ms, so that a box is mostly ready`,
      }),
    )
  }
  return figures
}

async function greet(bare: (stdin?: string) => Promise<string>): Promise<void> {
  if ((await bare()) !== greeting) throw new Error('bubblewrap alone gave no greeting')
}

async function takeAtOnce(bench: Bench): Promise<Figure[]> {
  const [hello] = hellos
  if (hello === undefined) throw new Error('there is no program')
  const figures: Figure[] = []
  for (const count of bench.isQuick ? [1, 8] : [1, 2, 8, 32]) figures.push(await atOnce(bench, hello, count))
  return figures
}

async function atOnce(bench: Bench, hello: Hello, count: number): Promise<Figure> {
  const [site, laboratory] = [await bench.site(), await bench.codeLaboratory()]
  const bare = await laboratory.bareCall(hello)
  const all = async (each: () => Promise<void>) => {
    await Promise.allSettled(Array.from({ length: count }, each))
    await Bun.sleep(arrivalMs)
  }
  const { measured, raw } = await compare(bench.amount(Math.ceil(40 / count)), {
    measured: async (series) =>
      await all(async () => {
        const { token } = site.freshPlace()
        await series.time(async () => await runHello(site, token, hello))
      }),
    raw: async (series) => await all(async () => await series.time(async () => await greet(bare))),
  })
  return figureOf({
    title: `${hello.title}, ${count} at once`,
    series: measured,
    raw: { what: count === 1 ? 'a bare bwrap' : `${count} bare bwraps at once`, series: raw },
    targets: (summary) => [noneFailed(summary)],
  })
}

async function takeSubmission(bench: Bench): Promise<Figure[]> {
  const [site, laboratory] = [await bench.site(), await bench.codeLaboratory()]
  const bare = await laboratory.bareCall({ language: 'python', ...casesProgram })
  await submitCases(site, site.freshPlace().token)
  const { measured, raw } = await compare(bench.amount(6), {
    measured: async (series) => {
      const { token } = site.freshPlace()
      await series.time(async () => await submitCases(site, token))
      await Bun.sleep(arrivalMs)
    },
    raw: async (series) => {
      await series.time(async () => await runCases(bare))
      await Bun.sleep(arrivalMs)
    },
  })
  return [
    figureOf({
      title: 'answer to stored verdict',
      series: measured,
      raw: { what: `${casesCount} bare bwraps, ${casesAtOnce} at once`, series: raw },
      targets: (summary) => [noneFailed(summary)],
    }),
  ]
}

async function runCases(bare: (stdin?: string) => Promise<string>): Promise<void> {
  let next = 1
  const lanes = Array.from({ length: casesAtOnce }, async () => {
    while (next <= casesCount) {
      const number = next
      next += 1
      if ((await bare(`${number}\n`)) !== `${2 * number}\n`) throw new Error('bubblewrap alone gave a wrong answer')
    }
  })
  await Promise.all(lanes)
}
