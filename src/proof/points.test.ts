/** Points for answers that are partly right: the same everywhere they show, from handing in to the leaderboard. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { addUser } from '../accounts/register.ts'
import { judgeLeftovers } from '../attempts/submit.ts'
import { encodeAnswer } from '../catalog/answer-files.ts'
import { insertSubmission } from '../store/submissions.ts'
import type { Role } from '../store/users.ts'
import { partlyRight, writeCodeContent } from './code-content.ts'
import { removeDirectory, type Visitor } from './program.ts'
import { type Site, startSite } from './site.ts'

const timeoutMs = 60_000
const password = 'seven quiet snails'
const slug = 'square-it'
const [nothing, part, all] = ['print(0)\n', partlyRight, 'n = int(input())\nprint(n * n)\n']

let content: string
let site: Site

beforeAll(async () => {
  content = await writeCodeContent()
  site = await startSite({ EXERCISES_DIR: content })
}, timeoutMs)

afterAll(async () => {
  await site?.stop()
  await removeDirectory(content)
}, timeoutMs)

async function member(name: string, role: Exclude<Role, 'guest'> = 'learner'): Promise<Visitor> {
  await addUser(site.parts.sql, { addition: { name, role, password }, actorId: null, now: new Date() })
  const visitor = site.visitor()
  await visitor.post('/sessions', { name, password })
  await visitor.get('/exercises')
  return visitor
}

async function handIn(visitor: Visitor, text: string, exercise = slug) {
  const files = { 'main.py': text }
  return Object(await (await visitor.api('POST', '/api/submissions', { exercise, files })).json())
}

/** The text of a page, without its markup. */
async function words(visitor: Visitor, path: string): Promise<string> {
  const page = await (await visitor.get(path)).text()
  return page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

async function ranked(): Promise<[string, number, number][]> {
  const { rows } = Object(await (await site.visitor().get('/api/leaderboard?track=bench')).json())
  return rows.map((row: { name: string; points: number; solved: number }) => [row.name, row.points, row.solved])
}

test(
  'an answer that is partly right brings the same points on every page and in the API, until a better one comes',
  async () => {
    const visitor = await member('Ada')
    expect(await words(visitor, `/exercises/${slug}`)).toContain('10 points, also in parts')
    const first = await handIn(visitor, part)
    expect(first).toMatchObject({ is_correct: false, score: 0.75, tests: { score: 0.75 } })
    expect(await handIn(visitor, nothing)).toMatchObject({ is_correct: false, score: 0 })
    const page = await words(visitor, `/exercises/${slug}`)
    expect(page).toContain('None of 10 points. Your best answer has brought 7.')
    expect(page).toContain('A right answer brings all 10 now; your best one counts 75 % and has brought 7.')
    const home = await words(visitor, '/')
    expect(home).toContain('Partly right 1 exercise, 7 points')
    expect(home).toMatch(/Points 7 of/)
    expect(await words(visitor, '/exercises?track=bench')).toContain('75 % right')
    expect(await words(visitor, '/leaderboard?track=bench')).toContain('Ada (you) 0 7')
    expect(await ranked()).toEqual([['Ada', 7, 0]])
    const attempt = Object(await (await visitor.get(`/api/attempts/${first.attempt}`)).json())
    expect(attempt).toMatchObject({ outcome: 'nearly', best_score: 0.75, accepted_at: null })
    const copy = Object(await (await visitor.get('/account/export')).json())
    expect(copy.attempts).toMatchObject([{ bestScore: 0.75 }])
    expect(copy.submissions.map(({ score }: { score: number }) => score)).toEqual([0.75, 0])
    expect(await handIn(visitor, all)).toMatchObject({ is_correct: true, score: 1 })
    expect(await words(visitor, '/')).toMatch(/Points 10 of/)
    expect(await words(visitor, '/')).not.toContain('Partly right')
    expect(await words(visitor, `/exercises/${slug}`)).toContain('The exercise brought you 10 points.')
    expect(await ranked()).toEqual([['Ada', 10, 1]])
  },
  timeoutMs,
)

test(
  'hints take their share of a part, and the solution all of it, told before',
  async () => {
    const visitor = await member('Bea')
    const { attempt } = await handIn(visitor, part)
    expect(await words(visitor, `/exercises/${slug}`)).toContain(
      'It costs 2 of the 10 points, and of the 7 that you have 6 stay.',
    )
    await visitor.post(`/attempts/${attempt}/hints`, { number: '1' })
    expect(await words(visitor, `/exercises/${slug}`)).toContain('That counts 75 %: 6 of 8 points.')
    expect(await ranked()).toContainEqual(['Bea', 6, 0])
    const question = await visitor.post(`/attempts/${attempt}/solutions`, {})
    expect(await question.text()).toContain('The 6 points that you have for a part are gone too.')
    await visitor.post(`/attempts/${attempt}/solutions`, { confirmed: 'yes' })
    expect(await words(visitor, `/exercises/${slug}`)).toContain('The solution was shown, so it brings no points.')
    expect((await ranked()).map(([name]) => name)).not.toContain('Bea')
    expect(await words(visitor, '/')).toMatch(/Points 0 of/)
  },
  timeoutMs,
)

test(
  'where an exercise says nothing of weights it is all or nothing',
  async () => {
    const visitor = await member('Cara')
    const half = await handIn(visitor, 'print(3)\n', 'add-up')
    expect(half).toMatchObject({ is_correct: false, score: 0, tests: { score: 0.5 } })
    const page = await words(visitor, '/exercises/add-up')
    expect(page).not.toContain('also in parts')
    expect(page).not.toContain('% right')
    expect((await ranked()).map(([name]) => name)).not.toContain('Cara')
    const { tracks } = Object(await (await visitor.get('/api/exercises')).json())
    const own = tracks.find((track: { slug: string }) => track.slug === 'bench').exercises
    const gives = own.map((each: { slug: string; gives_part: boolean }) => [each.slug, each.gives_part])
    expect(Object.fromEntries(gives)).toMatchObject({ 'add-up': false, [slug]: true })
  },
  timeoutMs,
)

test(
  'authors and administrators practise and see their points, but are not ranked',
  async () => {
    for (const role of ['author', 'admin'] as const) {
      const visitor = await member(`one-${role}`, role)
      expect(await handIn(visitor, all)).toMatchObject({ is_correct: true })
      expect(await words(visitor, '/')).toMatch(/Points 10 of/)
      expect(await words(visitor, '/leaderboard')).not.toContain(`one-${role} (you)`)
      expect((await ranked()).map(([name]) => name)).not.toContain(`one-${role}`)
    }
  },
  timeoutMs,
)

test(
  'whoever signs in keeps the better one of what they did as a guest and before',
  async () => {
    const before = await member('Dora')
    await handIn(before, nothing)
    const guest = site.visitor()
    await guest.get(`/exercises/${slug}`)
    await handIn(guest, part)
    await guest.post('/sessions', { name: 'Dora', password })
    expect(await words(guest, '/')).toContain('Partly right 1 exercise, 7 points')
    expect(await ranked()).toContainEqual(['Dora', 7, 0])
    const { submissions } = Object(await (await guest.get('/api/submissions')).json())
    expect(submissions.map(({ score }: { score: number }) => score)).toEqual([0.75, 0])
  },
  timeoutMs,
)

test(
  'an answer that a crash left without a verdict brings its part at the next start, however often it is graded',
  async () => {
    const visitor = await member('Gil')
    const { attempt } = await handIn(visitor, nothing)
    const { sql, desk, library } = site.parts
    await insertSubmission(sql, { attemptId: attempt, text: encodeAnswer([['main.py', part]]) })
    const find = async (wanted: string) => library.find(wanted, 'all')
    await Promise.all([judgeLeftovers(desk, find), judgeLeftovers(desk, find)])
    expect(await ranked()).toContainEqual(['Gil', 7, 0])
    const log = Object(await (await visitor.get(`/api/attempts/${attempt}`)).json())
    const verdicts = log.events.filter(({ kind }: { kind: string }) => kind === 'verdict')
    expect(verdicts.map(({ payload }: { payload: { score: number } }) => payload.score)).toEqual([0, 0.75])
  },
  timeoutMs,
)

test(
  "somebody else's attempt is not found, whatever is wrong with the request",
  async () => {
    const owner = await member('Eva')
    const { attempt } = await handIn(owner, nothing)
    const statuses = async (visitor: Visitor) => [
      (await visitor.api('GET', `/api/attempts/${attempt}?after=-1`)).status,
      (await visitor.api('GET', '/api/attempts/none?after=-1')).status,
    ]
    expect(await statuses(await member('Fay'))).toEqual([404, 404])
    expect(await statuses(site.visitor())).toEqual([401, 401])
    expect(await statuses(owner)).toEqual([422, 404])
  },
  timeoutMs,
)
