import { afterAll, expect, test } from 'bun:test'
import { findOrCreateAttempt, listAttempts } from '../store/attempts.ts'
import { insertAudit, listAudit } from '../store/audit.ts'
import { createTestDatabase } from '../store/test-database.ts'
import { findUser } from '../store/users.ts'
import { sweepGuests, welcomeGuest } from './guests.ts'
import { becomeAdministrator, choosePassword, findLinkPurpose, makeAdminLink, makePasswordLink } from './links.ts'
import { addUser, type Registration, register } from './register.ts'
import { endSession, findViewerByCookie, listBrowsers, signOut, sweepSessions } from './sessions.ts'
import { signIn, sweepRefusals } from './sign-in.ts'
import { findViewerByToken, makeToken, revokeToken, tokensMax } from './tokens.ts'
import { changePassword, changeProfile, changeRole, deleteAccount, removeUser, setPassword } from './users.ts'
import { isAtLeast, type Viewer } from './viewer.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

const now = new Date('2026-11-21T09:00:00Z')
const browser = { userAgent: 'Firefox on Linux', address: '192.0.2.7' }
const password = 'seven quiet snails'
const exercise = { slug: 'quiet-screenings', version: 'v' }
const later = (days: number) => new Date(now.getTime() + days * 86_400_000)

function registerAs(name: string, viewer: Viewer | null = null, more: Partial<Registration> = {}) {
  return register(sql, { registration: { name, password, ...more }, signUp: 'open', viewer, browser, now })
}

test('a guest who registers keeps the work, stays the same user and gets a new cookie', async () => {
  const guest = await welcomeGuest(sql, { browser, now })
  expect(guest.viewer).toMatchObject({ role: 'guest', name: 'Guest' })
  await findOrCreateAttempt(sql, { viewer: guest.viewer, exercise })
  const member = await registerAs('Ada', guest.viewer, { displayName: 'Ada L.', email: 'ada@example.org' })
  expect(member.viewer).toMatchObject({ userId: guest.viewer.userId, role: 'learner', name: 'Ada L.' })
  expect(await findViewerByCookie(sql, { cookie: guest.cookie, now })).toBeNull()
  expect(await findViewerByCookie(sql, { cookie: member.cookie, now })).toEqual(member.viewer)
  expect(await listAttempts(sql, { viewer: member.viewer, slug: exercise.slug })).toHaveLength(1)
})

