/** Browsers that are let in. The cookie's value is never stored, only its hash. */
import type { Queries } from './connect.ts'
import { isId } from './storable.ts'
import type { Role } from './users.ts'

/** A browser that is let in, as its owner sees it. */
export interface Session {
  id: string
  userAgent: string
  address: string
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
}

/** Who a cookie or an API token stands for. */
export interface Bearer {
  userId: string
  name: string | null
  displayName: string | null
  role: Role
}

/** A bearer by cookie. */
export interface SessionBearer extends Bearer {
  sessionId: string
  createdAt: Date
  lastSeenAt: Date
}

/** A new session. */
export interface NewSession {
  id: string
  userId: string
  tokenHash: Uint8Array
  userAgent: string
  address: string
  now: Date
  expiresAt: Date
}

/** Adds a session. */
export async function insertSession(sql: Queries, session: NewSession): Promise<void> {
  const { id, userId, tokenHash, userAgent, address, now, expiresAt } = session
  await sql`
    insert into sessions (id, user_id, token_hash, user_agent, address, created_at, last_seen_at, expires_at)
    values (${id}, ${userId}, ${tokenHash}, ${userAgent}, ${address}, ${now}, ${now}, ${expiresAt})
  `
}

/** Who the cookie with this hash stands for, where its session has not ended. */
export async function findSessionBearer(
  sql: Queries,
  { tokenHash, now }: { tokenHash: Uint8Array; now: Date },
): Promise<SessionBearer | null> {
  const [bearer] = await sql<SessionBearer[]>`
    select s.id as session_id, s.created_at, s.last_seen_at, u.id as user_id, u.name, u.display_name, u.role
    from sessions s join users u on u.id = s.user_id
    where s.token_hash = ${tokenHash} and s.expires_at > ${now}
  `
  return bearer ?? null
}

/** Notes that a browser was seen, and until when it is let in from now on. */
export async function touchSession(
  sql: Queries,
  { id, userId, now, expiresAt }: { id: string; userId: string; now: Date; expiresAt: Date },
): Promise<void> {
  await sql`update sessions set last_seen_at = ${now}, expires_at = ${expiresAt} where id = ${id}`
  await sql`update users set last_seen_at = ${now} where id = ${userId}`
}

/** A user's sessions that have not ended, the last seen first. */
export async function listSessions(sql: Queries, { userId, now }: { userId: string; now: Date }): Promise<Session[]> {
  return await sql<Session[]>`
    select id, user_agent, address, created_at, last_seen_at, expires_at from sessions
    where user_id = ${userId} and expires_at > ${now} order by last_seen_at desc, id
  `
}

/** Ends one of a user's sessions. False where it is none of theirs. */
export async function deleteSession(sql: Queries, { id, userId }: { id: string; userId: string }): Promise<boolean> {
  if (!isId(id)) return false
  const rows = await sql`delete from sessions where id = ${id} and user_id = ${userId} returning id`
  return rows.length === 1
}

/** Ends all of a user's sessions but one; returns how many. */
export async function deleteOtherSessions(
  sql: Queries,
  { userId, exceptId }: { userId: string; exceptId: string | null },
): Promise<number> {
  const rows = await sql`
    delete from sessions where user_id = ${userId} and (${exceptId}::uuid is null or id <> ${exceptId}) returning id
  `
  return rows.length
}

/** Removes sessions that have ended; returns how many. */
export async function deleteEndedSessions(sql: Queries, { now }: { now: Date }): Promise<number> {
  const rows = await sql`delete from sessions where expires_at <= ${now} returning id`
  return rows.length
}
