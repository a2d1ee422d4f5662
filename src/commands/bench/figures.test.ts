/** Percentiles, ratios and rounds: what makes a figure honest. */
import { describe, expect, test } from 'bun:test'
import { compare, ratioOf, Series, takeRound } from './compare.ts'
import { atMost, figureOf, noneFailed } from './figure.ts'
import { median, percentile, summarise } from './percentiles.ts'
import { asJson, asText, readable, table } from './report.ts'

describe('percentiles', () => {
  test('are samples that occurred, the nearest by rank', () => {
    const samples = [5, 1, 4, 2, 3]
    expect(percentile(samples, 0.5)).toBe(3)
    expect(percentile(samples, 0.95)).toBe(5)
    expect(percentile([7], 0.99)).toBe(7)
    expect(samples).toEqual([5, 1, 4, 2, 3])
  })

  test('of nothing are not a number', () => {
    expect(percentile([], 0.5)).toBeNaN()
    expect(median([])).toBeNaN()
  })

  test('a failure counts as infinite: it can only make a figure worse', () => {
    const summary = summarise([1, 2, 3, Number.POSITIVE_INFINITY])
    expect(summary).toMatchObject({ samples: 4, failures: 1, p50: 2, p99: Number.POSITIVE_INFINITY })
    expect(atMost(summary, 'p99', 30).isMet).toBe(false)
    expect(noneFailed(summary).isMet).toBe(false)
    expect(noneFailed(summarise([])).isMet).toBe(false)
  })

  test('the median of an even number of values is the mean of the middle two', () => {
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('a comparison', () => {
  test('takes turns, round by round', async () => {
    const turns: string[] = []
    const note = (name: string) => async (series: Series) => {
      turns.push(name)
      series.note(1)
    }
    const amount = { rounds: 2, each: 2, budgetMs: 1000 }
    const { measured, raw } = await compare(amount, { measured: note('A'), raw: note('B') })
    expect(turns.join('')).toBe('AABBAABB')
    expect([measured.rounds.length, raw.rounds.length]).toEqual([2, 2])
  })

  test('begins no further round when its time is up, but takes one at least', async () => {
    const sample = async (series: Series) => series.note(1)
    const { measured } = await compare({ rounds: 5, each: 1, budgetMs: 0 }, { measured: sample, raw: sample })
    expect(measured.rounds).toEqual([[1]])
  })

  test('the ratio is the median of the rounds, so that one bad moment does not decide', () => {
    const measured = new Series()
    const raw = new Series()
    for (const [one, other] of [
      [2, 1],
      [50, 1],
      [4, 2],
    ] as const) {
      measured.beginRound()
      measured.note(one)
      raw.beginRound()
      raw.note(other)
    }
    expect(ratioOf({ measured, raw })).toBe(2)
  })

  test('what fails is one infinite sample with its reason, and the others go on', async () => {
    const series = new Series()
    let count = 0
    await takeRound(
      series,
      async () => {
        count += 1
        if (count === 1) throw new Error('before the clock ran')
        await series.time(async () => {
          if (count === 2) throw new Error('while the clock ran')
        })
      },
      3,
    )
    expect(series.samples.map(Number.isFinite)).toEqual([false, false, true])
    expect(series.problem).toBe('before the clock ran')
  })
})

describe('the report', () => {
  const series = new Series()
  series.note(2)
  series.note(Number.POSITIVE_INFINITY)
  const figure = figureOf({ title: 'claim', series, targets: (summary) => [atMost(summary, 'p99', 30)] })
  const report = {
    facts: [{ name: 'memory', value: '8 GB' }],
    findings: [
      { name: 'first', figures: [figure], problem: null, durationMs: 10 },
      { name: 'second', figures: [], problem: 'no room', durationMs: 0 },
    ],
  }

  test('says what was missed, what failed and what was not measured', () => {
    const text = asText(report).join('\n')
    expect(text).toContain('MISSED: p99 ≤ 30 ms')
    expect(text).toContain('not measured: no room')
    expect(text).toContain('0 of 1 targets met, 1 not measured')
  })

  test('is JSON in which a failure is null, never a number', () => {
    const parsed = JSON.parse(asJson(report))
    expect(parsed.machine).toEqual({ memory: '8 GB' })
    expect(parsed.findings[0].figures[0].summary).toMatchObject({ samples: 2, failures: 1, p50: 2, p99: null })
  })

  test('amounts have the digits that can be trusted, columns stand under each other', () => {
    expect([0.1234, 1.234, 12.34, 123.4, Number.POSITIVE_INFINITY].map(readable)).toEqual([
      '0.123',
      '1.23',
      '12.3',
      '123',
      'failed',
    ])
    expect(
      table([
        ['', 'p50'],
        ['claim', '1'],
      ]),
    ).toEqual(['       p50', 'claim    1'])
  })
})
