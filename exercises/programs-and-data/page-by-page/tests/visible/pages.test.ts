import { expect, test } from 'bun:test'
import { sql } from './database.ts'
import { pageOf } from './pages.ts'

test('the first two pages', async () => {
  const first = await pageOf(sql, { limit: 3, after: null })
  expect(first.ids).toEqual([16, 15, 14])
  const second = await pageOf(sql, { limit: 3, after: first.next })
  expect(second.ids).toEqual([13, 12, 11])
})
