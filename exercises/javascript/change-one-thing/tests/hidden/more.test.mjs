import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change } from './change.mjs'

const garden = () => ({ beds: [{ crop: 'beans' }, { crop: 'peas' }], owner: { name: 'Ines' } })

test('arrays stay arrays', () => {
  const next = change(garden(), ['beds', 1, 'crop'], 'leek')
  assert.deepEqual(next.beds, [{ crop: 'beans' }, { crop: 'leek' }])
})

test('everything along the path is new', () => {
  const before = garden()
  const next = change(before, ['beds', 1, 'crop'], 'leek')
  assert.notEqual(next, before)
  assert.notEqual(next.beds, before.beds)
  assert.notEqual(next.beds[1], before.beds[1])
  assert.deepEqual(before, garden())
})

test('the other bed is the same object', () => {
  const before = garden()
  assert.equal(change(before, ['beds', 1, 'crop'], 'leek').beds[0], before.beds[0])
})

test('nothing new is the same state', () => {
  const before = garden()
  assert.equal(change(before, ['beds', 0, 'crop'], 'beans'), before)
  const empty = { size: Number.NaN }
  assert.equal(change(empty, ['size'], Number.NaN), empty)
})

test('keys that are not there become objects', () => {
  const before = garden()
  assert.deepEqual(change(before, ['shed', 'door', 'colour'], 'green').shed, { door: { colour: 'green' } })
})

test('an empty path gives the value', () => {
  const value = { beds: [] }
  assert.equal(change(garden(), [], value), value)
})

test('values that count as nothing are values', () => {
  assert.deepEqual(change({ a: { b: 1 } }, ['a', 'b'], 0), { a: { b: 0 } })
  assert.deepEqual(change({ a: { b: 1 } }, ['a'], null), { a: null })
})
