/** Accounts as people meet them: links, profile, tokens, administration, over every route of the program. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { makeAdminLink, makePasswordLink } from '../accounts/links.ts'
import { addUser } from '../accounts/register.ts'
import type { Role } from '../store/users.ts'
import type { Visitor } from './program.ts'
import { type Site, startSite } from './site.ts'

const password = 'seven quiet snails'
const timeoutMs = 60_000

let site: Site

beforeAll(async () => {
  site = await startSite()
}, timeoutMs)

afterAll(async () => await site.stop(), timeoutMs)

let people = 0

/** Somebody with an account, signed in. */
async function member(role: Exclude<Role, 'guest'> = 'learner') {
  people += 1
  const name = `${role}${people}`
  const { user } = await addUser(site.parts.sql, { addition: { name, role, password }, actorId: null, now: new Date() })
  const visitor = site.visitor()
  expect((await visitor.post('/sessions', { name, password })).status).toBe(303)
  await visitor.get('/exercises')
  return { visitor, name, id: user.id }
}

async function textOf(visitor: Visitor, path: string): Promise<string> {
  return await (await visitor.get(path)).text()
}

describe('a link that works once', () => {
  test('makes the first administrator, one, and signs them in', async () => {
    const secret = (await makeAdminLink(site.parts.sql, { now: new Date() })) ?? ''
    const visitor = site.visitor()
    expect(await textOf(visitor, `/links?key=${secret}`)).toContain('Become the administrator')
    const weak = await visitor.post('/links', { key: secret, name: 'root', password: 'short' })
    expect(weak.status).toBe(422)
    expect(await weak.text()).toContain('10 characters or more')
    const done = await visitor.post('/links', { key: secret, name: 'first', password })
    expect([done.status, done.headers.get('location')]).toEqual([303, '/admin'])
    expect((await site.visitor().get(`/links?key=${secret}`)).status).toBe(403)
    expect(await makeAdminLink(site.parts.sql, { now: new Date() })).toBeNull()
  })

  test('lets its owner choose a password, and nobody after', async () => {
    const { name, id, visitor: before } = await member()
    const secret = await makePasswordLink(site.parts.sql, { userId: id, actorId: null, now: new Date() })
    const visitor = site.visitor()
    expect(await textOf(visitor, `/links?key=${secret}`)).toContain('Choose a new password')
    const next = 'eleven loud geese'
    expect((await visitor.post('/links', { key: secret, password: next })).status).toBe(303)
    expect((await visitor.post('/links', { key: secret, password: next })).status).toBe(403)
    expect((await site.visitor().post('/sessions', { name, password: next })).status).toBe(303)
    expect((await site.visitor().post('/sessions', { name, password })).status).toBe(403)
    expect(await textOf(before, '/')).not.toContain('/sign-out')
  })

  test('that nobody made opens nothing', async () => {
    expect((await site.visitor().get('/links?key=guess')).status).toBe(403)
    expect((await site.visitor().post('/links', { key: 'guess', password })).status).toBe(403)
  })
})

test(
  'where guests are switched off, a page leads to signing in and back',
  async () => {
    const closed = await startSite({ PODIUM_GUESTS: 'off' })
    try {
      const answer = await closed.visitor().get('/exercises/whole-shelf?from=home')
      const location = '/sign-in?next=%2Fexercises%2Fwhole-shelf%3Ffrom%3Dhome'
      expect([answer.status, answer.headers.get('location')]).toEqual([303, location])
      expect((await closed.visitor().api('POST', '/api/execute', { exercise: 'x', sql: '' })).status).toBe(401)
    } finally {
      await closed.stop()
    }
  },
  timeoutMs,
)
