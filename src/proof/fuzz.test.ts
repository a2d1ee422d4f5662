/**
 * Ten thousand requests that the API's own documentation leads to, right and wrong ones, and some thousand to the
 * pages: no answer is an error of Podium's. `PODIUM_FUZZ_SEED` and `PODIUM_FUZZ_REQUESTS` take the place of the seed
 * and the number; a request is made again by its seed and number alone.
 */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { toOpenAPISchema } from '@elysiajs/openapi'
import { type Operation, operationsOf } from './fuzz/operations.ts'
import { randomFrom } from './fuzz/random.ts'
import { rawKindsCount, rawRequest, sendRaw } from './fuzz/raw-requests.ts'
import { type FuzzSession, openFuzzSession } from './fuzz/session.ts'
import { startSite } from './site.ts'

const seed = process.env['PODIUM_FUZZ_SEED'] ?? 'two quiet rivers'
const requestsCount = Number(process.env['PODIUM_FUZZ_REQUESTS'] ?? 10_000)
const timeoutMs = 240_000

let session: FuzzSession

beforeAll(async () => {
  session = await openFuzzSession()
  console.log(`fuzz seed: ${seed}`)
}, timeoutMs)

afterAll(async () => await session.stop(), timeoutMs)

/** Returns the operations that were reached. */
async function expectNoComplaint(operations: readonly Operation[], count: number): Promise<Set<string>> {
  const { complaints, statuses, reached } = await session.fuzz(operations, { seed, count })
  console.log(`fuzz answers: ${statuses}`)
  expect(complaints).toEqual([])
  return reached
}

test(
  'ten thousand requests to the API get no error of Podium, and every refusal is a problem document',
  async () => {
    const operations = operationsOf(await (await fetch(`${session.program.url}/docs/json`)).json())
    const reached = await expectNoComplaint(operations, requestsCount)
    // Wrong requests alone would prove little.
    expect([...reached].sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort())
  },
  timeoutMs,
)

test(
  'pages and their forms get no error of Podium either',
  async () => {
    const site = await startSite()
    const operations = operationsOf(toOpenAPISchema(site.app))
    await site.stop()
    const pages = operations.filter(({ path }) => !/^\/(api|health|metrics|docs|static)/.test(path))
    expect(pages.map(({ path }) => path)).toContain('/attempts/{id}/draft')
    await expectNoComplaint(pages, requestsCount / 4)
  },
  timeoutMs,
)

test(
  'bytes that are no request get no error of Podium',
  async () => {
    const kinds = Array.from({ length: rawKindsCount }, (_, kind) => kind)
    const answers = await Promise.all(
      kinds.map(
        async (kind) => await sendRaw(session.program.url, rawRequest(randomFrom(`${seed} raw ${kind}`), kind)),
      ),
    )
    // 505 is right where the version is no version.
    expect(answers.filter((answer) => /^HTTP\/1\.1 5(?!05)/.test(answer))).toEqual([])
  },
  timeoutMs,
)

test(
  'afterwards Podium is well, works for everybody, and has no error in its log',
  async () => {
    const { program, people, known } = session
    expect((await fetch(`${program.url}/health/ready`)).status).toBe(200)
    for (const person of people) {
      const response = await fetch(`${program.url}/api/execute`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...person.credentials(true) },
        body: JSON.stringify({ exercise: known.slugs[0], sql: 'select 6 * 7 as answer' }),
      })
      const answer = await response.text()
      if (person.name === 'visitor') expect(response.status).toBe(401)
      else expect(`${person.name}: ${answer}`).toContain('"42"')
    }
    const errors = program
      .output()
      .split('\n')
      .filter((line) => !line.startsWith('{') || line.includes('"level":"error"'))
    expect(errors.filter((line) => !isGreeting(line))).toEqual([])
  },
  timeoutMs,
)

/** What every start prints. */
function isGreeting(line: string): boolean {
  return line === '' || line.startsWith('  ') || line.startsWith('Podium is ready')
}
