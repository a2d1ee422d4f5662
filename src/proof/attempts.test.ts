/** What a person may do in an attempt, and what others may not, over HTTP against the compiled program. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { createVisitor, type Program, removeDirectory, runCommand, startProgram, type Visitor } from './program.ts'

const reading = 'whole-shelf'
const writing = 'three-new-customers'
const solution = readFileSync(`${import.meta.dir}/../../exercises/first-queries/${reading}/solution.sql`, 'utf8')
const timeoutMs = 120_000

// One test that took too long would take the program from all others: see `startProgram`.
setDefaultTimeout(timeoutMs)

let program: Program

beforeAll(async () => {
  program = await startProgram()
}, timeoutMs)

afterAll(async () => {
  await program.stop()
  await removeDirectory(program.dataDir)
}, timeoutMs)

interface Person {
  visitor: Visitor
  attempt: string
}

async function open(slug: string, visitor = createVisitor(program.url)): Promise<Person> {
  const page = await (await visitor.get(`/exercises/${slug}`)).text()
  const attempt = /data-attempt="([^"]+)"/.exec(page)?.[1]
  if (attempt === undefined) throw new Error(`no attempt on the page of ${slug}`)
  return { visitor, attempt }
}

async function execute({ visitor }: Person, exercise: string, sql: string): Promise<Record<string, unknown>> {
  const response = await visitor.api('POST', '/api/execute', { exercise, sql })
  expect(response.status).toBe(200)
  return Object(await response.json())
}

describe('an attempt', () => {
  test('is found by nobody else, whatever they try', async () => {
    const owner = await open(reading)
    const other = await open(reading)
    for (const [method, path] of [
      ['PUT', 'draft'],
      ['POST', 'runs'],
      ['POST', 'submissions'],
      ['POST', 'programs'],
      ['POST', 'trials'],
      ['POST', 'starters'],
      ['POST', 'hints'],
      ['POST', 'solutions'],
      ['POST', 'cancellations'],
      ['POST', 'resets'],
      ['POST', 'replays'],
      ['POST', 'drafts/none/restorations'],
    ] as const) {
      // Not all of them take such a body; nobody learns that of what isn't theirs.
      const body = { sql: 'select 1', text: 'stolen', version: 0 }
      const response = await other.visitor.api(method, `/attempts/${owner.attempt}/${path}`, body)
      expect([path, response.status]).toEqual([path, 404])
    }
    const page = await (await owner.visitor.get(`/exercises/${reading}`)).text()
    expect(page).not.toContain('stolen')
  })

  test('takes no change without the token of its own session', async () => {
    const owner = await open(reading)
    const other = await open(reading)
    const forged = await fetch(`${program.url}/attempts/${owner.attempt}/runs`, {
      method: 'POST',
      headers: { cookie: other.visitor.cookies() },
      body: new URLSearchParams({ sql: 'select 1' }),
    })
    expect(forged.status).toBe(403)
    const crossSite = await fetch(`${program.url}/sessions`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ name: 'a', password: 'b' }),
    })
    expect(crossSite.status).toBe(403)
  })

  test('keeps the draft that came first, and shows it to the one who comes later', async () => {
    const { visitor, attempt } = await open(reading)
    const save = (text: string, version: number) => visitor.api('PUT', `/attempts/${attempt}/draft`, { text, version })
    expect(await (await save('first', 0)).json()).toMatchObject({ version: 1 })
    const late = await save('second', 0)
    expect(late.status).toBe(409)
    expect(await late.json()).toMatchObject({ version: 1, text: 'first' })
    expect((await save('first', 0)).status).toBe(200)
  })

  test('runs one query at a time, and another person runs meanwhile', async () => {
    const person = await open(reading)
    const { ended } = await startSlowly(person)
    const neighbour = await open(reading)
    expect(await execute(neighbour, reading, 'select 1')).toMatchObject({ end: 'completed' })
    await person.visitor.post(`/attempts/${person.attempt}/cancellations`, {})
    expect(await ended).toMatchObject({ end: 'cancelled' })
  })

  test('cancels what runs, at once', async () => {
    const person = await open(reading)
    const { ended } = await startSlowly(person)
    const cancelledAt = performance.now()
    expect((await person.visitor.post(`/attempts/${person.attempt}/cancellations`, {})).status).toBe(204)
    expect(await ended).toMatchObject({ end: 'cancelled' })
    // A tenth of a second in truth; a machine with better things to do gets ten, of the 25 it would take.
    expect(performance.now() - cancelledAt).toBeLessThan(10_000)
  })
})

/** A query that takes 25 s and certainly runs: of two that are sent together one is refused because of the other. */
async function startSlowly(
  { visitor }: Person,
  exercise = reading,
  sql = 'select pg_sleep(25)',
): Promise<{ ended: Promise<unknown> }> {
  const send = () => visitor.api('POST', '/api/execute', { exercise, sql })
  const both = [send(), send()]
  const refused = await Promise.race(both.map(async (sent, place) => ({ place, status: (await sent).status })))
  expect(refused.status).toBe(409)
  const running = both[1 - refused.place]
  return { ended: running === undefined ? Promise.resolve(null) : running.then((response) => response.json()) }
}

