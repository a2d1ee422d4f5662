import { expect, test } from 'bun:test'
import { findError } from './error-place.ts'

const place = { position: 17, column: 7, line: 'select wrong' }

test('an error is found where it was, and in its line when lines before it have come or gone', () => {
  expect(findError('select 1;\nselect wrong', place)).toBe(17)
  expect(findError('select 1;\nselect wrong\nselect wrong', place)).toBe(17)
  expect(findError('select wrong', place)).toBe(7)
  expect(findError('-- a\n-- b\nselect 1;\nselect wrong\n', place)).toBe(27)
})

test('an error is nowhere once its line was changed, or where two lines could be it', () => {
  expect(findError('select 1;\nselect right', place)).toBeNull()
  expect(findError('-- a\nselect wrong\nselect wrong', place)).toBeNull()
  expect(findError('', place)).toBeNull()
  expect(findError('select 1', { position: 20, column: 0, line: '' })).toBeNull()
})
