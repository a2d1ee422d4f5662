import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNumber } from './number.mjs'

test('digits are a number', () => {
  assert.equal(readNumber('12'), 12)
})

test('a comma is as good as a dot', () => {
  assert.equal(readNumber('-3,5'), -3.5)
  assert.equal(readNumber('-3.5'), -3.5)
})

test('something behind the digits makes it none', () => {
  assert.equal(readNumber('12px'), null)
})
