/** Browsers that are let in: begun, recognised by their cookie, listed, ended. */
import { Failure } from '../failure.ts'
import { insertAudit } from '../store/audit.ts'
import type { Queries, Sql } from '../store/connect.ts'
import {
  deleteEndedSessions,
  deleteSession,
  findSessionBearer,
  insertSession,
  listSessions,
  type Session,
  touchSession,
} from '../store/sessions.ts'
import { newId } from '../store/storable.ts'
import { getUser } from '../store/users.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { type Browser, type Viewer, viewerOf } from './viewer.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** A session ends when its browser was not seen for so long. */
export const sessionIdleMs = 30 * dayMs

/** A session ends so long after it began, in any case. */
export const sessionLifeMs = 365 * dayMs

// Being seen is written down at most this often.
const touchEveryMs = 5 * minuteMs

/** A browser that was just let in. */
export interface SignedIn {
  viewer: Viewer
  /** The value of the cookie: shown to this browser and nobody else. */
  cookie: string
  /** When the cookie should end. */
  expiresAt: Date
}

/** Lets a browser in as this user. The caller has made sure who it is, and writes the audit row. */
export async function startSession(
  sql: Queries,
  { userId, browser, now }: { userId: string; browser: Browser; now: Date },
): Promise<SignedIn> {
  const user = await getUser(sql, userId)
  const cookie = newSecret()
  const id = newId()
  await insertSession(sql, {
    id,
    userId,
    tokenHash: hashSecret(cookie),
    userAgent: browser.userAgent.toWellFormed().replaceAll('\0', '').slice(0, 300),
    address: browser.address.slice(0, 64),
    now,
    expiresAt: new Date(now.getTime() + sessionIdleMs),
  })
  const viewer = viewerOf({ ...user, userId }, { sessionId: id })
  return { viewer, cookie, expiresAt: new Date(now.getTime() + sessionLifeMs) }
}

/** Who comes with this cookie; null where nobody is let in by it. Prolongs the session now and then. */
export async function findViewerByCookie(
  sql: Queries,
  { cookie, now }: { cookie: string; now: Date },
): Promise<Viewer | null> {
  const bearer = await findSessionBearer(sql, { tokenHash: hashSecret(cookie), now })
  if (!bearer) return null
  const { sessionId: id, userId, createdAt, lastSeenAt } = bearer
  if (now.getTime() - lastSeenAt.getTime() > touchEveryMs) {
    const endMs = Math.min(now.getTime() + sessionIdleMs, createdAt.getTime() + sessionLifeMs)
    await touchSession(sql, { id, userId, now, expiresAt: new Date(endMs) })
  }
  return viewerOf(bearer, { sessionId: id })
}

/** The viewer's browsers, the last seen first; `isCurrent` marks the one that asks. */
export async function listBrowsers(
  sql: Queries,
  { viewer, now }: { viewer: Viewer; now: Date },
): Promise<Array<Session & { isCurrent: boolean }>> {
  const sessions = await listSessions(sql, { userId: viewer.userId, now })
  return sessions.map((session) => ({ ...session, isCurrent: session.id === viewer.sessionId }))
}

/** Signs the viewer's own browser out. Nothing happens where it is out already. */
export async function signOut(sql: Sql, { viewer, now }: { viewer: Viewer; now: Date }): Promise<void> {
  const { sessionId, userId } = viewer
  if (sessionId === null) return
  await sql.begin(async (transaction) => {
    if (!(await deleteSession(transaction, { id: sessionId, userId }))) return
    await insertAudit(transaction, { actorId: userId, action: 'session.ended', subject: userId, now })
  })
}

/**
 * Signs one of the viewer's browsers out.
 *
 * @throws Failure `missing`: none of the viewer's
 */
export async function endSession(
  sql: Sql,
  { id, viewer, now }: { id: string; viewer: Viewer; now: Date },
): Promise<void> {
  await sql.begin(async (transaction) => {
    const { userId } = viewer
    if (!(await deleteSession(transaction, { id, userId })))
      throw new Failure('missing', 'This browser is signed out already.')
    await insertAudit(transaction, { actorId: userId, action: 'session.ended', subject: userId, now })
  })
}

/** Removes what has ended; to be called now and then. Returns how many. */
export async function sweepSessions(sql: Queries, { now }: { now: Date }): Promise<number> {
  return await deleteEndedSessions(sql, { now })
}
