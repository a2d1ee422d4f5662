import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapFew } from './few.mjs'

test('gives the results in the order of the items', async () => {
  assert.deepEqual(await mapFew([1, 2, 3, 4, 5], 2, async (number) => number * 10), [10, 20, 30, 40, 50])
})

test('never has more under way than allowed', async () => {
  let underWay = 0
  let most = 0
  await mapFew([1, 2, 3, 4, 5, 6], 2, async () => {
    underWay += 1
    most = Math.max(most, underWay)
    await new Promise((resolve) => setImmediate(resolve))
    underWay -= 1
  })
  assert.equal(most, 2)
})
