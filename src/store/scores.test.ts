/** What answers are worth, and what an attempt, a person and the leaderboard keep of it. */
import { afterAll, expect, test } from 'bun:test'
import {
  findAttempt,
  findOrCreateAttempt,
  listAttempts,
  moveAttempts,
  revealHints,
  revealSolution,
} from './attempts.ts'
import { listLeaderboard, listProgress } from './progress.ts'
import { migrateTo } from './schema-version.ts'
import { newId } from './storable.ts'
import { insertSubmission, listSubmissions, recordVerdict, submissionsMax, type VerdictLike } from './submissions.ts'
import { createEmptyDatabase, createTestDatabase } from './test-database.ts'
import { insertGuest, insertUser, type Role } from './users.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

type Viewer = { userId: string }

const now = new Date()
const exercise = { slug: 'in-parts', version: 'v' }

async function newViewer(role: Role = 'guest', name: string = newId().slice(-12)): Promise<Viewer> {
  const userId = newId()
  const known = { id: userId, name, displayName: null, email: null, passwordHash: 'x', now }
  if (role === 'guest') await insertGuest(sql, { id: userId, now })
  else await insertUser(sql, { ...known, role })
  return { userId }
}

async function open(viewer: Viewer, version = exercise.version): Promise<string> {
  return (await findOrCreateAttempt(sql, { viewer, exercise: { ...exercise, version } })).attempt.id
}

/** Hands in an answer that is worth so much. */
async function answer(attemptId: string, score: number, text = `worth ${score}`): Promise<string> {
  const { id } = await insertSubmission(sql, { attemptId, text })
  await recordVerdict(sql, { submissionId: id, verdict: verdictOf(score), score })
  return id
}

function verdictOf(score: number): VerdictLike {
  return { kind: score === 1 ? 'accepted' : 'wrong_answer', isNearly: score >= 0.5 }
}

test('an attempt keeps the best score it ever reached, and when it reached it', async () => {
  const viewer = await newViewer()
  const id = await open(viewer)
  const scores: number[] = []
  const times: (Date | null | undefined)[] = []
  for (const score of [0, 0.25, 0.75, 0.5, 0.75, 0]) {
    await answer(id, score)
    const attempt = await findAttempt(sql, { id, viewer })
    scores.push(attempt?.bestScore ?? -1)
    times.push(attempt?.bestAt)
    await Bun.sleep(2)
  }
  expect(scores).toEqual([0, 0.25, 0.75, 0.75, 0.75, 0.75])
  expect(times[0]).toBeNull()
  expect(times[5]).toEqual(times[2] ?? null)
  expect(await findAttempt(sql, { id, viewer })).toMatchObject({ outcome: 'nearly', acceptedAt: null })
  await answer(id, 1)
  expect(await findAttempt(sql, { id, viewer })).toMatchObject({ outcome: 'accepted', bestScore: 1 })
})

test('of answers that are graded at once the best one counts, in whatever order their verdicts come', async () => {
  const viewer = await newViewer()
  const id = await open(viewer)
  const scores = [0.1, 0.9, 0.3, 0, 0.9, 0.7]
  const ids = await Promise.all(scores.map(async () => (await insertSubmission(sql, { attemptId: id, text: 'x' })).id))
  const record = (submissionId: string, score: number) =>
    recordVerdict(sql, { submissionId, verdict: verdictOf(score), score })
  const recorded = await Promise.all(
    ids.flatMap((each, index) => [record(each, scores[index] ?? 0), record(each, 0.2)]),
  )
  expect(recorded.filter(Boolean)).toHaveLength(scores.length)
  const kept = await listSubmissions(sql, { viewer, attemptId: id })
  const best = Math.max(...kept.map(({ score }) => score ?? 0))
  expect((await findAttempt(sql, { id, viewer }))?.bestScore).toBe(best)
})

