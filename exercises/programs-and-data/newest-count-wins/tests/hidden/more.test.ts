import { beforeEach, expect, test } from 'bun:test'
import { enterCounts } from './counts.ts'
import { sql } from './database.ts'

const stockOf = async (fruit: string) => {
  const [row] = await sql`SELECT grams, to_char(counted_on, 'YYYY-MM-DD') AS day FROM stock WHERE fruit = ${fruit}`
  return row === undefined ? null : `${row.grams} on ${row.day}`
}

beforeEach(async () => {
  await sql`DELETE FROM stock`
  await sql`INSERT INTO stock VALUES ('Apples', 182000, '2025-09-05')`
})

test('an older count changes nothing', async () => {
  await enterCounts(sql, [{ fruit: 'Apples', grams: 1, countedOn: '2025-09-04' }])
  expect(await stockOf('Apples')).toBe('182000 on 2025-09-05')
})

test('a count of the same day changes nothing', async () => {
  await enterCounts(sql, [{ fruit: 'Apples', grams: 1, countedOn: '2025-09-05' }])
  expect(await stockOf('Apples')).toBe('182000 on 2025-09-05')
})

test('a newer count takes its place', async () => {
  await enterCounts(sql, [{ fruit: 'Apples', grams: 0, countedOn: '2025-09-06' }])
  expect(await stockOf('Apples')).toBe('0 on 2025-09-06')
})

test('of several counts of one fruit the newest counts', async () => {
  await enterCounts(sql, [
    { fruit: 'Medlars', grams: 300, countedOn: '2025-09-08' },
    { fruit: 'Medlars', grams: 100, countedOn: '2025-09-10' },
    { fruit: 'Medlars', grams: 200, countedOn: '2025-09-09' },
  ])
  expect(await stockOf('Medlars')).toBe('100 on 2025-09-10')
})

test('an empty list changes nothing', async () => {
  await enterCounts(sql, [])
  expect(await stockOf('Apples')).toBe('182000 on 2025-09-05')
})
