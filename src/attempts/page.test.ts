/** What the exercise page tells of an attempt. */
import { afterAll, expect, test } from 'bun:test'
import { exerciseOf } from '../grading/code/test-code.ts'
import { findOrCreateAttempt } from '../store/attempts.ts'
import { insertEvent } from '../store/events.ts'
import { insertSubmission, recordVerdict } from '../store/submissions.ts'
import { createTestDatabase } from '../store/test-database.ts'
import { insertGuest } from '../store/users.ts'
import { historyOf } from './page.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

const exercise = exerciseOf('language: bash\nentry: main.sh\ngrading: { compare: io }', {
  'starter/main.sh': 'true\n',
  'solution/main.sh': 'echo 1\n',
  'data/secret/1.in': '',
  'data/secret/1.ans': '1\n',
})

const verdict = {
  ...{ kind: 'wrong_answer' as const, isNearly: false, summary: 'Not yet.', help: null, difference: null, error: null },
  ...{ datasetsPassed: 0, datasetsGraded: 1, durationMs: 1 },
}

async function open() {
  const userId = crypto.randomUUID()
  await insertGuest(sql, { id: userId, now: new Date() })
  const viewer = { userId }
  return { viewer, ...(await findOrCreateAttempt(sql, { viewer, exercise })) }
}

test('what was passed stays passed, however often something else was handed in since', async () => {
  const { viewer, attempt } = await open()
  for (let number = 0; number < 45; number += 1) {
    const { id } = await insertSubmission(sql, { attemptId: attempt.id, text: '{}' })
    const given = number === 0 ? { ...verdict, kind: 'accepted' as const } : verdict
    await recordVerdict(sql, { submissionId: id, verdict: given })
  }
  const { attempt: now } = await findOrCreateAttempt(sql, { viewer, exercise })
  expect((await historyOf(sql, { attempt: now, exercise }, null)).state).toBe('accepted')
})

test('an answer keeps its number, however much else was tried', async () => {
  const { attempt } = await open()
  const answer = async () => {
    const { id } = await insertSubmission(sql, { attemptId: attempt.id, text: '{}' })
    await recordVerdict(sql, { submissionId: id, verdict })
    return await historyOf(sql, { attempt, exercise }, null)
  }
  expect(await answer()).toMatchObject({ answers: 1 })
  for (let run = 0; run < 45; run += 1) {
    const result = { of: 'trial', results: null, durationMs: 1 }
    await insertEvent(sql, { attemptId: attempt.id, kind: 'run', payload: { answer: '{}' }, result })
  }
  const second = await answer()
  expect(second.answers).toBe(2)
  expect(second.latest('{}')).toMatchObject({ kind: 'code-verdict', number: 2 })
  for (let number = 3; number < 45; number += 1) await insertSubmission(sql, { attemptId: attempt.id, text: '{}' })
  const last = await answer()
  expect(last.answers).toBe(45)
  expect(last.latest('{}')).toMatchObject({ kind: 'code-verdict', number: 45 })
  expect(last.tries).toHaveLength(40)
})