test('all of the points without passing, or passing for less, is refused by the database', async () => {
  const id = await open(await newViewer())
  for (const [score, verdict] of [
    [1, verdictOf(0)],
    [0.5, verdictOf(1)],
    [1.5, verdictOf(0)],
  ] as const) {
    const { id: submissionId } = await insertSubmission(sql, { attemptId: id, text: 'x' })
    await expect(recordVerdict(sql, { submissionId, verdict, score })).rejects.toThrow(/check constraint/)
  }
})

test('of many answers the best one stays, though it never passed', async () => {
  const viewer = await newViewer()
  const id = await open(viewer)
  await answer(id, 0.4, 'the best')
  for (let number = 1; number <= submissionsMax; number += 1) await answer(id, number % 2 === 0 ? 0.4 : 0)
  const kept = await listSubmissions(sql, { viewer, attemptId: id, limit: 10_000 })
  expect(kept.length).toBeLessThan(submissionsMax)
  expect(kept.map(({ text }) => text)).toContain('the best')
})

test('a leaderboard counts parts, less the hints, and ranks nobody who may read the solutions', async () => {
  const exercises = [{ slug: exercise.slug, points: 10 }]
  const viewers: Viewer[] = []
  const people: [string, Role, number, number][] = [
    ['Whole', 'learner', 1, 0],
    ['Half', 'learner', 0.55, 0],
    ['Hinted', 'learner', 0.75, 2],
    ['Crumb', 'learner', 0.05, 0],
    ['Writer', 'author', 1, 0],
    ['Keeper', 'admin', 0.9, 0],
  ]
  for (const [name, role, score, hints] of people) {
    const viewer = await newViewer(role, name)
    viewers.push(viewer)
    const id = await open(viewer)
    if (hints > 0) await revealHints(sql, { attemptId: id, number: hints })
    await answer(id, score)
  }
  const rows = await listLeaderboard(sql, { exercises })
  expect(rows.map(({ rank, name, points, solved }) => [rank, name, points, solved])).toEqual([
    [1, 'Whole', 10, 1],
    [2, 'Half', 5, 0],
    [3, 'Hinted', 4, 0],
  ])
  const half = viewers[1] ?? { userId: '' }
  await revealSolution(sql, { attemptId: await open(half), now })
  expect((await listLeaderboard(sql, { exercises })).map(({ name }) => name)).toEqual(['Whole', 'Hinted'])
})

test('help in a later version of an exercise that was passed costs nothing', async () => {
  const viewer = await newViewer('learner', 'Again')
  await answer(await open(viewer, 'old'), 1)
  await Bun.sleep(2)
  const later = await open(viewer, 'new')
  await revealHints(sql, { attemptId: later, number: 3 })
  await revealSolution(sql, { attemptId: later, now: new Date() })
  const [standing] = await listProgress(sql, { viewer, slug: exercise.slug })
  expect(standing).toMatchObject({ outcome: 'accepted', bestScore: 1, hintsCounted: 0, isGivenUp: false })
})

const pairs: { says: string; guest: [number, number]; own: [number, number]; kept: [number, number] }[] = [
  { says: 'a pass as a guest', guest: [1, 0], own: [0.5, 0], kept: [1, 0] },
  { says: 'a pass of before', guest: [0.9, 0], own: [1, 1], kept: [1, 1] },
  { says: 'the pass with less help', guest: [1, 1], own: [1, 3], kept: [1, 1] },
  { says: 'the better part', guest: [0.8, 1], own: [0.3, 0], kept: [0.8, 1] },
  { says: 'the part that is worth more after its hints', guest: [0.8, 4], own: [0.7, 0], kept: [0.7, 0] },
]

