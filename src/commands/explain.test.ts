import { expect, test } from 'bun:test'
import { Failure } from '../failure.ts'
import { explainTrouble } from './explain.ts'

test('what a person can mend is told line by line, and a wrong setting or flag ends with 2', () => {
  const failure = new Failure('invalid', 'One is wrong.\nTwo is wrong.', { code: 'invalid_setting' })
  expect(explainTrouble(failure)).toEqual({ lines: ['podium: One is wrong.', 'podium: Two is wrong.'], code: 2 })
  expect(explainTrouble(new Failure('missing', 'There is none.')).code).toBe(1)
})

test('what nobody foresaw is told with the places it came from, and without the text of the program', () => {
  const { lines, code } = explainTrouble(new Error('the moon is full'))
  expect(code).toBe(1)
  expect(lines[0]).toBe('podium: something failed that Podium did not foresee: the moon is full')
  expect(lines[1]).toContain('explain.test.ts')
  expect(lines.join('\n')).not.toContain('expect(')
  expect(explainTrouble('a word').lines).toEqual(['podium: something failed that Podium did not foresee: a word'])
})
