import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapFew } from './few.mjs'

/** Work that is done when the test says so. */
function byHand() {
  const begun = []
  const open = new Map()
  const work = (item) => {
    begun.push(item)
    return new Promise((resolve, reject) => open.set(item, { resolve, reject }))
  }
  return { begun, open, work }
}

/** After everything that is due has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('begins as many as allowed, in order', async () => {
  const { begun, work } = byHand()
  mapFew(['a', 'b', 'c', 'd'], 3, work)
  await settled()
  assert.deepEqual(begun, ['a', 'b', 'c'])
})

test('begins another one as soon as any is done', async () => {
  const { begun, open, work } = byHand()
  mapFew(['a', 'b', 'c', 'd'], 2, work)
  await settled()
  open.get('b').resolve()
  await settled()
  assert.deepEqual(begun, ['a', 'b', 'c'])
  open.get('c').resolve()
  await settled()
  assert.deepEqual(begun, ['a', 'b', 'c', 'd'])
})

test('whoever is done first does not come first', async () => {
  const { open, work } = byHand()
  const all = mapFew(['a', 'b', 'c'], 3, work)
  await settled()
  for (const item of ['c', 'a', 'b']) {
    open.get(item).resolve(item.toUpperCase())
    await settled()
  }
  assert.deepEqual(await all, ['A', 'B', 'C'])
})

test('an error is passed on, and nothing begins after it', async () => {
  const { begun, open, work } = byHand()
  const all = mapFew(['a', 'b', 'c', 'd'], 2, work)
  const rejected = assert.rejects(all, /door shut/)
  await settled()
  open.get('a').reject(new Error('door shut'))
  await rejected
  open.get('b').resolve()
  await settled()
  assert.deepEqual(begun, ['a', 'b'])
})

test('does not wait for the rest to pass an error on', async () => {
  const { open, work } = byHand()
  let outcome = 'open'
  mapFew(['a', 'b'], 2, work).catch((error) => {
    outcome = error.message
  })
  await settled()
  open.get('b').reject(new Error('no'))
  await settled()
  assert.equal(outcome, 'no')
})

test('fewer items than allowed, and none at all', async () => {
  const double = async (number) => 2 * number
  assert.deepEqual(await mapFew([4], 10, double), [8])
  assert.deepEqual(await mapFew([], 3, double), [])
})

test('results may be nothing, and items stay as they are', async () => {
  const items = Object.freeze([1, 2, 3])
  assert.deepEqual(await mapFew(items, 2, async () => undefined), [undefined, undefined, undefined])
})
