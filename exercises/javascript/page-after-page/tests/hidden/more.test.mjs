import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allItems } from './pages.mjs'

/** An archive that remembers which pages were fetched. */
function archive(...pages) {
  const asked = []
  const marks = new Map(pages.map(([mark, page]) => [mark, page]))
  const fetchPage = async (mark) => {
    asked.push(mark)
    const page = marks.get(mark)
    if (page === undefined) throw new Error(`no page ${mark}`)
    return page
  }
  return { asked, fetchPage }
}

/** All that comes, up to 20 items. */
async function taken(items) {
  const given = []
  for await (const item of items) {
    given.push(item)
    if (given.length === 20) break
  }
  return given
}

test('0 and the empty text are marks', async () => {
  const { fetchPage, asked } = archive(
    [null, { items: ['a'], next: 0 }],
    [0, { items: ['b'], next: '' }],
    ['', { items: ['c'], next: null }],
  )
  assert.deepEqual(await taken(allItems(fetchPage)), ['a', 'b', 'c'])
  assert.deepEqual(asked, [null, 0, ''])
})

test('an empty page is not the end', async () => {
  const { fetchPage } = archive(
    [null, { items: [], next: 1 }],
    [1, { items: [], next: 2 }],
    [2, { items: ['x'], next: null }],
  )
  assert.deepEqual(await taken(allItems(fetchPage)), ['x'])
})

test('nothing at all', async () => {
  const { fetchPage } = archive([null, { items: [], next: null }])
  assert.deepEqual(await taken(allItems(fetchPage)), [])
})

test('nothing is fetched before the first item is asked for', async () => {
  const { fetchPage, asked } = archive([null, { items: ['a'], next: null }])
  const items = allItems(fetchPage)
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(asked, [])
  await items.next()
  assert.deepEqual(asked, [null])
})

test('the next page is fetched when one more item is asked for', async () => {
  const { fetchPage, asked } = archive([null, { items: ['a', 'b'], next: 1 }], [1, { items: ['c'], next: null }])
  const items = allItems(fetchPage)
  await items.next()
  await items.next()
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(asked, [null])
  assert.deepEqual(await items.next(), { value: 'c', done: false })
  assert.deepEqual(asked, [null, 1])
})

test('an error comes after the items before it', async () => {
  const { fetchPage } = archive([null, { items: ['a', 'b'], next: 'lost' }])
  const given = []
  await assert.rejects(async () => {
    for await (const item of allItems(fetchPage)) given.push(item)
  }, /no page lost/)
  assert.deepEqual(given, ['a', 'b'])
})
