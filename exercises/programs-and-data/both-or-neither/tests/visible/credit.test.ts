import { expect, test } from 'bun:test'
import { giveCredit } from './credit.ts'
import { sql } from './database.ts'

test('takes, gives, and writes both down', async () => {
  expect(await giveCredit(sql, { from: 1, to: 3, cents: 1200 })).toBe(true)
  const rows = await sql`SELECT name, credit_cents AS credit FROM household WHERE id IN (1, 3) ORDER BY id`
  expect([...rows]).toEqual([{ name: 'Amira', credit: 3000 }, { name: 'Chiyo', credit: 1200 }])
  const moves = await sql`SELECT household_id AS id, cents, reason FROM credit_move ORDER BY household_id`
  expect([...moves]).toEqual([
    { id: 1, cents: -1200, reason: 'gift to Chiyo' },
    { id: 3, cents: 1200, reason: 'gift from Amira' },
  ])
})
