/** A program under fuzz: who asks it, what they may name, and what is wrong with its answers. */
import { type Program, removeDirectory, startProgram } from '../program.ts'
import { complaintOf } from './judge.ts'
import type { Operation } from './operations.ts'
import { gatherPeople, type Person, password } from './people.ts'
import { type FuzzRequest, type Known, requestOf } from './requests.ts'

/** Requests that are under way at once. */
const lanesCount = 12
/** After so many, more of them say nothing new. */
const complaintsMax = 40

/** What came of many requests. */
export interface FuzzOutcome {
  complaints: string[]
  /** How many answers had which status, for the reader of the log. */
  statuses: string
  /** Operations that did at least once what they are for. */
  reached: Set<string>
}

/** A started program. */
export interface FuzzSession {
  program: Program
  people: readonly Person[]
  known: Known
  /** Sends the requests of these numbers. */
  fuzz(operations: readonly Operation[], options: { seed: string; count: number }): Promise<FuzzOutcome>
  stop(): Promise<void>
}

/** Starts it. */
export async function openFuzzSession(): Promise<FuzzSession> {
  // Every request comes from an address of its own, so that no limit on tries hides what is behind it.
  const env = { TRUSTED_PROXIES: '127.0.0.1', PODIUM_LOG_LEVEL: 'warn', PODIUM_QUERY_TIMEOUT: '2s' }
  const program = await startProgram({ env })
  const people = await gatherPeople(program)
  const known = await discover(program, people)
  const send = async (request: FuzzRequest, number: number) => await answerTo({ program, people, request, number })
  return {
    program,
    people,
    known,
    fuzz: async (operations, { seed, count }) => {
      const make = (number: number) => requestOf({ seed, number }, operations, known)
      const reached = new Set<string>()
      const outcome = await inLanes(count, async (number) => {
        const request = make(number)
        const { status, complaint } = await send(request, number)
        if (status >= 200 && status < 400) reached.add(request.operation)
        const told = complaint === null ? null : `${described(request, number, people)} → ${complaint}`
        return { status, complaint: told }
      })
      return { ...outcome, reached }
    },
    stop: async () => {
      await program.stop()
      await removeDirectory(program.dataDir)
    },
  }
}

/** Exercises of one dataset, and what everybody has done in the first of them. */
async function discover({ url }: Program, people: readonly Person[]): Promise<Known> {
  const { tracks } = Object(await (await fetch(`${url}/api/exercises`)).json())
  const slugs: string[] = tracks[0].exercises.slice(0, 3).map(({ slug }: { slug: string }) => slug)
  const answers: { attempt: string; id: string }[] = []
  for (const person of people.filter(({ name }) => name !== 'visitor')) {
    const headers = { 'content-type': 'application/json', ...person.credentials(true) }
    const body = JSON.stringify({ exercise: slugs[0], sql: 'select 1' })
    const response = await fetch(`${url}/api/submissions`, { method: 'POST', headers, body })
    if (!response.ok) throw new Error(`${person.name} could not hand in: ${await response.text()}`)
    answers.push(Object(await response.json()))
  }
  return {
    slugs,
    tracks: tracks.map(({ slug }: { slug: string }) => slug),
    attempts: answers.map(({ attempt }) => attempt),
    submissions: answers.map(({ id }) => id),
    logins: people.map(({ name, hasAccount }) => (hasAccount ? (name.split(' ')[0] ?? '') : null)),
    password,
  }
}

interface Sent {
  program: Program
  people: readonly Person[]
  request: FuzzRequest
  number: number
}

async function answerTo({ program, people, request, number }: Sent) {
  const person = people[request.person]
  const isChange = !['GET', 'HEAD', 'OPTIONS'].includes(request.method)
  const headers = new Headers(person?.credentials(isChange))
  // Metrics are for this machine only.
  const isForwarded = request.operation !== 'GET /metrics'
  if (isForwarded) headers.set('x-forwarded-for', `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`)
  if (request.body !== null && request.body.contentType !== null) headers.set('content-type', request.body.contentType)
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, value)
  const init = { method: request.method, headers, body: request.body?.bytes ?? null, redirect: 'manual' } as const
  try {
    const response = await fetch(program.url + request.target, init)
    const body = await response.text()
    await person?.receive(response)
    return { status: response.status, complaint: complaintOf(request, response, body) }
  } catch (error) {
    return { status: 0, complaint: `no answer: ${error}` }
  }
}

async function inLanes(
  count: number,
  send: (number: number) => Promise<{ status: number; complaint: string | null }>,
): Promise<Omit<FuzzOutcome, 'reached'>> {
  const complaints: string[] = []
  const counts = new Map<number, number>()
  let next = 0
  const lane = async () => {
    while (next < count && complaints.length < complaintsMax) {
      const number = next
      next += 1
      const { status, complaint } = await send(number)
      counts.set(status, (counts.get(status) ?? 0) + 1)
      if (complaint !== null) complaints.push(complaint)
    }
  }
  await Promise.all(Array.from({ length: lanesCount }, lane))
  const statuses = [...counts].sort(([one], [other]) => one - other).map(([status, times]) => `${status} × ${times}`)
  return { complaints, statuses: statuses.join(', ') }
}

function described({ person, method, target, body }: FuzzRequest, number: number, people: readonly Person[]): string {
  const sent = body === null ? '' : ` ${new TextDecoder().decode(body.bytes).slice(0, 200)}`
  return `#${number} ${people[person]?.name}: ${method} ${target.slice(0, 200)}${sent}`
}
