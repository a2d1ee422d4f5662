import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstThree } from './results.mjs'

const team = (name, points, minutes) => ({ name, points, minutes })

test('more points are better, then fewer minutes', () => {
  const results = [team('Owls', 9, 50), team('Foxes', 12, 61), team('Newts', 12, 48), team('Moles', 7, 40)]
  assert.deepEqual(firstThree(results), ['Newts', 'Foxes', 'Owls'])
})

test('two teams are two names', () => {
  assert.deepEqual(firstThree([team('Owls', 3, 50), team('Moles', 7, 40)]), ['Moles', 'Owls'])
})
