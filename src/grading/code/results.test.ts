import { expect, test } from 'bun:test'
import { blankItem, type CodeItem, scoreOf, shownText, withinRoom } from './results.ts'

const item = (name: string, change: Partial<CodeItem> = {}): CodeItem => ({
  ...blankItem({ name, isVisible: true, weight: 1 }),
  outcome: 'passed',
  ...change,
})

test('texts are cut between characters, and what can’t be kept in a database is replaced', () => {
  expect(shownText(Buffer.from('short'))).toBe('short')
  expect(shownText(Buffer.from('a\0b'))).toBe('a␀b')
  expect(shownText(Buffer.from('ä'.repeat(100)), 10)).toBe(`${'ä'.repeat(10)}\n… and 180 bytes more`)
  expect(shownText(Buffer.from('😀'.repeat(10)), 5).isWellFormed()).toBe(true)
  expect(shownText(new Uint8Array([255, 254]))).toBe('\ufffd\ufffd')
})

test('the texts of a verdict have room together, those of what is wrong first', () => {
  const text = 'x'.repeat(4000)
  const items = Array.from({ length: 100 }, (_, index) => item(`${index}`, { input: text, actual: text }))
  items[99] = item('99', { outcome: 'failed', input: text, actual: text })
  const kept = withinRoom(items)
  expect(kept.length).toBe(100)
  expect(kept[99]?.actual).toBe(text)
  expect(kept.filter(({ actual }) => actual !== null).length).toBeLessThan(20)
})

test('a score is the weight of what passed and counts', () => {
  const [one, two, three] = [item('1'), item('2', { weight: 3 }), item('3', { outcome: 'failed' })]
  expect(scoreOf([one, two, three])).toBe(0.8)
  expect(scoreOf([one, two, three], new Set([one]))).toBe(0.2)
  expect(scoreOf([item('1', { weight: 0 }), item('2', { weight: 0, outcome: 'failed' })])).toBe(0.5)
  expect(scoreOf([])).toBe(0)
})
