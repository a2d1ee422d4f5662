import { afterAll, expect, test } from 'bun:test'
import {
  findAttempt,
  findOrCreateAttempt,
  listAttempts,
  moveAttempts,
  revealHints,
  revealSolution,
} from './attempts.ts'
import { findDraft, latestDraft, listDrafts, saveDraft } from './drafts.ts'
import { newId } from './storable.ts'
import { insertSubmission, recordVerdict } from './submissions.ts'
import { createTestDatabase } from './test-database.ts'
import { deleteUser, insertGuest } from './users.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

const now = new Date('2026-11-21T09:00:00Z')
const exercise = { slug: 'quiet-screenings', version: 'a'.repeat(64) }

async function guest(): Promise<{ userId: string }> {
  const userId = newId()
  await insertGuest(sql, { id: userId, now })
  return { userId }
}

test('opening the same version of an exercise twice, also at once, is one attempt', async () => {
  const viewer = await guest()
  const opened = await Promise.all([1, 2, 3].map(() => findOrCreateAttempt(sql, { viewer, exercise })))
  expect(new Set(opened.map(({ attempt }) => attempt.id)).size).toBe(1)
  expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1)
  const newer = await findOrCreateAttempt(sql, { viewer, exercise: { ...exercise, version: 'b'.repeat(64) } })
  expect(newer.isNew).toBe(true)
  expect(await listAttempts(sql, { viewer, slug: exercise.slug })).toHaveLength(2)
})

test("somebody else's attempt is not found, nor one by an id that is none", async () => {
  const [owner, other] = [await guest(), await guest()]
  const { attempt } = await findOrCreateAttempt(sql, { viewer: owner, exercise })
  expect((await findAttempt(sql, { id: attempt.id, viewer: owner }))?.exerciseSlug).toBe('quiet-screenings')
  expect(await findAttempt(sql, { id: attempt.id, viewer: other })).toBeNull()
  expect(await findAttempt(sql, { id: "' or 1=1", viewer: owner })).toBeNull()
})

test('hints cost until the first accepted answer and nothing after it', async () => {
  const viewer = await guest()
  const { attempt } = await findOrCreateAttempt(sql, { viewer, exercise })
  await revealHints(sql, { attemptId: attempt.id, number: 2 })
  await revealHints(sql, { attemptId: attempt.id, number: 1 })
  const { id } = await insertSubmission(sql, { attemptId: attempt.id, text: 'select 1' })
  await recordVerdict(sql, { submissionId: id, verdict: { kind: 'accepted', isNearly: false } })
  await revealHints(sql, { attemptId: attempt.id, number: 3 })
  await revealSolution(sql, { attemptId: attempt.id, now })
  const found = await findAttempt(sql, { id: attempt.id, viewer })
  expect(found).toMatchObject({ hintsShown: 3, hintsCounted: 2, outcome: 'accepted', solutionShownAt: null })
})

test("a guest's attempts move to the account, but for those it has itself", async () => {
  const [visitor, owner] = [await guest(), await guest()]
  await findOrCreateAttempt(sql, { viewer: visitor, exercise })
  await findOrCreateAttempt(sql, { viewer: visitor, exercise: { slug: 'another', version: 'c' } })
  await findOrCreateAttempt(sql, { viewer: owner, exercise })
  expect(await moveAttempts(sql, { fromUserId: visitor.userId, toUserId: owner.userId })).toBe(1)
  expect(await listAttempts(sql, { viewer: owner, slug: 'another' })).toHaveLength(1)
  expect(await listAttempts(sql, { viewer: visitor, slug: exercise.slug })).toHaveLength(1)
})

for (const whose of ['guest', 'own'] as const)
  test(`of a guest's text and one's own the later one is in the editor, the other kept: ${whose} is later`, async () => {
    const [visitor, owner] = [await guest(), await guest()]
    const texts = { guest: "the guest's", own: 'my own' }
    const attempts = {
      guest: (await findOrCreateAttempt(sql, { viewer: visitor, exercise })).attempt,
      own: (await findOrCreateAttempt(sql, { viewer: owner, exercise })).attempt,
    }
    for (const who of whose === 'guest' ? (['own', 'guest'] as const) : (['guest', 'own'] as const)) {
      await saveDraft(sql, { attemptId: attempts[who].id, text: `${texts[who]}, begun`, version: 0 })
      await saveDraft(sql, { attemptId: attempts[who].id, text: texts[who], version: 1 })
      await Bun.sleep(5)
    }
    await sql.begin((tx) => moveAttempts(tx, { fromUserId: visitor.userId, toUserId: owner.userId }))
    const attemptId = attempts.own.id
    expect((await latestDraft(sql, attemptId))?.text).toBe(texts[whose])
    const kept = await Promise.all(
      (await listDrafts(sql, { attemptId })).map(({ version }) => findDraft(sql, { attemptId, version })),
    )
    expect(kept.map((draft) => draft?.text)).toContain(texts[whose === 'guest' ? 'own' : 'guest'])
    const { version } = (await latestDraft(sql, attemptId)) ?? { version: 0 }
    expect(await saveDraft(sql, { attemptId, text: 'goes on', version })).toMatchObject({ isSaved: true })
  })

test('a guest who wrote the same, or nothing, leaves no further version', async () => {
  const [visitor, owner] = [await guest(), await guest()]
  const blank = { ...exercise, slug: 'blank' }
  for (const viewer of [visitor, owner]) {
    const { attempt } = await findOrCreateAttempt(sql, { viewer, exercise })
    await saveDraft(sql, { attemptId: attempt.id, text: 'the same', version: 0 })
    await findOrCreateAttempt(sql, { viewer, exercise: blank })
  }
  await sql.begin((tx) => moveAttempts(tx, { fromUserId: visitor.userId, toUserId: owner.userId }))
  const [same] = await listAttempts(sql, { viewer: owner, slug: exercise.slug })
  const [none] = await listAttempts(sql, { viewer: owner, slug: 'blank' })
  expect([same?.draftVersion, none?.draftVersion]).toEqual([1, 0])
})

test('with a person goes everything they made', async () => {
  const viewer = await guest()
  const { attempt } = await findOrCreateAttempt(sql, { viewer, exercise })
  await insertSubmission(sql, { attemptId: attempt.id, text: 'select 1' })
  expect(await deleteUser(sql, viewer.userId)).toBe(true)
  const left = await sql`select 1 from submissions where attempt_id = ${attempt.id}`
  expect(left).toHaveLength(0)
})
