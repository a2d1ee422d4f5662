import { afterAll, expect, test } from 'bun:test'
import { findAttempt, findOrCreateAttempt, type Outcome } from './attempts.ts'
import { insertEvent } from './events.ts'
import { listActivity, listLeaderboard, listProgress } from './progress.ts'
import { newId } from './storable.ts'
import {
  findSubmission,
  insertSubmission,
  listSubmissions,
  listSubmissionsToJudge,
  recordVerdict,
  submissionBytesMax,
  submissionsMax,
  type VerdictLike,
} from './submissions.ts'
import { createTestDatabase } from './test-database.ts'
import { insertGuest, insertUser } from './users.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

const accepted: VerdictLike = { kind: 'accepted', isNearly: false }
const wrong: VerdictLike = { kind: 'wrong_answer', isNearly: false }
const nearly: VerdictLike = { kind: 'wrong_answer', isNearly: true }

async function newViewer(name: string | null = null): Promise<{ userId: string }> {
  const userId = newId()
  const now = new Date()
  if (name === null) await insertGuest(sql, { id: userId, now })
  else
    await insertUser(sql, { id: userId, name, displayName: null, email: null, passwordHash: 'x', role: 'learner', now })
  return { userId }
}

async function submit(
  viewer: { userId: string },
  slug: string,
  verdicts: VerdictLike[],
  version = 'v',
): Promise<string> {
  const { attempt } = await findOrCreateAttempt(sql, { viewer, exercise: { slug, version } })
  for (const verdict of verdicts) {
    const { id } = await insertSubmission(sql, { attemptId: attempt.id, text: 'select 1' })
    await recordVerdict(sql, { submissionId: id, verdict })
  }
  return attempt.id
}

test('an answer waits for its verdict, gets one, and never a second', async () => {
  const viewer = await newViewer()
  const attemptId = await submit(viewer, 'waiting', [])
  const { id } = await insertSubmission(sql, { attemptId, text: 'select 2' })
  expect((await listSubmissionsToJudge(sql)).map((submission) => submission.id)).toEqual([id])
  const outcomes = await Promise.all(
    [accepted, wrong].map((verdict) => recordVerdict(sql, { submissionId: id, verdict })),
  )
  expect(outcomes.filter(Boolean)).toHaveLength(1)
  expect(await listSubmissionsToJudge(sql)).toHaveLength(0)
  const found = await findSubmission(sql, { id, viewer })
  expect(found).toMatchObject({ text: 'select 2', exerciseSlug: 'waiting', verdict: outcomes[0] ? accepted : wrong })
  expect(await findSubmission(sql, { id, viewer: await newViewer() })).toBeNull()
})

const outcomes: Array<[VerdictLike[], Outcome]> = [
  [[], 'opened'],
  [[{ kind: 'internal_error', isNearly: false }], 'opened'],
  [[wrong], 'tried'],
  [[nearly, wrong], 'nearly'],
  [[{ kind: 'time_limit', isNearly: false }], 'tried'],
  [[wrong, accepted, nearly, wrong], 'accepted'],
]

for (const [index, [verdicts, outcome]] of outcomes.entries()) {
  test(`after ${verdicts.map((verdict) => verdict.kind).join(', ') || 'nothing'} an attempt is ${outcome}`, async () => {
    const viewer = await newViewer()
    const id = await submit(viewer, `outcome-${index}`, verdicts)
    const attempt = await findAttempt(sql, { id, viewer })
    expect(attempt?.outcome).toBe(outcome)
    expect(attempt?.acceptedAt === null).toBe(outcome !== 'accepted')
  })
}

test('progress is the best over all versions of an exercise', async () => {
  const viewer = await newViewer()
  await submit(viewer, 'first', [accepted], 'old')
  await submit(viewer, 'first', [wrong], 'new')
  await submit(viewer, 'second', [nearly])
  const progress = await listProgress(sql, { viewer })
  expect(progress.map(({ slug, outcome }) => `${slug} ${outcome}`).sort()).toEqual(['first accepted', 'second nearly'])
})

