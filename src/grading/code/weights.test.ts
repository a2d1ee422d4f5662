import { expect, test } from 'bun:test'
import type { IoGrading } from '../../catalog/code-exercise.ts'
import { givesPart } from './weights.ts'

const nothing = new Uint8Array()
const names = ['sample/1', 'secret/one/1', 'secret/one/2', 'secret/two/1']
const cases = names.map((name) => ({ name, isVisible: name.startsWith('sample/'), input: nothing, expected: nothing }))

function gives({ weights = {}, whole = [] }: { weights?: Record<string, number>; whole?: string[] }): boolean {
  const grading: IoGrading = {
    ...{ compare: 'io', match: 'tokens', tolerance: 0, ignoresCase: false, judge: null, cases, whole },
    weights: Object.entries(weights).map(([name, weight]) => ({ name, weight })),
  }
  return givesPart({ kind: 'code', grading, database: null })
}

test('a part of an answer counts where the author says how much its cases count', () => {
  expect(gives({})).toBe(false)
  expect(gives({ weights: { 'sample/*': 0 } })).toBe(true)
})

test('a part counts where groups that only count as a whole leave something beside them', () => {
  expect(gives({ weights: { 'sample/*': 0 }, whole: ['secret/one/*', 'secret/two/*'] })).toBe(true)
  expect(gives({ weights: { 'sample/*': 1 }, whole: ['secret/*'] })).toBe(true)
})

test('no part counts where one group that only counts as a whole has all that counts', () => {
  expect(gives({ weights: { 'sample/*': 0 }, whole: ['secret/*'] })).toBe(false)
  expect(gives({ weights: { 'secret/one/*': 2, '*': 0 }, whole: ['secret/one/*'] })).toBe(false)
  expect(gives({ weights: { '*': 0 }, whole: ['secret/*'] })).toBe(true)
})
