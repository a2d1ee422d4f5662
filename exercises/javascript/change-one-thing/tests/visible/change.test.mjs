import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change } from './change.mjs'

const garden = () => ({ beds: [{ crop: 'beans' }, { crop: 'peas' }], owner: { name: 'Ines' } })

test('the new state has the new value', () => {
  assert.deepEqual(change(garden(), ['owner', 'name'], 'Tariq'), {
    beds: [{ crop: 'beans' }, { crop: 'peas' }],
    owner: { name: 'Tariq' },
  })
})

test('what was given stays as it is', () => {
  const before = garden()
  change(before, ['owner', 'name'], 'Tariq')
  assert.deepEqual(before, garden())
})

test('what lies beside the path is the same object', () => {
  const before = garden()
  assert.equal(change(before, ['owner', 'name'], 'Tariq').beds, before.beds)
})