describe('a database that was changed', () => {
  test('is reset only after asking, comes back fresh, and can be replayed', async () => {
    const person = await open(writing)
    const { visitor, attempt } = person
    expect(await execute(person, writing, 'create table mine (n int); insert into mine values (7)')).toMatchObject({
      end: 'completed',
    })
    const asked = await (await visitor.post(`/attempts/${attempt}/resets`, {})).text()
    expect(asked).toContain('Start with a fresh database?')
    expect(await execute(person, writing, 'select n from mine')).toMatchObject({ end: 'completed' })
    const done = await (await visitor.post(`/attempts/${attempt}/resets`, { confirmed: 'yes' })).text()
    expect(done).toContain('The database is fresh.')
    expect(done).toContain('<!doctype html>')
    expect(await execute(person, writing, 'select n from mine')).toMatchObject({ end: 'error' })
    await (await visitor.post(`/attempts/${attempt}/replays`, {})).text()
    const { statements } = await execute(person, writing, 'select n from mine')
    expect(statements).toMatchObject([{ rows: [['7']] }])
  })

  test('is replayed once, however often that is asked for at once', async () => {
    const person = await open(writing)
    const { visitor, attempt } = person
    await execute(person, writing, 'create table once (n int); insert into once values (7)')
    await visitor.post(`/attempts/${attempt}/resets`, { confirmed: 'yes' })
    const asked: Promise<Response>[] = []
    for (let time = 0; time < 25; time += 1) {
      asked.push(visitor.post(`/attempts/${attempt}/replays`, {}))
      // Some of them shall come just when the one before has ended.
      await Bun.sleep(time % 8)
    }
    await Promise.all(asked)
    const { statements } = await execute(person, writing, 'select count(*) from once')
    expect(statements).toMatchObject([{ rows: [['1']] }])
  })

  test('in the middle of a run is fresh afterwards: what that run had changed went with the other', async () => {
    const person = await open(writing)
    const { visitor, attempt } = person
    await execute(person, writing, 'create table before (n int)')
    const { ended } = await startSlowly(person, writing, 'create table gone (n int); select pg_sleep(25)')
    // The first statement takes its moment; where it is not there yet, this proves less.
    await Bun.sleep(1_000)
    const done = await (await visitor.post(`/attempts/${attempt}/resets`, { confirmed: 'yes' })).text()
    expect(done).toContain('The database is fresh.')
    expect(['cancelled', 'lost']).toContain(String(Object(await ended).end))
    expect(await execute(person, writing, 'select * from gone')).toMatchObject({ end: 'error', sandbox_lost: null })
    const again = await (await visitor.post(`/attempts/${attempt}/resets`, {})).text()
    expect(again).not.toContain('Start with a fresh database?')
  })

  test('keeps committed rows between runs, but neither settings nor an open transaction', async () => {
    const person = await open(writing)
    await execute(person, writing, "create table kept (n int); set statement_timeout = '7s'")
    const { statements } = await execute(person, writing, 'show statement_timeout')
    expect(JSON.stringify(statements)).not.toContain('7s')
    const open_ = await execute(person, writing, 'begin; insert into kept values (1)')
    expect(open_).toMatchObject({ is_rolled_back: true })
    expect(await execute(person, writing, 'select count(*) from kept')).toMatchObject({
      statements: [{ rows: [['0']] }],
    })
  })
})

