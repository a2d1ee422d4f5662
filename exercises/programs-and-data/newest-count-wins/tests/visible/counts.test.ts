import { expect, test } from 'bun:test'
import { enterCounts } from './counts.ts'
import { sql } from './database.ts'

test('a newer count and a new fruit', async () => {
  await enterCounts(sql, [
    { fruit: 'Pears', grams: 60000, countedOn: '2025-09-10' },
    { fruit: 'Quinces', grams: 8000, countedOn: '2025-09-09' },
  ])
  const rows = await sql`SELECT fruit, grams, to_char(counted_on, 'YYYY-MM-DD') AS day FROM stock ORDER BY fruit`
  expect([...rows]).toEqual([
    { fruit: 'Apples', grams: 182000, day: '2025-09-01' },
    { fruit: 'Pears', grams: 60000, day: '2025-09-10' },
    { fruit: 'Plums', grams: 0, day: '2025-09-03' },
    { fruit: 'Quinces', grams: 8000, day: '2025-09-09' },
  ])
})
