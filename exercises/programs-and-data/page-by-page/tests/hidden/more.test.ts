import { expect, test } from 'bun:test'
import { sql } from './database.ts'
import { pageOf } from './pages.ts'

/** Reads to the end; bounded, for a `next` may lead in circles. */
async function readAll(limit: number, between: () => Promise<void> = async () => {}): Promise<number[][]> {
  const pages: number[][] = []
  let after: string | null = null
  while (pages.length < 40) {
    const page = await pageOf(sql, { limit, after })
    pages.push(page.ids)
    after = page.next
    if (after === null) break
    await between()
  }
  return pages
}

test('every delivery once, in pages of two', async () => {
  const pages = await readAll(2)
  expect(pages).toEqual([[16, 15], [14, 13], [12, 11], [10, 9], [8, 7], [6, 5], [4, 3], [2, 1]])
})

test('every delivery once, in pages of five', async () => {
  expect(await readAll(5)).toEqual([[16, 15, 14, 13, 12], [11, 10, 9, 8, 7], [6, 5, 4, 3, 2], [1]])
})

test('one page for all has no next one', async () => {
  expect(await pageOf(sql, { limit: 16, after: null })).toEqual({
    ids: [16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
    next: null,
  })
})

test('what is added meanwhile moves nobody', async () => {
  const pages = await readAll(4, async () => {
    await sql`INSERT INTO delivery (household_id, box_id, day, quantity) VALUES (1, 1, '2025-10-01', 1)`
  })
  expect(pages.flat()).toEqual([16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
})

test('an order of days that is not that of ids', async () => {
  await sql`DELETE FROM delivery WHERE id > 6`
  await sql`UPDATE delivery SET day = '2025-12-24' WHERE id = 2`
  expect(await readAll(2)).toEqual([[2, 6], [5, 4], [3, 1]])
})
