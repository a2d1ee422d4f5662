import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onlyLatest } from './latest.mjs'

/** A function whose answers come when the test says so. */
function byHand() {
  const open = []
  const ask = (...args) => new Promise((resolve, reject) => open.push({ args, resolve, reject }))
  return { ask, open }
}

/** What has come of promises after everything that is due has happened. */
async function outcomes(promises) {
  const found = promises.map(() => 'open')
  for (const [index, promise] of promises.entries()) {
    promise.then(
      (value) => {
        found[index] = value
      },
      (error) => {
        found[index] = `error: ${error.message}`
      },
    )
  }
  await new Promise((resolve) => setImmediate(resolve))
  return found
}

test('an old answer that comes late is not heard of', async () => {
  const { ask, open } = byHand()
  const search = onlyLatest(ask)
  const calls = [search('a'), search('ab')]
  open[1].resolve('new')
  open[0].resolve('old')
  assert.deepEqual(await outcomes(calls), ['open', 'new'])
})

test('an old answer that comes early is not heard of either', async () => {
  const { ask, open } = byHand()
  const search = onlyLatest(ask)
  const calls = [search('a'), search('ab')]
  open[0].resolve('old')
  assert.deepEqual(await outcomes(calls), ['open', 'open'])
})

test('an old error is not heard of', async () => {
  const { ask, open } = byHand()
  const search = onlyLatest(ask)
  const calls = [search('a'), search('ab')]
  open[0].reject(new Error('old'))
  open[1].resolve('new')
  assert.deepEqual(await outcomes(calls), ['open', 'new'])
})

test('every call asks at once, with its arguments', () => {
  const { ask, open } = byHand()
  const search = onlyLatest(ask)
  search('a', 1)
  search('b', 2)
  assert.deepEqual(open.map(({ args }) => args), [['a', 1], ['b', 2]])
})

test('two functions count for themselves', async () => {
  const [one, other] = [byHand(), byHand()]
  const calls = [onlyLatest(one.ask)(), onlyLatest(other.ask)()]
  one.open[0].resolve('one')
  other.open[0].resolve('other')
  assert.deepEqual(await outcomes(calls), ['one', 'other'])
})

test('after an answer, the next call gets its own', async () => {
  const count = onlyLatest(async (number) => number)
  assert.equal(await count(1), 1)
  assert.equal(await count(2), 2)
})
