import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNumber } from './number.mjs'

test('blanks around it do not matter', () => {
  assert.equal(readNumber(' 8,25\t'), 8.25)
})

test('nothing is no number', () => {
  assert.equal(readNumber(''), null)
  assert.equal(readNumber('   '), null)
})

test('zero is a number', () => {
  assert.equal(readNumber('0'), 0)
  assert.equal(readNumber('007'), 7)
})

for (const text of ['1e3', '0x10', '0b1', 'Infinity', '1.', '.5', ',5', '+4', '--4', '-', '1.234,5', '1,2,3', '1 000', '- 4', 'ten']) {
  test(`${text} is no number here`, () => {
    assert.equal(readNumber(text), null)
  })
}

test('what is no text is no number, and nothing is thrown', () => {
  assert.deepEqual([12, undefined, null, true, [], [5], {}].map((value) => readNumber(value)), Array(7).fill(null))
})
