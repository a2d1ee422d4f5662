import { afterAll, expect, test } from 'bun:test'
import { findOrCreateAttempt } from './attempts.ts'
import { eventBytesMax, eventsMax, insertEvent, insertRunEvent, lastEvent, listEvents } from './events.ts'
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

const statement = { text: 'select', notices: [], truncatedBy: null, error: null }
const resultOf = (cell: string) => ({ statements: [{ ...statement, rows: [[cell, null]] }], end: 'completed' })

test('events are numbered in the order in which they were written', async () => {
  const attemptId = await newAttempt()
  await insertEvent(sql, { attemptId, kind: 'opened', payload: {} })
  await insertRunEvent(sql, { attemptId, kind: 'run', payload: { sql: 'select 1' }, result: resultOf('1') })
  await Promise.all(Array.from({ length: 10 }, () => insertEvent(sql, { attemptId, kind: 'draft', payload: {} })))
  const events = await listEvents(sql, { attemptId })
  expect(events.map((event) => event.position)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
  expect((await listEvents(sql, { attemptId, kinds: ['run', 'opened'] })).map((event) => event.kind)).toEqual([
    'opened',
    'run',
  ])
  expect((await listEvents(sql, { attemptId, after: 10, order: 'newest' })).map((event) => event.position)).toEqual([
    12, 11,
  ])
  const run = await lastEvent(sql, { attemptId, kinds: ['run'] })
  expect(run).toMatchObject({ payload: { sql: 'select 1' }, result: { statements: [{ rows: [['1', null]] }] } })
})

test('what jsonb refuses does not lose the event', async () => {
  const attemptId = await newAttempt()
  await insertEvent(sql, {
    attemptId,
    kind: 'run',
    payload: { sql: 'a\0b \ud800 \\u0000' },
    result: resultOf('\udfff'),
  })
  expect((await lastEvent(sql, { attemptId, kinds: ['run'] }))?.payload).toEqual({ sql: 'a\ufffdb \ufffd \\u0000' })
})

test('an event for an attempt that is gone is said to have none', async () => {
  await expect(insertEvent(sql, { attemptId: newId(), kind: 'run', payload: {} })).rejects.toMatchObject({
    kind: 'missing',
  })
})

test('a full log lets the oldest runs go and keeps what counts', async () => {
  const attemptId = await newAttempt()
  await insertEvent(sql, { attemptId, kind: 'opened', payload: {} })
  await insertEvent(sql, { attemptId, kind: 'submission', payload: {} })
  for (let run = 0; run < eventsMax; run += 1) await insertEvent(sql, { attemptId, kind: 'run', payload: { run } })
  const [first, second, third] = await listEvents(sql, { attemptId, limit: 3 })
  expect([first?.kind, second?.kind]).toEqual(['opened', 'submission'])
  expect(third?.position).toBeGreaterThan(3)
  expect(await counters(attemptId)).toMatchObject({ isTrue: true })
  expect((await counters(attemptId)).kept).toBeLessThanOrEqual(eventsMax)
})

test('too many bytes let the oldest results go first, then the oldest events', async () => {
  const attemptId = await newAttempt()
  const result = {
    statements: [{ ...statement, rows: Array.from({ length: 50 }, () => ['y'.repeat(300)]) }],
    end: 'completed',
  }
  for (let run = 0; run < 1_400; run += 1) await insertEvent(sql, { attemptId, kind: 'run', payload: { run }, result })
  const [oldest] = await listEvents(sql, { attemptId, limit: 1 })
  expect(oldest).toMatchObject({ position: 1, result: null, payload: { run: 0 } })
  expect((await lastEvent(sql, { attemptId, kinds: ['run'] }))?.result).not.toBeNull()
  expect((await counters(attemptId)).bytes).toBeLessThanOrEqual(eventBytesMax)
  const large = 'select '.repeat(35_000)
  for (let run = 0; run < 100; run += 1) await insertEvent(sql, { attemptId, kind: 'run', payload: { large } })
  expect((await counters(attemptId)).bytes).toBeLessThanOrEqual(eventBytesMax)
  expect(await counters(attemptId)).toMatchObject({ isTrue: true })
}, 120_000)

async function counters(attemptId: string): Promise<{ isTrue: boolean; kept: number; bytes: number }> {
  const [row] = await sql<{ isTrue: boolean; kept: number; bytes: number }[]>`
    select a.events_kept as kept, a.event_bytes::int as bytes,
      a.events_kept = e.kept and a.event_bytes = e.bytes as is_true
    from attempts a, (
      select count(*) as kept, sum(payload_bytes + result_bytes) as bytes from events where attempt_id = ${attemptId}
    ) e where a.id = ${attemptId}
  `
  if (!row) throw new Error('no attempt')
  return row
}
