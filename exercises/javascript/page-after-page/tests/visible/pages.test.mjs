import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allItems } from './pages.mjs'

test('gives the items of all pages', async () => {
  const pages = new Map([
    [null, { items: ['a', 'b'], next: 'second' }],
    ['second', { items: ['c'], next: null }],
  ])
  const given = []
  for await (const item of allItems(async (mark) => pages.get(mark))) given.push(item)
  assert.deepEqual(given, ['a', 'b', 'c'])
})

test('fetches no page that nobody asks for', async () => {
  const asked = []
  const fetchPage = async (mark) => {
    asked.push(mark)
    return { items: [1, 2], next: asked.length < 3 ? asked.length : null }
  }
  for await (const item of allItems(fetchPage)) {
    if (item === 1) break
  }
  assert.deepEqual(asked, [null])
})