test('a name or an address that is taken is refused whatever its case, also when two ask at once', async () => {
  await registerAs('Grace', null, { email: 'Grace@Example.org' })
  await expect(registerAs('gRACE')).rejects.toMatchObject({ kind: 'conflict', code: 'name_taken' })
  await expect(registerAs('other', null, { email: 'grace@example.ORG' })).rejects.toMatchObject({ code: 'email_taken' })
  const guests = await Promise.all([1, 2].map(() => welcomeGuest(sql, { browser, now })))
  const both = await Promise.allSettled(guests.map((guest) => registerAs('Twin', guest.viewer)))
  expect(both.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(both.find((outcome) => outcome.status === 'rejected')).toMatchObject({ reason: { code: 'name_taken' } })
})

test('registering is refused where sign-up is closed and to somebody who is signed in', async () => {
  const registration = { name: 'closed', password }
  await expect(register(sql, { registration, signUp: 'closed', viewer: null, browser, now })).rejects.toMatchObject({
    kind: 'forbidden',
    code: 'sign_up_closed',
  })
  const member = await registerAs('already')
  await expect(registerAs('again', member.viewer)).rejects.toMatchObject({ code: 'signed_in_already' })
})

const refused: Array<[Partial<Registration>, string]> = [
  [{ name: 'a' }, 'name_invalid'],
  [{ name: 'a b' }, 'name_invalid'],
  [{ name: 'a@b' }, 'name_invalid'],
  [{ name: '.dot' }, 'name_invalid'],
  [{ name: 'x'.repeat(41) }, 'name_invalid'],
  [{ name: '<script>' }, 'name_invalid'],
  [{ email: 'nobody' }, 'email_invalid'],
  [{ displayName: 'a\u202eb' }, 'display_name_invalid'],
  [{ password: 'short' }, 'password_weak'],
  [{ password: 'aaaaaaaaaaaa' }, 'password_weak'],
  [{ password: 'Password123' }, 'password_weak'],
  [{ name: 'longenoughname', password: 'LongEnoughName1' }, 'password_weak'],
  [{ password: 'x1y2'.repeat(60) }, 'password_weak'],
]

for (const [registration, code] of refused) {
  test(`${JSON.stringify(registration).slice(0, 60)} is refused as ${code}`, async () => {
    await expect(registerAs('somebody', null, registration)).rejects.toMatchObject({ kind: 'invalid', code })
  })
}

test('a wrong password and an unknown name get the same answer', async () => {
  await registerAs('Linus')
  const answers = await Promise.all(
    [
      ['Linus', 'not this one'],
      ['nobody', password],
      ['Linus', ''],
      ['Linus', 'x'.repeat(5_000)],
      ['', ''],
      ['a\0b', password],
    ].map(([login = '', guess = '']) =>
      signIn(sql, { login, password: guess, viewer: null, browser, now }).catch((error: Error) => error),
    ),
  )
  expect(new Set(answers.map((answer) => String(answer))).size).toBe(1)
  for (const answer of answers) expect(answer).toMatchObject({ kind: 'forbidden', code: 'wrong_credentials' })
})

test('an unknown name takes as long as a wrong password', async () => {
  await registerAs('Timed')
  // Processor time of this program: what else runs on the machine has no part in it.
  const spentUs = { Timed: 0, unknown: 0 }
  for (let round = 0; round < 9; round += 1) {
    for (const login of ['Timed', 'unknown'] as const) {
      const before = process.cpuUsage()
      await signIn(sql, { login, password: 'not this one', viewer: null, browser, now }).catch(() => null)
      const { user, system } = process.cpuUsage(before)
      spentUs[login] += user + system
    }
  }
  // Without a hash to compare with, one is twenty times the other.
  expect(spentUs.Timed / spentUs.unknown).toBeGreaterThan(0.4)
  expect(spentUs.Timed / spentUs.unknown).toBeLessThan(2.5)
}, 120_000)

test("signing in works by name or address in any case, brings a guest's work along and ends the old cookie", async () => {
  const owner = await registerAs('Barbara', null, { email: 'barbara@example.org' })
  const guest = await welcomeGuest(sql, { browser, now })
  await findOrCreateAttempt(sql, { viewer: guest.viewer, exercise })
  const signedIn = await signIn(sql, { login: 'BARBARA@example.org', password, viewer: guest.viewer, browser, now })
  expect(signedIn.viewer.userId).toBe(owner.viewer.userId)
  expect(await findViewerByCookie(sql, { cookie: guest.cookie, now })).toBeNull()
  expect(await listAttempts(sql, { viewer: signedIn.viewer, slug: exercise.slug })).toHaveLength(1)
  expect(await findUser(sql, guest.viewer.userId)).toBeNull()
  await expect(signIn(sql, { login: 'barbara', password, viewer: null, browser, now })).resolves.toBeTruthy()
})

test('a session ends 30 days after it was last seen, a year after it began, and when it is ended', async () => {
  const { cookie, viewer } = await registerAs('Sessions')
  expect(await findViewerByCookie(sql, { cookie, now: later(29) })).toEqual(viewer)
  expect(await findViewerByCookie(sql, { cookie, now: later(58) })).toEqual(viewer)
  expect(await findViewerByCookie(sql, { cookie, now: later(89) })).toBeNull()
  expect(await findViewerByCookie(sql, { cookie: '', now })).toBeNull()
  const yearly = await signIn(sql, { login: 'Sessions', password, viewer: null, browser, now })
  for (let day = 0; day < 365; day += 20)
    expect(await findViewerByCookie(sql, { cookie: yearly.cookie, now: later(day) })).not.toBeNull()
  expect(await findViewerByCookie(sql, { cookie: yearly.cookie, now: later(366) })).toBeNull()
  expect(await sweepSessions(sql, { now: later(366) })).toBeGreaterThan(1)
})

test('people see their browsers and sign any of them out, and nobody elses', async () => {
  const first = await registerAs('Browsers')
  const second = await signIn(sql, { login: 'Browsers', password, viewer: null, browser, now })
  const stranger = await registerAs('Stranger')
  const listed = await listBrowsers(sql, { viewer: second.viewer, now })
  expect(listed.map((one) => one.isCurrent).sort()).toEqual([false, true])
  expect(listed[0]).toMatchObject(browser)
  const id = first.viewer.sessionId ?? ''
  await expect(endSession(sql, { id, viewer: stranger.viewer, now })).rejects.toMatchObject({ kind: 'missing' })
  await endSession(sql, { id, viewer: second.viewer, now })
  expect(await findViewerByCookie(sql, { cookie: first.cookie, now })).toBeNull()
  await signOut(sql, { viewer: second.viewer, now })
  expect(await findViewerByCookie(sql, { cookie: second.cookie, now })).toBeNull()
})

test('a new password ends other browsers and tokens, and the old one no longer works', async () => {
  const { viewer, cookie } = await registerAs('Changer')
  const other = await signIn(sql, { login: 'Changer', password, viewer: null, browser, now })
  const { token } = await makeToken(sql, { userId: viewer.userId, label: 'laptop', actorId: viewer.userId, now })
  const next = 'eight loud otters'
  await expect(changePassword(sql, { viewer, current: 'wrong one', next, now })).rejects.toMatchObject({
    code: 'wrong_credentials',
  })
  await changePassword(sql, { viewer, current: password, next, now })
  expect(await findViewerByCookie(sql, { cookie, now })).not.toBeNull()
  expect(await findViewerByCookie(sql, { cookie: other.cookie, now })).toBeNull()
  expect(await findViewerByToken(sql, { token, now })).toBeNull()
  await expect(signIn(sql, { login: 'Changer', password, viewer: null, browser, now })).rejects.toThrow()
  const made = await setPassword(sql, { userId: viewer.userId, password: null, actorId: null, now })
  expect(await findViewerByCookie(sql, { cookie, now })).toBeNull()
  await expect(signIn(sql, { login: 'Changer', password: made, viewer: null, browser, now })).resolves.toBeTruthy()
})

test('a token works until it ends or is revoked, tells its last use, and is stored only as a hash', async () => {
  const { viewer } = await registerAs('Scripts')
  const { id, token } = await makeToken(sql, { userId: viewer.userId, label: 'laptop', days: 30, actorId: null, now })
  expect(token).toMatch(/^pod_[\w-]{43}$/)
  expect(await findViewerByToken(sql, { token, now: later(29) })).toMatchObject({
    name: 'Scripts',
    sessionId: null,
    tokenId: id,
  })
  expect(await findViewerByToken(sql, { token, now: later(31) })).toBeNull()
  expect(await findViewerByToken(sql, { token: `${token}x`, now })).toBeNull()
  const rows = await sql`select * from tokens where id = ${id}`
  expect(JSON.stringify(rows)).not.toContain(token)
  expect(rows[0]).toMatchObject({ lastUsedAt: later(29), beginning: token.slice(0, 10) })
  const stranger = await registerAs('Stranger2')
  await expect(revokeToken(sql, { id, viewer: stranger.viewer, now })).rejects.toMatchObject({ kind: 'missing' })
  await revokeToken(sql, { id, viewer, now })
  expect(await findViewerByToken(sql, { token, now })).toBeNull()
})

test('tokens have a label, a sensible life and a limit', async () => {
  const { viewer } = await registerAs('Many')
  const make = (label: string, days = 1) => makeToken(sql, { userId: viewer.userId, label, days, actorId: null, now })
  for (const days of [0, 367, 1.5, Number.NaN]) await expect(make('x', days)).rejects.toMatchObject({ kind: 'invalid' })
  await expect(make('  ')).rejects.toMatchObject({ kind: 'invalid' })
  for (let count = 0; count < tokensMax; count += 1) await make(`token ${count}`)
  await expect(make('one more')).rejects.toMatchObject({ kind: 'exhausted', code: 'tokens_full' })
})

test('the first administrator comes by a link that works once; the last one stays', async () => {
  const older = await makeAdminLink(sql, { now })
  const secret = (await makeAdminLink(sql, { now })) ?? ''
  expect(await findLinkPurpose(sql, { secret: older ?? '', now })).toBeNull()
  expect(await findLinkPurpose(sql, { secret, now })).toBe('admin')
  expect(await findLinkPurpose(sql, { secret, now: later(2) })).toBeNull()
  const both = await Promise.allSettled(
    ['Root', 'Rival'].map((name) => becomeAdministrator(sql, { secret, name, password, browser, now })),
  )
  const admins = both.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.viewer] : []))
  expect(admins).toHaveLength(1)
  const [admin] = admins
  if (!admin) throw new Error('no administrator')
  expect(isAtLeast(admin, 'author') && isAtLeast(admin, 'admin')).toBe(true)
  expect(await makeAdminLink(sql, { now })).toBeNull()
  const last = { kind: 'conflict', code: 'last_administrator' }
  await expect(
    changeRole(sql, { userId: admin.userId, role: 'learner', actorId: admin.userId, now }),
  ).rejects.toMatchObject(last)
  await expect(deleteAccount(sql, { viewer: admin, password, now })).rejects.toMatchObject(last)
  const { user } = await addUser(sql, { addition: { name: 'Second', role: 'learner' }, actorId: admin.userId, now })
  await changeRole(sql, { userId: user.id, role: 'admin', actorId: admin.userId, now })
  const races = [admin.userId, user.id].map((userId) => removeUser(sql, { userId, actorId: null, now }))
  expect((await Promise.allSettled(races)).map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a forgotten password is mended by a link that works once', async () => {
  const { user, password: first } = await addUser(sql, {
    addition: { name: 'Forgetful', role: 'author' },
    actorId: null,
    now,
  })
  expect(first).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/)
  const secret = await makePasswordLink(sql, { userId: user.id, actorId: null, now })
  await expect(choosePassword(sql, { secret, password: 'short', browser, now })).rejects.toMatchObject({
    code: 'password_weak',
  })
  const { viewer } = await choosePassword(sql, { secret, password, browser, now })
  expect(viewer).toMatchObject({ userId: user.id, role: 'author' })
  await expect(choosePassword(sql, { secret, password, browser, now })).rejects.toMatchObject({ code: 'link_used' })
  await expect(becomeAdministrator(sql, { secret, name: 'sneaky', password, browser, now })).rejects.toMatchObject({
    code: 'link_used',
  })
})

