/** Who may do what: every route of the program for every role. A route that is added without an entry fails here. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { addUser } from '../accounts/register.ts'
import { draftSlug, writeDraftContent } from './draft-content.ts'
import { removeDirectory, type Visitor } from './program.ts'
import { type Site, startSite } from './site.ts'

const timeoutMs = 60_000
const password = 'seven quiet snails'
const exercise = 'whole-shelf'
const roles = ['visitor', 'guest', 'learner', 'author', 'admin'] as const

type Role = (typeof roles)[number]

/** What is sent, and the status for visitor, guest, learner, author and admin in this order; one number is all of them. */
interface Entry {
  /** The address with everything filled in; where left out, the route's own path. */
  path?: string
  /** Sent as a form; below /api and with PUT as JSON. */
  body?: Record<string, string | number>
  status: number | readonly [number, number, number, number, number]
}

let site: Site
let content: string
/** Somebody's attempt, answer, account and sandbox, which none of the people below own. */
const others = { attempt: '', submission: '', user: '', sandbox: '' }

beforeAll(async () => {
  content = await writeDraftContent()
  site = await startSite({ EXERCISES_DIR: content })
  const { visitor, id } = await member('learner', 'owner')
  await visitor.api('POST', '/api/execute', { exercise, sql: 'select 1' })
  const answer = Object(await (await visitor.api('POST', '/api/submissions', { exercise, sql: 'select 1' })).json())
  const lease = site.parts.pool.status().leases.find(({ holder }) => holder.personId === id)
  Object.assign(others, { attempt: answer.attempt, submission: answer.id, user: id, sandbox: lease?.id })
}, timeoutMs)

afterAll(async () => {
  await site.stop()
  await removeDirectory(content)
}, timeoutMs)

async function member(role: 'learner' | 'author' | 'admin', name: string = role) {
  const { user } = await addUser(site.parts.sql, { addition: { name, role, password }, actorId: null, now: new Date() })
  const visitor = site.visitor()
  await visitor.post('/sessions', { name, password })
  await visitor.get('/exercises')
  return { visitor, id: user.id }
}

async function personOf(role: Role): Promise<Visitor> {
  if (role === 'visitor') return site.visitor()
  if (role !== 'guest') return (await member(role)).visitor
  const guest = site.visitor()
  await guest.get(`/exercises/${exercise}`)
  return guest
}

/** Nobody knows the visitor; guests and members work, each in what is theirs. */
const working = [401, 200, 200, 200, 200] as const
/** What is somebody else's is not found; a page leads visitors to signing in. */
const foreignPage = [303, 404, 404, 404, 404] as const
const foreignChange = [401, 404, 404, 404, 404] as const
const membersPage = [303, 303, 200, 200, 200] as const
const administration = [404, 404, 404, 404, 200] as const
/** What is not published is there for those who write exercises. */
const draftPage = [404, 404, 404, 200, 200] as const
const draftWork = [401, 404, 404, 200, 200] as const

