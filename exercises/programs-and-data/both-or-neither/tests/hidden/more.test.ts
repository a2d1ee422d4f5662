import { expect, test } from 'bun:test'
import { giveCredit } from './credit.ts'
import { sql } from './database.ts'

/** All that a gift could change, as one text. */
const books = async () => {
  const credits = await sql`SELECT string_agg(credit_cents::text, ' ' ORDER BY id) AS all FROM household`
  const moves = await sql`SELECT count(*)::integer AS moves, coalesce(sum(cents), 0)::integer AS cents FROM credit_move`
  return `${credits[0].all}, ${moves[0].moves} moves of ${moves[0].cents}`
}

test('a gift that is too large changes nothing', async () => {
  const before = await books()
  expect(await giveCredit(sql, { from: 8, to: 1, cents: 51 })).toBe(false)
  expect(await books()).toBe(before)
})

test('a gift to nobody changes nothing', async () => {
  const before = await books()
  expect(await giveCredit(sql, { from: 4, to: 99, cents: 100 })).toBe(false)
  expect(await books()).toBe(before)
})

test('a gift from nobody changes nothing', async () => {
  const before = await books()
  expect(await giveCredit(sql, { from: 99, to: 4, cents: 100 })).toBe(false)
  expect(await books()).toBe(before)
})

test('the last cent can be given', async () => {
  expect(await giveCredit(sql, { from: 8, to: 6, cents: 50 })).toBe(true)
  const rows = await sql`SELECT id, credit_cents AS credit FROM household WHERE id IN (6, 8) ORDER BY id`
  expect([...rows]).toEqual([{ id: 6, credit: 750 }, { id: 8, credit: 0 }])
})

test('the connection is free again after a refusal', async () => {
  await giveCredit(sql, { from: 8, to: 1, cents: 1_000_000 })
  expect(await giveCredit(sql, { from: 4, to: 5, cents: 5 })).toBe(true)
})

test('of two gifts at once, only one can be paid', async () => {
  const gifts = [{ from: 2, to: 3, cents: 600 }, { from: 2, to: 5, cents: 600 }]
  const done = await Promise.all(gifts.map((gift) => giveCredit(sql, gift)))
  expect(done.filter(Boolean).length).toBe(1)
  const rows = await sql`SELECT credit_cents AS credit FROM household WHERE id = 2`
  expect(rows[0].credit).toBe(300)
})
