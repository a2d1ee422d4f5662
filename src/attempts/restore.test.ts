/** Texts that forms without scripts save: none may be lost to another that comes in the same moment. */
import { afterAll, expect, test } from 'bun:test'
import { findOrCreateAttempt } from '../store/attempts.ts'
import { listDrafts } from '../store/drafts.ts'
import { createTestDatabase } from '../store/test-database.ts'
import { insertGuest } from '../store/users.ts'
import { keptDraft, makeLatest } from './restore.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

test('of texts that come in the same moment every one is kept', async () => {
  const userId = crypto.randomUUID()
  await insertGuest(sql, { id: userId, now: new Date() })
  const exercise = { slug: 'any', version: '1' }
  const { attempt } = await findOrCreateAttempt(sql, { viewer: { userId }, exercise })
  const texts = ['one', 'two', 'three', 'four', 'five', 'six']
  await Promise.all(texts.map((text) => makeLatest(sql, attempt, text)))
  const kept = await listDrafts(sql, { attemptId: attempt.id })
  const { attempt: now } = await findOrCreateAttempt(sql, { viewer: { userId }, exercise })
  const found = await Promise.all(kept.map(({ version }) => keptDraft(sql, now, version)))
  expect(found.map(({ text }) => text).sort()).toEqual(texts.toSorted())
})