/** By route; after a comma stands what is special about a further entry of the same route. */
function entries(): Record<string, Entry> {
  const { attempt, submission, user, sandbox } = others
  const work = { exercise, sql: 'select 1' }
  const draft = { exercise: draftSlug, sql: 'select 1' }
  const foreign = `/attempts/${attempt}`
  const wrong = { name: 'nobody at all', password: 'not the password' }
  return {
    'GET /': { status: 200 },
    'GET /account': { status: 200 },
    'GET /account/deletion': { status: membersPage },
    'GET /account/export': { status: membersPage },
    'POST /account/deletion': { body: { password: 'wrong' }, status: [401, 401, 403, 403, 403] },
    'POST /account/ended-browsers': { body: { id: user }, status: [401, 401, 404, 404, 404] },
    'POST /account/password': { body: { current: 'wrong', next: 'x' }, status: [401, 401, 403, 403, 403] },
    'POST /account/profile': { body: { displayName: '', email: '' }, status: [401, 401, 303, 303, 303] },
    'POST /account/revoked-tokens': { body: { id: user }, status: [401, 401, 404, 404, 404] },
    'POST /account/tokens': { body: { label: 'a', days: '7' }, status: [401, 401, 200, 200, 200] },
    'GET /admin': { status: administration },
    'GET /admin/audit': { status: administration },
    'GET /admin/catalogue': { status: [404, 404, 404, 200, 200] },
    'GET /admin/people': { status: administration },
    'GET /admin/report': { status: administration },
    'GET /admin/sandboxes': { status: administration },
    'GET /admin/sandboxes/:id': { path: `/admin/sandboxes/${sandbox}`, status: administration },
    'POST /admin/ended-sandboxes': { body: { id: sandbox }, status: [404, 404, 404, 404, 303] },
    'POST /admin/password-links': { body: { id: user }, status: administration },
    'POST /admin/roles': { body: { id: user, role: 'learner' }, status: [404, 404, 404, 404, 303] },
    'GET /api/attempts/:id': { path: `/api/attempts/${attempt}`, status: foreignChange },
    'POST /api/execute': { body: work, status: working },
    'POST /api/execute, not published': { body: draft, status: draftWork },
    'GET /api/exercises': { status: 200 },
    'GET /api/exercises/:slug': { path: `/api/exercises/${exercise}`, status: 200 },
    'GET /api/exercises/:slug, not published': { path: `/api/exercises/${draftSlug}`, status: draftPage },
    'GET /api/leaderboard': { status: 200 },
    'GET /api/submissions': { status: working },
    'POST /api/submissions': { body: work, status: working },
    'POST /api/submissions, not published': { body: draft, status: draftWork },
    'GET /api/submissions/:id': { path: `/api/submissions/${submission}`, status: foreignChange },
    'GET /api/submissions/:id/counterexample': {
      path: `/api/submissions/${submission}/counterexample`,
      status: foreignChange,
    },
    'POST /api/users/login': { body: wrong, status: 403 },
    'GET /api/users/me': { status: working },
    'POST /api/users/register': { body: { name: '?', password }, status: [422, 422, 409, 409, 409] },
    'POST /api/validate': { body: { sql: 'select 1' }, status: 200 },
    'POST /attempts/:id/cancellations': { path: `${foreign}/cancellations`, status: foreignChange },
    'PUT /attempts/:id/draft': { path: `${foreign}/draft`, body: { text: 'x', version: 0 }, status: foreignChange },
    'GET /attempts/:id/drafts': { path: `${foreign}/drafts`, status: foreignPage },
    'GET /attempts/:id/drafts/:version': { path: `${foreign}/drafts/1`, status: foreignPage },
    'POST /attempts/:id/drafts/:version/restorations': {
      path: `${foreign}/drafts/1/restorations`,
      body: { text: 'x', version: '0' },
      status: foreignChange,
    },
    'POST /attempts/:id/explanations': { path: `${foreign}/explanations`, body: work, status: foreignChange },
    'POST /attempts/:id/hints': { path: `${foreign}/hints`, body: { number: '1' }, status: foreignChange },
    'GET /attempts/:id/output': { path: `${foreign}/output`, status: foreignPage },
    'POST /attempts/:id/programs': { path: `${foreign}/programs`, body: work, status: foreignChange },
    'POST /attempts/:id/replays': { path: `${foreign}/replays`, status: foreignChange },
    'POST /attempts/:id/resets': { path: `${foreign}/resets`, body: work, status: foreignChange },
    'POST /attempts/:id/runs': { path: `${foreign}/runs`, body: work, status: foreignChange },
    'GET /attempts/:id/schema': { path: `${foreign}/schema`, status: foreignPage },
    'POST /attempts/:id/solutions': { path: `${foreign}/solutions`, body: { confirmed: 'yes' }, status: foreignChange },
    'POST /attempts/:id/starters': { path: `${foreign}/starters`, body: { sql: 'x' }, status: foreignChange },
    'POST /attempts/:id/submissions': { path: `${foreign}/submissions`, body: work, status: foreignChange },
    'GET /attempts/:id/submissions/:submission/counterexample': {
      path: `${foreign}/submissions/${submission}/counterexample`,
      status: foreignPage,
    },
    'POST /attempts/:id/trials': { path: `${foreign}/trials`, body: work, status: foreignChange },
    'GET /attempts/:id/tables/:name': { path: `${foreign}/tables/tool`, status: foreignPage },
    'GET /docs': { status: 200 },
    'GET /docs/json': { status: 200 },
    'GET /exercises': { status: 200 },
    'GET /exercises/:slug': { path: `/exercises/${exercise}`, status: 200 },
    'GET /exercises/:slug, not published': { path: `/exercises/${draftSlug}`, status: draftPage },
    'GET /health': { status: 200 },
    'GET /health/ready': { status: 200 },
    'GET /leaderboard': { status: 200 },
    'GET /links': { path: '/links?key=guess', status: 403 },
    'POST /links': { body: { key: 'guess', password }, status: 403 },
    'GET /metrics': { status: 200 },
    'GET /register': { status: 200 },
    'POST /sessions': { body: wrong, status: 403 },
    'GET /sign-in': { status: 200 },
    'GET /static/*': { path: '/static/none', status: 404 },
    'POST /users': { body: { name: '?', password }, status: [422, 422, 409, 409, 409] },
    // The last one: afterwards everybody is a visitor.
    'POST /sign-out': { status: 303 },
  }
}

test('every route of the program has an entry, and every entry a route', () => {
  const routes = site.app.routes.map(({ method, path }) => `${method} ${path}`)
  const known = Object.keys(entries()).map((key) => key.replace(/,.*/, ''))
  expect([...new Set(routes)].sort()).toEqual([...new Set(known)].sort())
})

for (const role of roles) {
  test(
    `the ${role} gets from every route what the matrix says`,
    async () => {
      const person = await personOf(role)
      const given: string[] = []
      const expected: string[] = []
      for (const [route, { path, body, status }] of Object.entries(entries())) {
        const [method = '', pattern = ''] = route.replace(/,.*/, '').split(' ')
        const asker = role === 'visitor' ? site.visitor() : person
        const answer = await ask(asker, method, path ?? pattern, body)
        given.push(`${route}: ${answer.status}`)
        expected.push(`${route}: ${typeof status === 'number' ? status : status[roles.indexOf(role)]}`)
      }
      expect(given).toEqual(expected)
    },
    timeoutMs,
  )
}

async function ask(person: Visitor, method: string, path: string, body: Entry['body']): Promise<Response> {
  if (method === 'GET') return await person.get(path)
  if (method === 'PUT' || path.startsWith('/api/')) return await person.api(method, path, body)
  return await person.post(
    path,
    Object.fromEntries(Object.entries(body ?? {}).map(([key, value]) => [key, `${value}`])),
  )
}
