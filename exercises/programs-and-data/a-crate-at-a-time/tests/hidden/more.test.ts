import { beforeEach, expect, test } from 'bun:test'
import { counting } from './counting.ts'
import { bookCrates } from './crates.ts'
import { sql } from './database.ts'

const crate = (number: number) => ({ fruit: `Sort ${number}`, grams: number, pickedOn: '2025-09-12' })
const booked = async () => (await sql`SELECT count(*)::integer AS crates FROM crate`)[0].crates

beforeEach(async () => {
  await sql`DELETE FROM crate`
})

test('an empty list books nothing', async () => {
  expect(await bookCrates(sql, [])).toBe(0)
  expect(await booked()).toBe(0)
})

test('five hundred crates go in one statement', async () => {
  const counted = counting(sql)
  expect(await bookCrates(counted.sql, Array.from({ length: 500 }, (_, number) => crate(number + 1)))).toBe(500)
  expect(counted.count()).toBe(1)
  expect(await booked()).toBe(500)
})

test('a bad crate at the end leaves nothing of the list', async () => {
  const crates = [...Array.from({ length: 150 }, (_, number) => crate(number + 1)), crate(0)]
  let failed = false
  await bookCrates(sql, crates).catch(() => { failed = true })
  expect(failed).toBe(true)
  expect(await booked()).toBe(0)
})

test('names with apostrophes are names', async () => {
  await bookCrates(sql, [{ fruit: "King's russet", grams: 400, pickedOn: '2025-09-12' }])
  expect((await sql`SELECT fruit FROM crate`)[0].fruit).toBe("King's russet")
})
