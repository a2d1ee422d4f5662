import { afterAll, expect, test } from 'bun:test'
import { findAttempt, findOrCreateAttempt, listAttempts } from './attempts.ts'
import { insertAudit } from './audit.ts'
import type { Queries } from './connect.ts'
import { deleteSession, findSessionBearer, insertSession, listSessions, touchSession } from './sessions.ts'
import { newId } from './storable.ts'
import { createTestDatabase } from './test-database.ts'
import { createMemoryDatabase } from './test-memory.ts'
import { deleteToken, findTokenBearer, insertToken, listTokens, touchToken } from './tokens.ts'
import {
  deleteGuestsUnseenSince,
  deleteUser,
  findTaken,
  findUser,
  findUserByLogin,
  insertGuest,
  insertUser,
  listUsers,
  promoteGuest,
  updateProfile,
} from './users.ts'

// Plain store functions on both: pg-mem finds slips within milliseconds, PostgreSQL decides.
const real = await createTestDatabase()
afterAll(real.drop)
const databases: Array<[string, Queries]> = [
  ['pg-mem', createMemoryDatabase()],
  ['PostgreSQL', real.sql],
]

const now = new Date('2026-11-21T09:00:00.000Z')
const soon = new Date('2026-11-21T10:00:00.000Z')
const later = new Date('2026-12-21T09:00:00.000Z')
const account = { displayName: null, email: null, passwordHash: 'hash', role: 'learner', now } as const
const hash = () => crypto.getRandomValues(new Uint8Array(32))

for (const [name, sql] of databases) {
  test(`${name}: people are found by name and address in any case, and a name is given once`, async () => {
    const id = newId()
    expect(await insertUser(sql, { ...account, id, name: 'Ada', email: 'Ada@example.org' })).toBe(true)
    expect(await insertUser(sql, { ...account, id: newId(), name: 'ADA' })).toBe(false)
    expect((await findUserByLogin(sql, ' ada '))?.id).toBe(id)
    expect((await findUserByLogin(sql, 'ada@EXAMPLE.org'))?.passwordHash).toBe('hash')
    expect(await findUserByLogin(sql, 'bob')).toBeNull()
    expect(await findTaken(sql, { name: 'aDa', email: null, exceptId: null })).toBe('name')
    expect(await findTaken(sql, { name: 'x', email: 'ADA@example.org', exceptId: null })).toBe('email')
    expect(await findTaken(sql, { name: 'ada', email: null, exceptId: id })).toBeNull()
    await updateProfile(sql, { id, displayName: 'Ada L.', email: null, isListed: false })
    expect(await findUser(sql, id)).toMatchObject({
      displayName: 'Ada L.',
      email: null,
      isListed: false,
      createdAt: now,
    })
    expect(await findUser(sql, 'nobody')).toBeNull()
  })

  test(`${name}: a guest becomes a learner once, and those unseen go`, async () => {
    const [kept, gone] = [newId(), newId()]
    for (const id of [kept, gone]) await insertGuest(sql, { id, now })
    expect(await promoteGuest(sql, { ...account, id: kept, name: 'Kept' })).toBe(true)
    expect(await promoteGuest(sql, { ...account, id: kept, name: 'Again' })).toBe(false)
    expect(await deleteGuestsUnseenSince(sql, { time: later })).toBeGreaterThan(0)
    expect(await findUser(sql, gone)).toBeNull()
    expect((await listUsers(sql, { search: 'KEP' })).map((user) => user.name)).toEqual(['Kept'])
    expect(await deleteUser(sql, kept)).toBe(true)
    expect(await deleteUser(sql, kept)).toBe(false)
  })

  test(`${name}: a session is found by its hash until it ends, and ended only by its owner`, async () => {
    const [id, userId, tokenHash] = [newId(), newId(), hash()]
    await insertUser(sql, { ...account, id: userId, name: 'Session' })
    await insertSession(sql, { id, userId, tokenHash, userAgent: 'Firefox', address: '::1', now, expiresAt: soon })
    expect(await findSessionBearer(sql, { tokenHash, now })).toMatchObject({ sessionId: id, userId, name: 'Session' })
    expect(await findSessionBearer(sql, { tokenHash: hash(), now })).toBeNull()
    expect(await findSessionBearer(sql, { tokenHash, now: soon })).toBeNull()
    await touchSession(sql, { id, userId, now: soon, expiresAt: later })
    expect(await listSessions(sql, { userId, now: soon })).toMatchObject([{ id, lastSeenAt: soon, expiresAt: later }])
    expect(await deleteSession(sql, { id, userId: newId() })).toBe(false)
    expect(await deleteSession(sql, { id, userId })).toBe(true)
  })

  test(`${name}: a token is found by its hash until it expires, and revoked only by its owner`, async () => {
    const [id, userId, tokenHash] = [newId(), newId(), hash()]
    await insertUser(sql, { ...account, id: userId, name: 'Token' })
    await insertToken(sql, { id, userId, tokenHash, label: 'laptop', beginning: 'pod_x', now, expiresAt: soon })
    expect(await findTokenBearer(sql, { tokenHash, now })).toMatchObject({ tokenId: id, lastUsedAt: null })
    expect(await findTokenBearer(sql, { tokenHash, now: soon })).toBeNull()
    await touchToken(sql, { id, now })
    expect(await listTokens(sql, userId)).toMatchObject([{ id, label: 'laptop', lastUsedAt: now }])
    expect(await deleteToken(sql, { id, userId: newId() })).toBe(false)
    expect(await deleteToken(sql, { id, userId })).toBe(true)
  })

  test(`${name}: an attempt is made once and found by its owner only`, async () => {
    const viewer = { userId: newId() }
    await insertGuest(sql, { id: viewer.userId, now })
    const exercise = { slug: 'x', version: 'v' }
    const { attempt, isNew } = await findOrCreateAttempt(sql, { viewer, exercise })
    expect(isNew).toBe(true)
    expect((await findOrCreateAttempt(sql, { viewer, exercise })).attempt).toEqual(attempt)
    expect(await findAttempt(sql, { id: attempt.id, viewer })).toEqual(attempt)
    expect(await findAttempt(sql, { id: attempt.id, viewer: { userId: newId() } })).toBeNull()
    expect(await listAttempts(sql, { viewer, slug: 'x' })).toEqual([attempt])
    await insertAudit(sql, { actorId: viewer.userId, action: 'sandbox.ended', subject: attempt.id, now })
  })
}