for (const { says, guest, own, kept } of pairs) {
  test(`whoever signs in keeps ${says}, and the answers of both`, async () => {
    const [visitor, owner] = [await newViewer(), await newViewer('learner')]
    for (const [viewer, [score, hints]] of [
      [visitor, guest],
      [owner, own],
    ] as const) {
      await Bun.sleep(2)
      const id = await open(viewer)
      if (hints > 0) await revealHints(sql, { attemptId: id, number: hints })
      await answer(id, score)
    }
    await sql.begin((transaction) => moveAttempts(transaction, { fromUserId: visitor.userId, toUserId: owner.userId }))
    const [attempt, ...others] = await listAttempts(sql, { viewer: owner, slug: exercise.slug })
    expect(others).toEqual([])
    expect([attempt?.bestScore, attempt?.hintsCounted]).toEqual(kept)
    const [standing] = await listProgress(sql, { viewer: owner })
    expect([standing?.bestScore, standing?.hintsCounted]).toEqual(kept)
    expect(attempt?.outcome === 'accepted').toBe(kept[0] === 1)
    expect(await listSubmissions(sql, { viewer: owner })).toHaveLength(2)
  })
}

test('a verdict that comes while its guest signs in is not lost', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [visitor, owner] = [await newViewer(), await newViewer('learner')]
    await answer(await open(owner), 0.2)
    const { id } = await insertSubmission(sql, { attemptId: await open(visitor), text: 'x' })
    await Promise.all([
      recordVerdict(sql, { submissionId: id, verdict: verdictOf(1) }),
      sql.begin((transaction) => moveAttempts(transaction, { fromUserId: visitor.userId, toUserId: owner.userId })),
    ])
    const [attempt] = await listAttempts(sql, { viewer: owner, slug: exercise.slug })
    expect(attempt).toMatchObject({ outcome: 'accepted', bestScore: 1 })
  }
})

test('a database of before the scores has them filled from its answers', async () => {
  const old = await createEmptyDatabase()
  await old.sql.begin((transaction) => migrateTo(transaction, 3))
  const userId = newId()
  await old.sql`insert into users (id, role) values (${userId}, 'guest')`
  const code = (score: number, weight: number) =>
    JSON.stringify({ code: { score, items: [{ weight }, { weight: 1 }] } })
  const olds: [string, string, [string, string][]][] = [
    [
      'passed',
      'accepted',
      [
        ['accepted', '{}'],
        ['wrong_answer', code(0.5, 3)],
      ],
    ],
    [
      'weighed',
      'nearly',
      [
        ['wrong_answer', code(0.75, 3)],
        ['time_limit', code(0.25, 3)],
        ['internal_error', '{}'],
      ],
    ],
    ['all-weight-passed', 'tried', [['wrong_answer', code(1, 0)]]],
    ['unweighed', 'nearly', [['wrong_answer', code(0.75, 1)]]],
    ['sql', 'tried', [['wrong_answer', '{}']]],
    ['opened', 'opened', []],
  ]
  for (const [slug, outcome, verdicts] of olds) {
    const id = newId()
    await old.sql`
      insert into attempts (id, user_id, exercise_slug, exercise_version, outcome, accepted_at)
      values (${id}, ${userId}, ${slug}, 'v', ${outcome}, ${outcome === 'accepted' ? now : null})
    `
    for (const [kind, verdict] of verdicts)
      await old.sql`
        insert into submissions (id, attempt_id, text, verdict_kind, verdict, judged_at)
        values (${newId()}, ${id}, 'x', ${kind}, ${verdict}::text::jsonb, now())
      `
  }
  await old.sql.begin((transaction) => migrateTo(transaction, 4))
  const filled = await old.sql<{ slug: string; score: number; hasTime: boolean }[]>`
    select exercise_slug as slug, best_score as score, best_at is not null as has_time from attempts order by 1
  `
  expect(filled.map(({ slug, score, hasTime }) => [slug, score, hasTime])).toEqual([
    ['all-weight-passed', 0.99, true],
    ['opened', 0, false],
    ['passed', 1, true],
    ['sql', 0, false],
    ['unweighed', 0, false],
    ['weighed', 0.75, true],
  ])
  await old.drop()
})