test('submissions come by page, the latest first, of one exercise or of all', async () => {
  const viewer = await newViewer()
  await submit(viewer, 'one', [wrong, wrong, accepted])
  await submit(viewer, 'two', [wrong])
  const all = await listSubmissions(sql, { viewer })
  expect(all.map((submission) => submission.exerciseSlug)).toEqual(['two', 'one', 'one', 'one'])
  const page = await listSubmissions(sql, { viewer, slug: 'one', limit: 2 })
  const rest = await listSubmissions(sql, { viewer, slug: 'one', beforeId: page[1]?.id ?? null })
  expect([...page, ...rest].map((submission) => submission.id)).toEqual(all.slice(1).map((submission) => submission.id))
  expect(await listSubmissions(sql, { viewer: await newViewer() })).toEqual([])
})

test('the leaderboard ranks by points, names no guest, and lets people stay away', async () => {
  const [best, second, hidden, guest] = [
    await newViewer('Best'),
    await newViewer('Second'),
    await newViewer('Hidden'),
    await newViewer(),
  ]
  for (const viewer of [best, second, hidden, guest]) await submit(viewer, 'hard', [accepted])
  await submit(best, 'easy', [accepted])
  await sql`update users set is_listed = false where id = ${hidden.userId}`
  await sql`update attempts set hints_shown = 2, hints_counted = 1 where user_id = ${second.userId}`
  const exercises = [
    { slug: 'hard', points: 30 },
    { slug: 'easy', points: 10 },
  ]
  const rows = await listLeaderboard(sql, { exercises })
  expect(rows.map(({ rank, name, points, solved }) => [rank, name, points, solved])).toEqual([
    [1, 'Best', 40, 2],
    [2, 'Second', 24, 1],
  ])
})

test('activity counts runs and submissions by day', async () => {
  const viewer = await newViewer()
  const attemptId = await submit(viewer, 'busy', [])
  for (const kind of ['run', 'run', 'submission', 'draft'] as const)
    await insertEvent(sql, { attemptId, kind, payload: {} })
  const [day] = await listActivity(sql, { viewer, since: new Date(Date.now() - 86_400_000) })
  expect(day).toEqual({ day: new Date().toISOString().slice(0, 10), runs: 2, submissions: 1 })
})

test('of many answers to one attempt the latest are kept, the first accepted one and those without a verdict', async () => {
  const viewer = await newViewer()
  const attemptId = await submit(viewer, 'tireless', [wrong, accepted, accepted])
  const waiting = await insertSubmission(sql, { attemptId, text: 'waiting' })
  for (let number = 1; number <= submissionsMax; number += 1) {
    const { id } = await insertSubmission(sql, { attemptId, text: `answer ${number}` })
    await recordVerdict(sql, { submissionId: id, verdict: wrong })
  }
  const kept = await listSubmissions(sql, { viewer, attemptId, limit: 10_000 })
  expect(kept.length).toBeLessThanOrEqual(submissionsMax)
  expect(kept.length).toBeGreaterThan(submissionsMax - 50)
  expect(kept[0]?.text).toBe(`answer ${submissionsMax}`)
  expect(kept.filter(({ verdict }) => verdict?.kind === 'accepted')).toHaveLength(1)
  expect(kept.filter(({ verdict }) => verdict === null).map(({ id }) => id)).toEqual([waiting.id])
  expect((await findAttempt(sql, { id: attemptId, viewer }))?.outcome).toBe('accepted')
})

test('of long answers fewer are kept, the latest always', async () => {
  const viewer = await newViewer()
  const attemptId = await submit(viewer, 'verbose', [])
  const bytes = 250_000
  const count = Math.ceil(submissionBytesMax / bytes) + 10
  for (let number = 1; number <= count; number += 1) {
    const { id } = await insertSubmission(sql, { attemptId, text: `-- ${number} ${'x'.repeat(bytes)}` })
    await recordVerdict(sql, { submissionId: id, verdict: wrong })
  }
  const kept = await listSubmissions(sql, { viewer, attemptId, limit: 10_000 })
  expect(kept.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(submissionBytesMax + bytes)
  expect(kept.length).toBeGreaterThan(count / 2)
  expect(kept[0]?.text).toStartWith(`-- ${count} `)
})
