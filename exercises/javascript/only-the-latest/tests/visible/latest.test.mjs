import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onlyLatest } from './latest.mjs'

test('a single call gets its answer', async () => {
  const double = onlyLatest(async (number) => 2 * number)
  assert.equal(await double(21), 42)
})

test('a single call gets its error', async () => {
  const fail = onlyLatest(async () => {
    throw new Error('no connection')
  })
  await assert.rejects(fail(), /no connection/)
})
