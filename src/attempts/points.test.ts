import { afterAll, describe, expect, test } from 'bun:test'
import type { Weight } from '../catalog/code-exercise.ts'
import { findOrCreateAttempt } from '../store/attempts.ts'
import { listLeaderboard } from '../store/progress.ts'
import { newId } from '../store/storable.ts'
import { createTestDatabase } from '../store/test-database.ts'
import { insertUser } from '../store/users.ts'
import { pointsEarned, pointsFor, scoreOfVerdict } from './points.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

describe('the points of an exercise', () => {
  test('are whole without hints, and less by a fifth for each', () => {
    const after = [0, 1, 2, 3].map((hintsCounted) => pointsFor(10, { hintsCounted, isGivenUp: false }))
    expect(after).toEqual([10, 8, 6, 4])
  })
  test('never fall below a fifth through hints', () => {
    expect(pointsFor(10, { hintsCounted: 9, isGivenUp: false })).toBe(2)
  })
  test('are gone once the solution was asked for', () => {
    expect(pointsFor(10, { hintsCounted: 0, isGivenUp: true })).toBe(0)
  })
})

describe('the points of an answer that is partly right', () => {
  const earned = (points: number, bestScore: number, hintsCounted = 0) =>
    pointsEarned(points, { bestScore, hintsCounted, isGivenUp: false })
  test('are that part, rounded down', () => {
    expect([0, 0.05, 0.1, 0.75, 0.99, 1].map((score) => earned(10, score))).toEqual([0, 0, 1, 7, 9, 10])
  })
  test('are not less by how computers write thirds and tenths', () => {
    expect([earned(3, 1 / 3), earned(3, 2 / 3), earned(100, 0.29), earned(30, 0.1)]).toEqual([1, 2, 29, 3])
  })
  test('are always fewer than those of a right answer, hints or not', () => {
    for (let points = 1; points <= 1000; points += 1) {
      for (const hints of [0, 1, 3, 9]) {
        const all = pointsFor(points, { hintsCounted: hints, isGivenUp: false })
        if (all > 0) expect(earned(points, 0.99, hints)).toBeLessThan(all)
      }
    }
  })
})

describe('what an answer is worth', () => {
  const script = { language: 'bash', entry: 'check.sh', files: [], flags: [] }
  const graded = (weights: Weight[], verdict: Parameters<typeof scoreOfVerdict>[1]) =>
    scoreOfVerdict({ kind: 'code', grading: { compare: 'checks', script, weights }, database: null }, verdict)
  const weights = [{ name: 'a', weight: 2 }]
  test('is all or nothing where the author says nothing of weights', () => {
    expect(graded([], { kind: 'wrong_answer', code: { score: 0.9 } })).toBe(0)
    expect(graded([], { kind: 'accepted', code: { score: 1 } })).toBe(1)
    expect(scoreOfVerdict({ kind: 'sql' }, { kind: 'wrong_answer' })).toBe(0)
  })
  test('is a part otherwise, and all of it only for what passes', () => {
    expect(graded(weights, { kind: 'time_limit', code: { score: 0.4 } })).toBe(0.4)
    expect(graded(weights, { kind: 'wrong_answer', code: { score: 1 } })).toBe(0.99)
    expect(graded(weights, { kind: 'compile_error', code: { score: 0 } })).toBe(0)
    expect(graded(weights, { kind: 'internal_error' })).toBe(0)
  })
})

test('the leaderboard reckons as the pages do, for every part and any help', async () => {
  const cases = [1, 5, 7, 10, 37, 333, 1000].flatMap((points) =>
    [0.01, 0.1, 0.29, 1 / 3, 0.5, 2 / 3, 0.99, 1].flatMap((bestScore) =>
      [0, 1, 2, 3, 4, 7].map((hintsCounted) => ({ points, bestScore, hintsCounted })),
    ),
  )
  const userId = newId()
  const known = { displayName: null, email: null, passwordHash: 'x', role: 'learner' as const, now: new Date() }
  await insertUser(sql, { ...known, id: userId, name: 'Ada' })
  const exercise = { slug: 'x', version: 'v' }
  const { attempt } = await findOrCreateAttempt(sql, { viewer: { userId }, exercise })
  for (const each of cases) {
    const accepted = each.bestScore === 1
    await sql`
      update attempts set best_score = ${each.bestScore}, best_at = now(), hints_shown = ${each.hintsCounted},
        hints_counted = ${each.hintsCounted}, outcome = ${accepted ? 'accepted' : 'tried'},
        accepted_at = ${accepted ? new Date() : null}
      where id = ${attempt.id}
    `
    const [row] = await listLeaderboard(sql, { exercises: [{ slug: 'x', points: each.points }] })
    expect({ ...each, earned: row?.points ?? 0 }).toEqual({
      ...each,
      earned: pointsEarned(each.points, { ...each, isGivenUp: false }),
    })
  }
})
