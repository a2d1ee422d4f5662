import { describe, expect, test } from 'bun:test'
import { readPlan } from './plan.ts'
import { PlanTree } from './plan-tree.tsx'

const json = JSON.stringify([
  {
    Plan: {
      'Node Type': 'Hash Join',
      'Join Type': 'Left',
      'Total Cost': 50,
      'Plan Rows': 12,
      'Actual Total Time': 10,
      'Actual Rows': 24,
      'Actual Loops': 1,
      'Hash Cond': '(s.id = t.screening_id)',
      Plans: [
        {
          'Node Type': 'Seq Scan',
          'Relation Name': 'ticket',
          Alias: 't',
          'Total Cost': 40,
          'Plan Rows': 12,
          'Actual Total Time': 4,
          'Actual Rows': 729,
          'Actual Loops': 2,
          Filter: '(sold)',
          'Rows Removed by Filter': 38188,
        },
      ],
    },
    'Planning Time': 0.2,
    'Execution Time': 10.5,
  },
])

const text = `Sort  (cost=10.00..12.00 rows=24 width=40) (actual time=3.000..4.000 rows=24.00 loops=1)
  Sort Key: f.title
  Sort Method: quicksort  Memory: 27kB
  InitPlan 1
    ->  Result  (cost=0.00..0.01 rows=1 width=4) (never executed)
  ->  Index Scan using film_pkey on film f  (cost=0.10..8.00 rows=2 width=40) (actual time=0.500..1.000 rows=24.00 loops=1)
        Index Cond: (id = 3)
Planning Time: 0.100 ms
Execution Time: 4.200 ms`

describe('a plan in JSON', () => {
  const plan = readPlan([[json]])
  test('gives each step its own time, without that of the steps it reads from', () => {
    expect(plan?.root).toMatchObject({ name: 'Hash Left Join', ownMs: 2, share: 0.2 })
    expect(plan?.hottest).toMatchObject({ name: 'Seq Scan', on: 'ticket t', ownMs: 8, rows: 1458, loops: 2 })
  })
  test('names the costly step, its rows and an estimate that was far off', () => {
    if (plan === null) throw new Error('not read')
    const html = PlanTree({ plan, text: json }).toString()
    expect(html).toContain('80\u00a0% of the time in Seq Scan on ticket t.')
    expect(html).toContain('Rows Removed by Filter: 38188 · ran 2 times · expected 12 rows each time')
    expect(html.match(/class="node hot"/g)).toHaveLength(1)
  })
})

describe('a plan in text', () => {
  const plan = readPlan(text.split('\n').map((line) => [line]))
  test('becomes the same tree', () => {
    expect(plan).toMatchObject({ isMeasured: true, planningMs: 0.1, executionMs: 4.2 })
    expect(plan?.root).toMatchObject({
      name: 'Sort',
      ownMs: 3,
      details: ['Sort Key: f.title', 'Sort Method: quicksort  Memory: 27kB'],
    })
    expect(plan?.root.children).toMatchObject([
      { name: 'InitPlan 1: Result', loops: 0 },
      { name: 'Index Scan', on: 'film f by film_pkey', details: ['Index Cond: (id = 3)'] },
    ])
  })
  test('that was not run has shares of the cost', () => {
    const planned = readPlan([['Seq Scan on film  (cost=0.00..1.64 rows=64 width=40)']])
    expect(planned).toMatchObject({
      isMeasured: false,
      executionMs: null,
      root: { rows: null, rowsExpected: 64, share: 1 },
    })
  })
})

describe('what is no plan', () => {
  for (const value of ['', '[', '[]', '[{"Plan": 3}]', '[{"Plan": {"Node Type": 4}}]', 'QUERY', null]) {
    test(`is left as it is: ${value}`, () => expect(readPlan([[value]])).toBeNull())
  }
  test('is a plan deeper than a page can show', () => {
    let plan: object = { 'Node Type': 'Result' }
    for (let depth = 0; depth < 100; depth += 1) plan = { 'Node Type': 'Limit', Plans: [plan] }
    expect(readPlan([[JSON.stringify([{ Plan: plan }])]])).toBeNull()
  })
})
