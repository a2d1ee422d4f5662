/** What authors see before others do: exercises that are not published, and every reference. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { addUser } from '../accounts/register.ts'
import { changeRole } from '../accounts/users.ts'
import { draftSlug, draftSolution, writeDraftContent } from './draft-content.ts'
import { removeDirectory, type Visitor } from './program.ts'
import { type Site, startSite } from './site.ts'

const timeoutMs = 60_000
const password = 'seven quiet snails'

let content: string
let site: Site

beforeAll(async () => {
  content = await writeDraftContent()
  site = await startSite({ EXERCISES_DIR: content })
}, timeoutMs)

afterAll(async () => {
  await site?.stop()
  await removeDirectory(content)
}, timeoutMs)

async function member(name: string, role: 'learner' | 'author'): Promise<{ visitor: Visitor; id: string }> {
  const { user } = await addUser(site.parts.sql, { addition: { name, role, password }, actorId: null, now: new Date() })
  const visitor = site.visitor()
  await visitor.post('/sessions', { name, password })
  await visitor.get('/exercises')
  return { visitor, id: user.id }
}

const textOf = async (visitor: Visitor, path: string) => await (await visitor.get(path)).text()

test(
  'an author finds an unpublished exercise in the catalogue, opens it and reads the reference without giving up',
  async () => {
    const { visitor } = await member('writer', 'author')
    const catalogue = await textOf(visitor, '/exercises')
    expect(catalogue).toContain('Not published')
    expect(catalogue).toContain(`/exercises/${draftSlug}`)
    const page = await textOf(visitor, `/exercises/${draftSlug}`)
    expect(page).toContain('because you are an author')
    expect(page).toContain('secret_number')
    const listed = await visitor.api('GET', '/api/exercises')
    expect(await listed.text()).toContain('"is_published":false')
  },
  timeoutMs,
)

test(
  'learners and guests find no trace of it: not in the catalogue, on the home page, on the leaderboard or in the API',
  async () => {
    const { visitor } = await member('reader', 'learner')
    for (const asker of [visitor, site.visitor()]) {
      for (const path of ['/', '/exercises', '/leaderboard', '/api/exercises']) {
        const text = await textOf(asker, path)
        expect(text).not.toContain(draftSlug)
        expect(text).not.toContain('Workshop')
      }
      expect((await asker.get('/leaderboard?track=workshop')).status).toBe(404)
    }
    const page = await textOf(visitor, '/exercises/whole-shelf')
    expect(page).not.toContain('because you are an author')
  },
  timeoutMs,
)

test(
  'what an author passes before it is published brings no points, and once an author no more, it is gone',
  async () => {
    const { visitor, id } = await member('tester', 'author')
    const passed = await visitor.api('POST', '/api/submissions', { exercise: draftSlug, sql: draftSolution })
    const { attempt, is_correct: isCorrect } = Object(await passed.json())
    expect(isCorrect).toBe(true)
    expect(await textOf(visitor, '/api/leaderboard')).not.toContain('tester')
    await changeRole(site.parts.sql, { userId: id, role: 'learner', actorId: null, now: new Date() })
    expect((await visitor.get(`/exercises/${draftSlug}`)).status).toBe(404)
    const again = { exercise: draftSlug, sql: 'select 1' }
    expect((await visitor.api('POST', '/api/execute', again)).status).toBe(404)
    expect((await visitor.post(`/attempts/${attempt}/runs`, { sql: 'select 1' })).status).toBe(404)
    expect((await visitor.get(`/attempts/${attempt}/schema`)).status).toBe(404)
  },
  timeoutMs,
)
