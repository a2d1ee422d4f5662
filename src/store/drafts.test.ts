import { afterAll, expect, test } from 'bun:test'
import { findOrCreateAttempt } from './attempts.ts'
import { draftBytesMax, draftVersionsMax, findDraft, latestDraft, listDrafts, saveDraft } from './drafts.ts'
import { newId } from './storable.ts'
import { createTestDatabase } from './test-database.ts'
import { insertGuest } from './users.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

async function newAttempt(): Promise<string> {
  const userId = newId()
  await insertGuest(sql, { id: userId, now: new Date() })
  const { attempt } = await findOrCreateAttempt(sql, { viewer: { userId }, exercise: { slug: 'x', version: 'v' } })
  return attempt.id
}

test('versions follow each other, and each can be read again', async () => {
  const attemptId = await newAttempt()
  expect(await latestDraft(sql, attemptId)).toBeNull()
  await saveDraft(sql, { attemptId, text: 'select', version: 0 })
  const second = await saveDraft(sql, { attemptId, text: 'select 1 \u{1f40c}', version: 1 })
  expect(second).toMatchObject({ isSaved: true, version: 2 })
  expect((await latestDraft(sql, attemptId))?.text).toBe('select 1 \u{1f40c}')
  expect((await findDraft(sql, { attemptId, version: 1 }))?.text).toBe('select')
  expect((await listDrafts(sql, { attemptId })).map((draft) => draft.version)).toEqual([2, 1])
})

test('of two tabs that save at once one is told the text of the other, and nothing is lost', async () => {
  const attemptId = await newAttempt()
  const texts = ['one', 'two', 'three']
  const outcomes = await Promise.all(texts.map((text) => saveDraft(sql, { attemptId, text, version: 0 })))
  expect(outcomes.filter((outcome) => outcome.isSaved)).toHaveLength(1)
  const current = await latestDraft(sql, attemptId)
  for (const outcome of outcomes) if (!outcome.isSaved) expect(outcome.current.text).toBe(current?.text ?? '')
})

test('a save that is sent again, because its answer was lost, succeeds and makes no second version', async () => {
  const attemptId = await newAttempt()
  await saveDraft(sql, { attemptId, text: 'same', version: 0 })
  expect(await saveDraft(sql, { attemptId, text: 'same', version: 0 })).toMatchObject({ isSaved: true, version: 1 })
})

test('a text that is too long, has a NUL or builds on a version that never was is refused by name', async () => {
  const attemptId = await newAttempt()
  await expect(saveDraft(sql, { attemptId, text: 'x'.repeat(256 * 1024 + 1), version: 0 })).rejects.toThrow(/256 KB/)
  await expect(saveDraft(sql, { attemptId, text: 'a\0b', version: 0 })).rejects.toThrow(/NUL/)
  await expect(saveDraft(sql, { attemptId, text: 'a', version: 7 })).rejects.toMatchObject({ kind: 'invalid' })
  await saveDraft(sql, { attemptId, text: 'a', version: 0 })
  await expect(saveDraft(sql, { attemptId, text: 'b', version: 7 })).rejects.toMatchObject({ kind: 'invalid' })
})

test('many versions and many bytes are kept within bounds, the latest always', async () => {
  const attemptId = await newAttempt()
  for (let version = 0; version < draftVersionsMax + 20; version += 1) {
    await saveDraft(sql, { attemptId, text: `version ${version}`, version })
  }
  expect(await count(attemptId)).toMatchObject({ versions: draftVersionsMax })
  const large = 'x'.repeat(250 * 1024)
  for (let version = draftVersionsMax + 20; version < draftVersionsMax + 70; version += 1) {
    await saveDraft(sql, { attemptId, text: `${large}${version}`, version })
  }
  expect((await count(attemptId)).bytes).toBeLessThanOrEqual(draftBytesMax)
  expect((await latestDraft(sql, attemptId))?.version).toBe(draftVersionsMax + 70)
})

async function count(attemptId: string): Promise<{ versions: number; bytes: number }> {
  const [row] = await sql<{ versions: number; bytes: number }[]>`
    select count(*)::int as versions, sum(octet_length(text))::int as bytes from drafts where attempt_id = ${attemptId}
  `
  return row ?? { versions: 0, bytes: 0 }
}
