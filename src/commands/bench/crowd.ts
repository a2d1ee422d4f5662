/** People who are known to a site without ever having come: made in its control plane, many at once. */
import { startSession } from '../../accounts/sessions.ts'
import { makeToken } from '../../accounts/tokens.ts'
import { findOrCreateAttempt } from '../../store/attempts.ts'
import type { Queries, Sql } from '../../store/connect.ts'
import { newId } from '../../store/storable.ts'
import { insertGuest } from '../../store/users.ts'
import { withControlPlane } from '../control-plane.ts'

/** An exercise in its version. */
export interface Task {
  slug: string
  version: string
}

/** Somebody with a browser that is let in. */
export interface Reader {
  userId: string
  /** The `Cookie` line. */
  cookie: string
  /** Of the attempts, in the order of the tasks. */
  attemptIds: string[]
}

const browser = { userAgent: 'podium bench', address: '192.0.2.1' }
/** In one transaction: waiting for the disk for each person would take minutes. */
const atOnce = 500

/** Works in the control plane of a Podium that runs. */
export async function inControlPlane<Result>(dataDir: string, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  return await withControlPlane({ env: { PODIUM_DATA: dataDir }, flags: {} }, { schema: 'any' }, work)
}

/** Adds people with a session, and an attempt at each of the tasks. */
export async function addReaders(
  sql: Sql,
  { count, tasks }: { count: number; tasks: readonly Task[] },
): Promise<Reader[]> {
  const readers: Reader[] = []
  while (readers.length < count) {
    const amount = Math.min(atOnce, count - readers.length)
    const added = await sql.begin(
      async (transaction) => await Promise.all(Array.from({ length: amount }, () => addReader(transaction, tasks))),
    )
    readers.push(...added)
  }
  return readers
}

async function addReader(sql: Queries, tasks: readonly Task[]): Promise<Reader> {
  const now = new Date()
  const userId = newId()
  await insertGuest(sql, { id: userId, now })
  const { cookie } = await startSession(sql, { userId, browser, now })
  const attemptIds: string[] = []
  for (const exercise of tasks) {
    const { attempt } = await findOrCreateAttempt(sql, { viewer: { userId }, exercise })
    attemptIds.push(attempt.id)
  }
  return { userId, cookie: `podium_session=${cookie}`, attemptIds }
}

/** An API token of a reader: a script's changes need no page. */
export async function tokenOf(sql: Sql, { userId }: Reader): Promise<string> {
  return (await makeToken(sql, { userId, label: 'bench', actorId: null, now: new Date() })).token
}

/** All exercises of a site. */
export async function tasksOf(url: string): Promise<Task[]> {
  const { tracks }: { tracks: { exercises: Task[] }[] } = Object(await (await fetch(`${url}/api/exercises`)).json())
  return tracks.flatMap(({ exercises }) => exercises.map(({ slug, version }) => ({ slug, version })))
}
