import { afterAll, expect, test } from 'bun:test'
import { exportUser } from './export.ts'
import { awkwardText, fillEveryTable } from './test-content.ts'
import { createTestDatabase } from './test-database.ts'
import { deleteUser } from './users.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

async function exported(userId: string): Promise<string> {
  let text = ''
  for await (const piece of exportUser(sql, { userId })) text += piece
  return text
}

test("a person's copy has all that they made, and nothing of others or that lets anybody in", async () => {
  const ada = await fillEveryTable(sql, 'ada')
  const bob = await fillEveryTable(sql, 'bob')
  const text = await exported(ada)
  const copy = JSON.parse(text)
  expect(copy.account).toMatchObject([{ name: 'ada', email: 'ada@example.org' }])
  expect(copy.drafts).toMatchObject([{ version: 1, text: awkwardText }])
  for (const part of Object.values(copy)) expect(Array.isArray(part) && part.length > 0).toBe(true)
  for (const secret of ['bob', bob, 'passwordHash', 'tokenHash', 'password_hash']) expect(text).not.toContain(secret)
})

test('every table that holds something of a person is in the copy', async () => {
  const tables = await sql<{ name: string }[]>`
    select distinct conrelid::regclass::text as name from pg_constraint where contype = 'f' and confrelid in
      ('users'::regclass, 'attempts'::regclass)
  `
  const copy = JSON.parse(await exported(await fillEveryTable(sql, 'carol')))
  const missing = tables.map(({ name }) => name).filter((name) => !(name in copy))
  expect(missing).toEqual(['links'])
})

test('of a person who is gone nothing is left to copy', async () => {
  const userId = await fillEveryTable(sql, 'dora')
  await deleteUser(sql, userId)
  const { audit, ...rest } = JSON.parse(await exported(userId))
  expect(Object.values(rest).flat()).toEqual([])
  expect(audit).toHaveLength(1)
})
