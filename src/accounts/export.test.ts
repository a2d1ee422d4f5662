/** A copy of one's data: whoever does not read it keeps nobody else waiting. */
import { afterAll, expect, test } from 'bun:test'
import { Failure } from '../failure.ts'
import { findOrCreateAttempt } from '../store/attempts.ts'
import { connectionsMax } from '../store/connect.ts'
import { saveDraft } from '../store/drafts.ts'
import { createTestDatabase } from '../store/test-database.ts'
import { insertGuest } from '../store/users.ts'
import { exportsMax, sendExport } from './export.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

/** Somebody with more than is sent in one piece. */
async function somebody(): Promise<string> {
  const userId = crypto.randomUUID()
  await insertGuest(sql, { id: userId, now: new Date() })
  const { attempt } = await findOrCreateAttempt(sql, { viewer: { userId }, exercise: { slug: 'x', version: 'v' } })
  for (let version = 0; version < 40; version += 1)
    await saveDraft(sql, { attemptId: attempt.id, text: `${version}`.padEnd(20_000, 'x'), version })
  return userId
}

function codeOf(act: () => unknown): string | null {
  try {
    act()
    return null
  } catch (cause) {
    if (cause instanceof Failure) return cause.code
    throw cause
  }
}

test('a person takes one at a time, and the next when it has been read or given up', async () => {
  const userId = await somebody()
  const first = sendExport(sql, { userId })
  expect(codeOf(() => sendExport(sql, { userId }))).toBe('export_busy')
  expect(JSON.parse(await new Response(first).text()).drafts).toHaveLength(40)
  const second = sendExport(sql, { userId }).getReader()
  await second.read()
  await second.cancel()
  await sendExport(sql, { userId }).cancel()
})

test('people who do not read leave connections for everybody else', async () => {
  const people = await Promise.all(Array.from({ length: exportsMax + 1 }, somebody))
  const readers = people.slice(0, exportsMax).map((userId) => sendExport(sql, { userId }).getReader())
  for (const reader of readers) await reader.read()
  expect(codeOf(() => sendExport(sql, { userId: people[exportsMax] ?? '' }))).toBe('export_busy')
  expect(exportsMax).toBeLessThan(connectionsMax / 2)
  for (const reader of readers) await reader.cancel()
})

test('who takes too long is cut off, and may begin anew', async () => {
  const userId = await somebody()
  const reader = sendExport(sql, { userId, deadlineMs: 20 }).getReader()
  await expect(
    (async () => {
      for (;;) {
        await reader.read()
        await Bun.sleep(10)
      }
    })(),
  ).rejects.toThrow('took too long')
  while (codeOf(() => sendExport(sql, { userId }).cancel()) !== null) await Bun.sleep(5)
})