test('a profile can be changed, but not to an address of somebody else', async () => {
  const { viewer } = await registerAs('Profile')
  const change = { viewer, displayName: '  Pro  ', email: 'pro@example.org', isListed: false }
  expect(await changeProfile(sql, change)).toMatchObject({
    displayName: 'Pro',
    email: 'pro@example.org',
    isListed: false,
  })
  expect(await changeProfile(sql, { ...change, displayName: '', email: '' })).toMatchObject({
    displayName: null,
    email: null,
  })
  await registerAs('Owner', null, { email: 'owned@example.org' })
  await expect(changeProfile(sql, { ...change, email: 'OWNED@example.org' })).rejects.toMatchObject({
    code: 'email_taken',
  })
  const guest = await welcomeGuest(sql, { browser, now })
  await expect(changeProfile(sql, { ...change, viewer: guest.viewer })).rejects.toMatchObject({ kind: 'forbidden' })
})

test('a deleted account leaves nothing but that it was deleted', async () => {
  const { viewer, cookie } = await registerAs('Goodbye', null, { email: 'bye@example.org' })
  await findOrCreateAttempt(sql, { viewer, exercise })
  await expect(deleteAccount(sql, { viewer, password: 'wrong one', now })).rejects.toMatchObject({
    code: 'wrong_credentials',
  })
  await deleteAccount(sql, { viewer, password, now })
  expect(await findViewerByCookie(sql, { cookie, now })).toBeNull()
  expect(await findUser(sql, viewer.userId)).toBeNull()
  const rows = await listAudit(sql, { userId: viewer.userId })
  expect(rows[0]).toMatchObject({ action: 'user.deleted', actorId: null, subjectName: null })
  expect(JSON.stringify(rows)).not.toContain('Goodbye')
  const again = await registerAs('Goodbye')
  expect(again.viewer.userId).not.toBe(viewer.userId)
})

