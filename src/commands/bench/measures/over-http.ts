/** What people wait for: a request to a running Podium until its answer is here. */
import { compare } from '../compare.ts'
import { atMost, type Figure, figureOf } from '../figure.ts'
import type { Bench, Measure } from '../measure.ts'
import { median } from '../percentiles.ts'
import type { Site } from '../site.ts'
import { rawFirstRow, rawQuery } from './raw.ts'

/** The first query in a fresh attempt. */
export const firstRowOverHttp: Measure = {
  name: 'first-row',
  title: 'Claim to first row over HTTP',
  take: takeFirstRow,
}

/** The next query in the same attempt. */
export const executeOverHttp: Measure = { name: 'execute', title: 'Execute over HTTP', take: takeExecute }

/** An answer handed in, until its verdict is stored. */
export const submissionOverHttp: Measure = { name: 'submission', title: 'Submission over HTTP', take: takeSubmission }

/** Between two people: sixteen a second, a fifth of what the pool can make. */
const arrivalMs = 60
/** A person reads the answer; meanwhile the next session is opened. */
const pauseMs = 20
const settleMs = 1_000

async function takeFirstRow(bench: Bench): Promise<Figure[]> {
  const site = await bench.site()
  const plain = rawFirstRow(await (await bench.laboratory()).plainServer())
  const amount = bench.amount(50)
  const claims = { hit: 0, miss: 0 }
  let taken = 0
  const { measured, raw } = await compare(amount, {
    measured: async (series) => {
      if (taken % amount.each === 0) await warmUp(site, bench.isQuick ? 10 : 40)
      taken += 1
      await Bun.sleep(arrivalMs)
      const place = site.freshPlace()
      await series.time(async () => await site.execute(place))
      if (taken % amount.each === 0)
        for (const result of ['hit', 'miss'] as const) claims[result] += await site.claims(result)
    },
    raw: plain.sample,
  })
  return [
    figureOf({
      title: 'fresh attempt, first answer',
      series: measured,
      raw: { what: plain.what, series: raw },
      targets: (summary) => [atMost(summary, 'p50', 8), atMost(summary, 'p99', 30)],
      note: `with those before each round, ${claims.hit} found a ready sandbox, for ${claims.miss} one was made`,
    }),
  ]
}

/** Demand is learned from claims: people who came lately are expected to be followed by others. */
async function warmUp(site: Site, count: number): Promise<void> {
  await site.restart()
  for (let index = 0; index < count; index += 1) {
    await site.execute(site.freshPlace())
    await Bun.sleep(pauseMs)
  }
  await Bun.sleep(settleMs)
}

async function takeExecute(bench: Bench): Promise<Figure[]> {
  const site = await bench.site()
  const plain = await rawQuery(await (await bench.laboratory()).plainServer())
  const place = site.freshPlace()
  await site.execute(place)
  const { measured, raw } = await compare(bench.amount(200), {
    measured: async (series) => {
      await series.time(async () => await site.execute(place))
      await Bun.sleep(pauseMs)
    },
    raw: plain.sample,
  })
  await plain.end()
  const overMs = median(measured.samples) - median(raw.samples)
  return [
    figureOf({
      title: 'next query of an attempt',
      series: measured,
      raw: { what: plain.what, series: raw },
      targets: () => [{ text: `p50 at most 2 ms over the raw query (${overMs.toFixed(2)} ms)`, isMet: overMs <= 2 }],
    }),
  ]
}

async function takeSubmission(bench: Bench): Promise<Figure[]> {
  const site = await bench.site()
  const plain = rawFirstRow(await (await bench.laboratory()).plainServer())
  const place = site.freshPlace()
  await site.submit(place)
  const { measured, raw } = await compare(bench.amount(60), {
    measured: async (series) => {
      const someone = site.freshPlace()
      await series.time(async () => await site.submit(someone))
      await Bun.sleep(pauseMs)
    },
    raw: plain.sample,
  })
  return [
    figureOf({
      title: 'answer to stored verdict',
      series: measured,
      raw: { what: plain.what, series: raw },
      targets: (summary) => [atMost(summary, 'p50', 30)],
    }),
  ]
}
