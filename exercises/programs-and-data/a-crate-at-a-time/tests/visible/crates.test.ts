import { expect, test } from 'bun:test'
import { counting } from './counting.ts'
import { bookCrates } from './crates.ts'
import { sql } from './database.ts'

const twoCrates = [
  { fruit: 'Apples', grams: 12500, pickedOn: '2025-09-12' },
  { fruit: 'Pears', grams: 9800, pickedOn: '2025-09-12' },
]

test('books the list in one statement', async () => {
  const counted = counting(sql)
  expect(await bookCrates(counted.sql, twoCrates)).toBe(2)
  expect(counted.count()).toBe(1)
  const rows = await sql`SELECT fruit, grams, to_char(picked_on, 'YYYY-MM-DD') AS day FROM crate ORDER BY fruit`
  expect([...rows]).toEqual([
    { fruit: 'Apples', grams: 12500, day: '2025-09-12' },
    { fruit: 'Pears', grams: 9800, day: '2025-09-12' },
  ])
})