test('a refused sign-in is in the audit log for 90 days, whatever else happened for good', async () => {
  const before = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60_000)
  const entry = { actorId: null, action: 'session.refused' as const }
  for (const days of [91, 89]) await insertAudit(sql, { ...entry, subject: `${days} days`, now: before(days) })
  await insertAudit(sql, { actorId: null, action: 'user.deleted', subject: 'somebody', now: before(400) })
  expect(await sweepRefusals(sql, { now })).toBe(1)
  const kept = (await listAudit(sql, { limit: 1000 })).map(({ subject }) => subject)
  expect(kept).toEqual(expect.arrayContaining(['89 days', 'somebody']))
  expect(kept).not.toContain('91 days')
})

test('guests unseen for 30 days are deleted, those seen since and members are not', async () => {
  const [gone, seen] = [await welcomeGuest(sql, { browser, now }), await welcomeGuest(sql, { browser, now })]
  const member = await registerAs('Stays')
  await findViewerByCookie(sql, { cookie: seen.cookie, now: later(20) })
  expect(await sweepGuests(sql, { now: later(31) })).toBeGreaterThan(0)
  expect(await findUser(sql, gone.viewer.userId)).toBeNull()
  expect(await findUser(sql, seen.viewer.userId)).not.toBeNull()
  expect(await findUser(sql, member.viewer.userId)).not.toBeNull()
})

test('what people do with accounts is in the audit log, newest first, by family of actions', async () => {
  const { viewer } = await registerAs('Audited')
  await signOut(sql, { viewer, now })
  await signIn(sql, { login: 'Audited', password: 'not this one', viewer: null, browser, now }).catch(() => null)
  const rows = await listAudit(sql, { userId: viewer.userId })
  expect(rows.map((row) => row.action)).toEqual(['session.refused', 'session.ended', 'user.registered'])
  expect(rows[1]).toMatchObject({ actorName: 'Audited', subjectName: 'Audited' })
  expect((await listAudit(sql, { userId: viewer.userId, action: 'session' })).map((row) => row.action)).toEqual([
    'session.refused',
    'session.ended',
  ])
  expect(await listAudit(sql, { userId: viewer.userId, action: 'sess' })).toEqual([])
  expect(await listAudit(sql, { userId: viewer.userId, beforeId: rows[1]?.id ?? null })).toHaveLength(1)
})
