import assert from 'node:assert/strict'
import { test } from 'node:test'
import { total } from './basket.mjs'

test('an empty basket costs nothing', () => {
  assert.equal(total([], 10), 0)
})

test('three times ten cents are thirty', () => {
  assert.equal(total([{ price: 0.1, count: 3 }, { price: 2.5, count: 2 }], 0), 5.3)
})

test('a discount that is left out takes nothing off', () => {
  assert.equal(total([{ price: 19.99, count: 3 }]), 59.97)
})

test('the discount is for all of it, not for every piece', () => {
  assert.equal(total([{ price: 0.05, count: 100 }], 10), 4.5)
})

test('half a cent goes up', () => {
  assert.equal(total([{ price: 0.05, count: 1 }], 10), 0.05)
})

test('half a cent goes up, also where euros fall just short of it', () => {
  assert.equal(total([{ price: 0.3, count: 1 }], 5), 0.29)
  assert.equal(total([{ price: 1.15, count: 2 }], 5), 2.19)
})

test('the basket stays as it is', () => {
  const items = [{ price: 1, count: 2 }]
  total(items, 50)
  assert.deepEqual(items, [{ price: 1, count: 2 }])
})
