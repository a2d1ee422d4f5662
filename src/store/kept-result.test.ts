import { expect, test } from 'bun:test'
import { keptBytesMax, keptResultJson, keptRowsMax } from './kept-result.ts'

const statement = { text: 'select 1', rows: [['1']], notices: [], truncatedBy: null, error: null, rowCount: 1 }

test('a small result is kept as it is', () => {
  const result = { statements: [statement], end: 'completed' }
  expect(JSON.parse(keptResultJson(result) ?? '')).toEqual(result)
})

test('fifty rows are kept over all statements, and it is said that there were more', () => {
  const rows = Array.from({ length: 40 }, (_, index) => [String(index), null])
  const kept = JSON.parse(
    keptResultJson({
      statements: [
        { ...statement, rows },
        { ...statement, rows },
      ],
    }) ?? '',
  )
  expect(kept.isCut).toBe(true)
  expect(kept.statements.map((one: { rows: unknown[] }) => one.rows.length)).toEqual([40, keptRowsMax - 40])
  expect(kept.statements.map((one: { truncatedBy: unknown }) => one.truncatedBy)).toEqual([null, 'rows'])
})

const hostile = {
  'a long value': { ...statement, rows: [['x'.repeat(1_000_000)]] },
  'many columns': { ...statement, rows: [Array.from({ length: 1_600 }, () => 'wide value')] },
  'a long statement': { ...statement, text: 'y'.repeat(250_000) },
  'many notices': { ...statement, notices: Array.from({ length: 5_000 }, () => ({ message: 'z'.repeat(500) })) },
  'a long error': { ...statement, error: { message: 'é'.repeat(100_000), detail: 'é'.repeat(100_000) } },
  'control characters': { ...statement, rows: Array.from({ length: 50 }, () => ['\u0001'.repeat(2_000)]) },
}

for (const [name, one] of Object.entries(hostile)) {
  test(`${name}: what is kept fits, also many times over`, () => {
    for (const statements of [[one], Array.from({ length: 300 }, () => one)]) {
      const kept = keptResultJson({ statements })
      expect(kept === null || Buffer.byteLength(kept) <= keptBytesMax).toBe(true)
      expect(kept === null && name !== 'many columns').toBe(false)
    }
  })
}

test('a result that is not of statements is kept whole where it fits, else cut wherever it is long', () => {
  const small = { of: 'program', stdout: 'a', exitCode: 0 }
  expect(JSON.parse(keptResultJson(small) ?? '')).toEqual(small)
  const item = { name: 'x', message: 'y'.repeat(4_000), actual: 'é'.repeat(4_000), passed: true }
  const large = { of: 'trial', results: { items: Array.from({ length: 500 }, () => item), score: 0.5 } }
  const kept = keptResultJson(large) ?? ''
  expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(keptBytesMax)
  expect(JSON.parse(kept)).toMatchObject({ of: 'trial', isCut: true, results: { score: 0.5 } })
})