describe('rubbish', () => {
  test('gets a clear answer and never a 5xx', async () => {
    const person = await open(reading)
    const { visitor, attempt } = person
    const requests: [string, string, unknown, number][] = [
      ['POST', '/api/execute', { exercise: 'no-such', sql: 'select 1' }, 404],
      ['POST', '/api/execute', { exercise: reading }, 422],
      ['POST', '/api/execute', { exercise: reading, sql: 7 }, 422],
      ['POST', '/api/execute', { exercise: reading, sql: 'x'.repeat(300_000) }, 422],
      ['POST', '/attempts/not-an-id/runs', { sql: 'select 1' }, 404],
      ['PUT', `/attempts/${attempt}/draft`, { text: 'a', version: -1 }, 422],
      ['PUT', `/attempts/${attempt}/draft`, { text: 'a', version: 99 }, 422],
      ['GET', '/api/exercises/..%2f..%2fetc', undefined, 404],
      ['GET', '/static/../package.json', undefined, 404],
      ['GET', '/static/%2e%2e/package.json', undefined, 404],
    ]
    for (const [method, path, body, status] of requests) {
      const response = await visitor.api(method, path, body)
      expect([path, response.status]).toEqual([path, status])
    }
    expect(await execute(person, reading, 'selec 1')).toMatchObject({
      end: 'error',
      statements: [{ error: { code: '42601', position: 0 } }],
    })
    expect(await execute(person, reading, '')).toMatchObject({ end: 'completed', statements: [] })
    expect(await execute(person, reading, 'select 1 \0')).toMatchObject({ end: 'error' })
    expect(await execute(person, reading, '\\d item')).toMatchObject({ end: 'error' })
    expect(await execute(person, reading, "copy item to '/tmp/x'")).toMatchObject({ end: 'error' })
    expect(await execute(person, reading, 'copy item from stdin')).toMatchObject({ end: 'error' })
  })
})

describe('a script with an API token', () => {
  test('runs SQL and hands in an answer; without one it is told to sign in', async () => {
    await runCommand(program.dataDir, ['user', 'add', 'ada'])
    const token = (await runCommand(program.dataDir, ['user', 'token', 'ada'])).stdout.trim()
    const post = (path: string, body: unknown, headers: Record<string, string>) =>
      fetch(program.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    const authorization = `Bearer ${token}`
    const ran = await post('/api/execute', { exercise: reading, sql: 'select 1 as one' }, { authorization })
    expect(await ran.json()).toMatchObject({
      end: 'completed',
      statements: [{ columns: [{ name: 'one', type: 'int4' }] }],
    })
    const right = await post('/api/submissions', { exercise: reading, sql: solution }, { authorization })
    expect(await right.json()).toMatchObject({ is_correct: true, verdict: 'accepted' })
    const wrong = await post('/api/submissions', { exercise: reading, sql: 'select 1' }, { authorization })
    const judged = await wrong.json()
    expect(judged).toMatchObject({ is_correct: false, verdict: 'wrong_answer', table: null, datasets_passed: 0 })
    const smallest = await fetch(`${program.url}/api/submissions/${judged.id}/counterexample`, {
      headers: { authorization },
    })
    // Its columns are wrong, which no row explains.
    expect(await smallest.json()).toEqual({ counterexample: null })
    expect((await post('/api/execute', { exercise: reading, sql: 'select 1' }, {})).status).toBe(401)
    const bad = await post(
      '/api/execute',
      { exercise: reading, sql: 'select 1' },
      { authorization: 'Bearer pod_wrong' },
    )
    expect(bad.status).toBe(401)
  })
})

test('no page and no answer carries the reference solution', async () => {
  const { visitor } = await open(reading)
  const marker = solution.replaceAll(/\s+/g, ' ').trim()
  for (const path of ['/', '/exercises', `/exercises/${reading}`, '/api/exercises', `/api/exercises/${reading}`]) {
    const text = await (await visitor.get(path)).text()
    expect(text.replaceAll(/\s+/g, ' ')).not.toContain(marker)
  }
})
