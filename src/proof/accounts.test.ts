/** Accounts as people meet them: links, profile, tokens, administration, over every route of the program. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
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

describe('the API', () => {
  const exercise = 'whole-shelf'
  const solution = readFileSync(`${import.meta.dir}/../../exercises/first-queries/${exercise}/solution.sql`, 'utf8')

  test('registers, signs in and says who one is, and keeps what a guest did', async () => {
    const guest = site.visitor()
    await guest.get(`/exercises/${exercise}`)
    await guest.api('POST', '/api/execute', { exercise, sql: 'select 1' })
    people += 1
    const name = `api${people}`
    const made = await guest.api('POST', '/api/users/register', { name, password, display_name: 'A. P.' })
    expect(made.status).toBe(201)
    expect(await made.json()).toMatchObject({ name, role: 'learner', display_name: 'A. P.', email: null })
    const again = site.visitor()
    const entered = await again.api('POST', '/api/users/login', { name, password })
    expect(entered.status).toBe(200)
    expect((await again.api('GET', '/api/users/me')).status).toBe(200)
    const wrong = await site.visitor().api('POST', '/api/users/login', { name, password: 'not this one' })
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([403, 'application/problem+json'])
    expect((await site.visitor().api('GET', '/api/users/me')).status).toBe(401)
  })

  test('hands in, lists answers page by page, and shows an attempt to its owner only', async () => {
    const { visitor, name } = await member()
    const other = await member()
    const me = Object(await (await visitor.api('GET', '/api/users/me')).json())
    const send = async (sql: string) => {
      const headers = { 'content-type': 'application/json', 'x-csrf': me.csrf, cookie: visitor.cookies() }
      const body = JSON.stringify({ exercise, sql })
      const url = 'http://localhost:3000/api/submissions'
      return Object(await (await site.app.handle(new Request(url, { method: 'POST', headers, body }))).json())
    }
    const wrong = await send('select 1 as one')
    expect(wrong).toMatchObject({ is_correct: false, verdict: 'wrong_answer', exercise })
    expect(wrong.differences.columns_missing.length + wrong.differences.columns_expected.length).toBeGreaterThan(0)
    expect(await send(solution)).toMatchObject({ is_correct: true, verdict: 'accepted', differences: null })
    const first = Object(await (await visitor.get(`/api/submissions?exercise=${exercise}&limit=1`)).json())
    expect(first.submissions).toMatchObject([{ is_correct: true }])
    const second = Object(await (await visitor.get(`/api/submissions?limit=1&before=${first.next}`)).json())
    expect(second.submissions).toMatchObject([{ id: wrong.id }])
    const one = await visitor.get(`/api/submissions/${wrong.id}`)
    expect(await one.json()).toMatchObject({ sql: 'select 1 as one' })
    expect((await other.visitor.api('GET', `/api/submissions/${wrong.id}`)).status).toBe(404)
    const attempt = Object(await (await visitor.get(`/api/attempts/${wrong.attempt}?limit=2`)).json())
    expect(attempt).toMatchObject({ outcome: 'accepted', exercise, events: [{ kind: 'opened' }, {}], next: 2 })
    expect((await other.visitor.api('GET', `/api/attempts/${wrong.attempt}`)).status).toBe(404)
    const board = Object(await (await site.visitor().get('/api/leaderboard?track=first-queries')).json())
    expect(board.rows).toContainEqual({ rank: 1, name, points: expect.any(Number), solved: 1 })
    expect((await visitor.api('GET', '/api/leaderboard?track=none')).status).toBe(404)
  })

  test('names what is wrong with a request, and what its limits are', async () => {
    const { visitor } = await member()
    for (const path of ['/api/submissions?limit=1000', '/api/submissions?limit=x']) {
      expect([path, (await visitor.api('GET', path)).status]).toEqual([path, 422])
    }
    const valid = await site.visitor().api('POST', '/api/validate', { sql: 'select from where' })
    expect(await valid.json()).toMatchObject({ is_valid: false, error: { position: 12 } })
    const list = Object(await (await site.visitor().api('GET', '/api/exercises')).json())
    expect(list.tracks[0].exercises.length).toBeGreaterThan(0)
    expect((await site.visitor().api('GET', `/api/exercises/${exercise}`)).status).toBe(200)
    expect((await site.visitor().api('GET', '/api/exercises/none')).status).toBe(404)
    const guest = site.visitor()
    await guest.get('/exercises/whole-shelf')
    expect((await guest.get('/exercises/none')).status).toBe(404)
    expect((await guest.get('/exercises/no%00ne')).status).toBe(404)
  })
})

test('the documentation names every route of the API, with its fields, and loads nothing from elsewhere', async () => {
  const document = Object(await (await site.visitor().get('/docs/json')).json())
  const page = await textOf(site.visitor(), '/docs')
  const routes = site.app.routes.filter(({ path }) => path.startsWith('/api/'))
  expect(routes).toHaveLength(13)
  for (const { method, path } of routes) {
    const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    expect([path, typeof operation?.summary, operation?.responses?.default !== undefined]).toEqual([
      path,
      'string',
      true,
    ])
    expect(page).toContain(`${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  }
  expect(page).not.toMatch(/(src|href)="https?:/)
  expect(JSON.stringify(document)).not.toContain('/attempts/{id}/runs')
})

describe('the account page', () => {
  test('tells guests what registering gives, and members their profile', async () => {
    expect(await textOf(site.visitor(), '/account')).toContain('Make an account')
    const { visitor } = await member()
    const form = { displayName: 'Ada L.', email: `ada${people}@example.org`, isListed: 'yes' }
    expect((await visitor.post('/account/profile', form)).status).toBe(303)
    expect(await textOf(visitor, '/account?done=profile')).toContain('Ada L.')
    expect((await visitor.post('/account/profile', { ...form, email: 'nothing' })).status).toBe(422)
  })

  test('makes a token that is shown once, works, and stops when it is revoked', async () => {
    const { visitor } = await member()
    const shown = await (await visitor.post('/account/tokens', { label: 'nightly', days: '7' })).text()
    const token = /pod_[\w-]{30,}/.exec(shown)?.[0] ?? ''
    const ask = (path: string) =>
      site.app.handle(new Request(`http://localhost:3000${path}`, { headers: { authorization: `Bearer ${token}` } }))
    expect((await ask('/api/users/me')).status).toBe(200)
    expect((await ask('/account/export')).status).toBe(401)
    const page = await textOf(visitor, '/account')
    expect(page).toContain('nightly')
    expect(page).not.toContain(token)
    const id = /revoked-tokens[\s\S]*?name="id" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const other = await member()
    expect((await other.visitor.post('/account/revoked-tokens', { id })).status).toBe(404)
    expect((await visitor.post('/account/revoked-tokens', { id })).status).toBe(303)
    expect((await ask('/api/users/me')).status).toBe(401)
  })

  test('signs another browser out and changes the password', async () => {
    const { visitor, name } = await member()
    const elsewhere = site.visitor()
    await elsewhere.post('/sessions', { name, password })
    const id = /ended-browsers[\s\S]*?name="id" value="([^"]+)"/.exec(await textOf(visitor, '/account'))?.[1] ?? ''
    expect((await visitor.post('/account/ended-browsers', { id })).status).toBe(303)
    expect((await elsewhere.get('/api/users/me')).status).toBe(401)
    const next = 'eleven loud geese'
    expect((await visitor.post('/account/password', { current: 'wrong', next })).status).toBe(403)
    expect((await visitor.post('/account/password', { current: password, next })).status).toBe(303)
    expect((await site.visitor().post('/sessions', { name, password: next })).status).toBe(303)
  })

  test('exports what Podium keeps of somebody, and deletes it after a question', async () => {
    const { visitor, name } = await member()
    await visitor.get('/exercises/whole-shelf')
    const copy = Object(await (await visitor.get('/account/export')).json())
    expect(copy.account).toMatchObject([{ name }])
    expect(copy.attempts).toHaveLength(1)
    expect(await textOf(visitor, '/account/deletion')).toContain('Delete your account?')
    expect((await visitor.post('/account/deletion', { password: 'wrong' })).status).toBe(403)
    expect((await visitor.post('/account/deletion', { password })).status).toBe(303)
    expect((await site.visitor().post('/sessions', { name, password })).status).toBe(403)
  })
})

describe('administration', () => {
  test('is there for administrators only; authors see the catalogue', async () => {
    const paths = ['/admin', '/admin/catalogue', '/admin/people', '/admin/sandboxes', '/admin/audit']
    const [learner, author, admin] = [await member(), await member('author'), await member('admin')]
    for (const path of paths) {
      expect([path, (await site.visitor().get(path)).status]).toEqual([path, 404])
      expect([path, (await learner.visitor.get(path)).status]).toEqual([path, 404])
      expect([path, (await author.visitor.get(path)).status]).toEqual([path, path === '/admin/catalogue' ? 200 : 404])
      expect([path, (await admin.visitor.get(path)).status]).toEqual([path, 200])
    }
    expect(await textOf(admin.visitor, '/')).toContain('href="/admin"')
    expect(await textOf(learner.visitor, '/')).not.toContain('href="/admin"')
  })

  test('gives roles and password links, and tells of both in the audit log', async () => {
    const [learner, admin] = [await member(), await member('admin')]
    expect((await learner.visitor.post('/admin/roles', { id: learner.id, role: 'admin' })).status).toBe(404)
    expect((await admin.visitor.post('/admin/roles', { id: learner.id, role: 'author' })).status).toBe(303)
    expect((await learner.visitor.get('/admin/catalogue')).status).toBe(200)
    const shown = await (await admin.visitor.post('/admin/password-links', { id: learner.id })).text()
    const path = /\/links\?key=[\w-]+/.exec(shown)?.[0] ?? ''
    expect(await textOf(site.visitor(), path)).toContain('Choose a new password')
    const log = await textOf(admin.visitor, `/admin/audit?action=user.role_changed&person=${learner.name}`)
    expect(log).toContain('to: author, from: learner')
    expect(log).not.toContain('session.started')
  })

  test('ends a sandbox, tells its holder, and audits it', async () => {
    const [learner, admin] = [await member(), await member('admin')]
    await learner.visitor.get('/exercises/whole-shelf')
    await learner.visitor.api('POST', '/api/execute', { exercise: 'whole-shelf', sql: 'select 1' })
    const page = await textOf(admin.visitor, '/admin/sandboxes')
    expect(page).toContain(learner.name)
    const row = page.slice(page.indexOf(`>${learner.name}</td>`))
    const id = /href="\/admin\/sandboxes\/([^"]+)"/.exec(row)?.[1] ?? ''
    const question = await textOf(admin.visitor, `/admin/sandboxes/${id}`)
    expect(question).toContain(`End the sandbox of ${learner.name}?`)
    expect(question).toContain('The whole shelf')
    expect((await learner.visitor.get(`/admin/sandboxes/${id}`)).status).toBe(404)
    expect((await learner.visitor.post('/admin/ended-sandboxes', { id })).status).toBe(404)
    const ended = await admin.visitor.post('/admin/ended-sandboxes', { id })
    expect(ended.headers.get('location')).toBe('/admin/sandboxes?ended=yes')
    const again = await admin.visitor.post('/admin/ended-sandboxes', { id })
    expect(again.headers.get('location')).toBe('/admin/sandboxes?ended=before')
    expect(await textOf(admin.visitor, '/admin/audit?action=sandbox')).toContain('sandbox.ended')
    expect(await textOf(admin.visitor, '/admin/sandboxes')).not.toContain(`>${learner.name}</td>`)
  })
})

test(
  'where sign-up is closed there is no form to register, and administrators read how to add somebody',
  async () => {
    const closed = await startSite({ PODIUM_SIGN_UP: 'closed' })
    try {
      const page = await textOf(closed.visitor(), '/register')
      expect(page.includes('action="/users"')).toBe(false)
      expect(page.includes('Accounts are made by whoever runs this Podium.')).toBe(true)
      const addition = { name: 'chief', role: 'admin', password } as const
      await addUser(closed.parts.sql, { addition, actorId: null, now: new Date() })
      const chief = closed.visitor()
      await chief.post('/sessions', { name: 'chief', password })
      expect((await textOf(chief, '/admin/people')).includes('podium user add NAME')).toBe(true)
    } finally {
      await closed.stop()
    }
  },
  timeoutMs,
)

test('the leaderboard lists who has an account and did not opt out, overall and by track', async () => {
  const exercise = 'whole-shelf'
  const sql = readFileSync(`${import.meta.dir}/../../exercises/first-queries/${exercise}/solution.sql`, 'utf8')
  const [shown, hidden, guest] = [await member(), await member(), site.visitor()]
  await guest.get(`/exercises/${exercise}`)
  for (const visitor of [shown.visitor, hidden.visitor, guest]) {
    expect((await visitor.api('POST', '/api/submissions', { exercise, sql })).status).toBe(200)
  }
  expect((await hidden.visitor.post('/account/profile', { displayName: '', email: '' })).status).toBe(303)
  const page = await textOf(shown.visitor, '/leaderboard?track=first-queries')
  expect(page).toContain(`${shown.name} (you)`)
  expect(page).not.toContain(hidden.name)
  expect(page).not.toContain('Guest</td>')
  expect((await site.visitor().get('/leaderboard?track=none')).status).toBe(404)
})
