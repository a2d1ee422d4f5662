/** For tests only: somebody with something in every table, hard to copy where a copy can go wrong. */
import { findOrCreateAttempt } from './attempts.ts'
import { insertAudit } from './audit.ts'
import type { Sql } from './connect.ts'
import { saveDraft } from './drafts.ts'
import { insertEvent } from './events.ts'
import { writeLeases } from './leases.ts'
import { insertLink } from './links.ts'
import { insertSession } from './sessions.ts'
import { newId } from './storable.ts'
import { insertSubmission, recordVerdict } from './submissions.ts'
import { insertToken } from './tokens.ts'
import { insertGuest, insertUser } from './users.ts'
import { insertVersion } from './versions.ts'

const now = new Date('2026-11-21T09:00:00.123Z')
const expiresAt = new Date('2026-12-21T09:00:00.456Z')

/** Text with everything that COPY and JSON write in a way of their own. */
export const awkwardText = 'tab\there\nnew line\r\n\\. \\N \\\\ "quoted" \u{1f40c} \u2028 \u0001 {"end":true}\n\\.\n'

/** Fills every table; returns the person's id. */
export async function fillEveryTable(sql: Sql, name: string): Promise<string> {
  const userId = newId()
  await insertUser(sql, {
    id: userId,
    name,
    displayName: awkwardText.slice(0, 60),
    email: `${name}@example.org`,
    passwordHash: 'h',
    role: 'admin',
    now,
  })
  await insertGuest(sql, { id: newId(), now })
  const secret = { id: newId(), userId, now, expiresAt }
  await insertSession(sql, { ...secret, tokenHash: hash(), userAgent: awkwardText, address: '::1' })
  await insertToken(sql, { ...secret, tokenHash: hash(), label: 'laptop', beginning: 'pod_abc' })
  await insertLink(sql, { ...secret, tokenHash: hash(), purpose: 'password' })
  await insertAudit(sql, { actorId: userId, action: 'user.added', subject: userId, detail: { text: awkwardText }, now })
  const { attempt } = await findOrCreateAttempt(sql, { viewer: { userId }, exercise: { slug: 'x', version: 'v' } })
  const attemptId = attempt.id
  await insertVersion(sql, {
    slug: 'x',
    version: 'v',
    files: [{ path: 'own/x/a', bytes: new Uint8Array([0, 255, 92]) }],
  })
  await saveDraft(sql, { attemptId, text: awkwardText, version: 0 })
  const statement = { text: awkwardText, rows: [[awkwardText, null, '']], notices: [], truncatedBy: null, error: null }
  await insertEvent(sql, {
    attemptId,
    kind: 'run',
    payload: { text: awkwardText },
    result: { statements: [statement] },
  })
  const submission = await insertSubmission(sql, { attemptId, text: awkwardText })
  await recordVerdict(sql, { submissionId: submission.id, verdict: { kind: 'accepted', isNearly: false } })
  await insertSubmission(sql, { attemptId, text: '' })
  const partly = await findOrCreateAttempt(sql, { viewer: { userId }, exercise: { slug: 'x', version: 'w' } })
  const part = await insertSubmission(sql, { attemptId: partly.attempt.id, text: 'partly' })
  const wrong = { kind: 'wrong_answer' as const, isNearly: true }
  await recordVerdict(sql, { submissionId: part.id, verdict: wrong, score: 2 / 3 })
  const lease = {
    id: newId(),
    kind: 'database',
    sandbox: 's',
    pod: 'p',
    image: 'i',
    userId,
    address: '',
    purpose: 'attempt',
  }
  await writeLeases(sql, [{ ...lease, createdAt: now, renewedAt: now, expiresAt, endedAt: null, endReason: null }])
  return userId
}

function hash(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32))
}
