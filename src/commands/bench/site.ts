/** A running Podium with the bench's exercises, and people who may use it with API tokens. */
import { join } from 'node:path'
import { makeToken } from '../../accounts/tokens.ts'
import type { Sql } from '../../store/connect.ts'
import { newId } from '../../store/storable.ts'
import { insertUser } from '../../store/users.ts'
import { withControlPlane } from '../control-plane.ts'
import { writeCodeExercises } from './code-content.ts'
import { exercisesMax, query, queryRows, slugOf, writeExercises } from './content.ts'
import { type Program, startProgram } from './program.ts'
import type { Scratch } from './scratch.ts'

/** Who runs something, and in which exercise. */
export interface Place {
  token: string
  slug: string
}

/** The site. */
export interface Site {
  readonly program: Program
  /** Ends all sandboxes: the same people and exercises in a program that was started anew. */
  restart(): Promise<void>
  /** Somebody who never was in that exercise. Each person is used for a few. */
  freshPlace(): Place
  /** Runs the bench's query. Throws where its rows don't come. */
  execute(place: Place): Promise<void>
  /** Hands in the right answer. Throws where it is not accepted. */
  submit(place: Place): Promise<void>
  /** Claims since the program was started that found a ready sandbox, or for which one was made. */
  claims(result: 'hit' | 'miss'): Promise<number>
}

/** Three sandboxes each: a round of samples must not end sandboxes of its own, which is work beside the claim. */
const peopleCount = 50

/** Starts it; its end is noted in the bench's directory. */
export async function openSite(scratch: Scratch): Promise<Site> {
  const exercises = join(scratch.directory, 'exercises')
  await writeExercises(exercises)
  await writeCodeExercises(exercises)
  const dataDir = join(scratch.directory, 'site')
  const start = async () => await startProgram(scratch, { dataDir, env: { EXERCISES_DIR: exercises } })
  let program = await start()
  const use = { env: { PODIUM_DATA: dataDir }, flags: {} }
  const tokens = await withControlPlane(use, { schema: 'any' }, async (sql) => {
    return await Promise.all(Array.from({ length: peopleCount }, async (_, number) => await addPerson(sql, number)))
  })
  let places = 0
  return {
    get program() {
      return program
    },
    restart: async () => {
      await program.stop()
      program = await start()
    },
    freshPlace: () => {
      const token = tokens[places % peopleCount]
      const slug = slugOf(Math.floor(places / peopleCount) % exercisesMax)
      places += 1
      if (token === undefined) throw new Error('there are no people')
      return { token, slug }
    },
    execute: async (place) => checkRows(await post(program, '/api/execute', place, query)),
    submit: async (place) => checkVerdict(await post(program, '/api/submissions', place, query)),
    claims: async (result) => {
      const text = await (await fetch(`${program.url}/metrics`)).text()
      const line = `podium_sandbox_claims_total{kind="database",result="${result}"} `
      return Number(
        text
          .split('\n')
          .find((each) => each.startsWith(line))
          ?.slice(line.length) ?? 0,
      )
    },
  }
}

/** Without a password: nobody signs in here, and hashing fifty would take seconds. */
async function addPerson(sql: Sql, number: number): Promise<string> {
  const now = new Date()
  const id = newId()
  const nobody = { displayName: null, email: null, passwordHash: 'none' }
  await insertUser(sql, { ...nobody, id, name: `bench-${number}`, role: 'learner', now })
  return (await makeToken(sql, { userId: id, label: 'bench', actorId: null, now })).token
}

async function post({ url }: Program, path: string, { token, slug }: Place, sql: string): Promise<unknown> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ exercise: slug, sql }),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${(await response.text()).slice(0, 200)}`)
  return await response.json()
}

function checkRows(answer: unknown): void {
  const rows = at(at(at(answer, 'statements'), 0), 'rows')
  if (!Array.isArray(rows) || rows.length !== queryRows)
    throw new Error(`wrong answer: ${JSON.stringify(answer).slice(0, 200)}`)
}

function checkVerdict(answer: unknown): void {
  if (at(answer, 'is_correct') !== true) throw new Error(`not accepted: ${JSON.stringify(answer).slice(0, 200)}`)
}

function at(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
