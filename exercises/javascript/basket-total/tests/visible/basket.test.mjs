import assert from 'node:assert/strict'
import { test } from 'node:test'
import { total } from './basket.mjs'

test('adds what is in the basket', () => {
  assert.equal(total([{ price: 1.5, count: 1 }, { price: 2.5, count: 2 }], 0), 6.5)
})

test('takes the discount off', () => {
  assert.equal(total([{ price: 9.99, count: 1 }], 10), 8.99)
})
