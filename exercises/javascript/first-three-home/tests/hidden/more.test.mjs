import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstThree } from './results.mjs'

const team = (name, points, minutes) => ({ name, points, minutes })

test('nobody came', () => {
  assert.deepEqual(firstThree([]), [])
})

test('ten points are more than nine', () => {
  assert.deepEqual(firstThree([team('a', 9, 1), team('b', 100, 1), team('c', 10, 1)]), ['b', 'c', 'a'])
})

test('a slow team with more points stays before a quick one', () => {
  assert.deepEqual(firstThree([team('a', 5, 10), team('b', 6, 99), team('c', 4, 1), team('d', 6, 98)]), ['d', 'b', 'a'])
})

test('where all is the same, the order stays', () => {
  const results = [...'efabcd'].map((name) => team(name, 5, 30))
  assert.deepEqual(firstThree(results), ['e', 'f', 'a'])
})

test('the results stay as they are', () => {
  const results = [team('a', 1, 1), team('b', 2, 1), team('c', 3, 1), team('d', 4, 1)]
  firstThree(results)
  assert.deepEqual(results.map(({ name }) => name), ['a', 'b', 'c', 'd'])
})

test('results that nobody may change can be sorted, too', () => {
  const results = Object.freeze([team('a', 1, 1), team('b', 2, 1)])
  assert.deepEqual(firstThree(results), ['b', 'a'])
})
