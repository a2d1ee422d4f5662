/** Personal API tokens and links that work once. Only hashes of either are stored. */
import type { Queries } from './connect.ts'
import type { Bearer } from './sessions.ts'
import { isId } from './storable.ts'

/** A personal API token, as its owner sees it. */
export interface Token {
  id: string
  label: string
  /** How the token begins, to tell it from others. */
  beginning: string
  createdAt: Date
  expiresAt: Date
  lastUsedAt: Date | null
}

/** A new token. */
export interface NewToken {
  id: string
  userId: string
  label: string
  beginning: string
  tokenHash: Uint8Array
  now: Date
  expiresAt: Date
}

/** Adds a token. */
export async function insertToken(sql: Queries, token: NewToken): Promise<void> {
  const { id, userId, label, beginning, tokenHash, now, expiresAt } = token
  await sql`
    insert into tokens (id, user_id, label, beginning, token_hash, created_at, expires_at)
    values (${id}, ${userId}, ${label}, ${beginning}, ${tokenHash}, ${now}, ${expiresAt})
  `
}

/** A bearer by API token. */
export interface TokenBearer extends Bearer {
  tokenId: string
  lastUsedAt: Date | null
}

/** Who the token with this hash stands for, where it has not expired. */
export async function findTokenBearer(
  sql: Queries,
  { tokenHash, now }: { tokenHash: Uint8Array; now: Date },
): Promise<TokenBearer | null> {
  const [bearer] = await sql<TokenBearer[]>`
    select t.id as token_id, t.last_used_at, u.id as user_id, u.name, u.display_name, u.role
    from tokens t join users u on u.id = t.user_id
    where t.token_hash = ${tokenHash} and t.expires_at > ${now}
  `
  return bearer ?? null
}

/** Notes that a token was used. */
export async function touchToken(sql: Queries, { id, now }: { id: string; now: Date }): Promise<void> {
  await sql`update tokens set last_used_at = ${now} where id = ${id}`
}

/** A user's tokens, the newest first; expired ones too. */
export async function listTokens(sql: Queries, userId: string): Promise<Token[]> {
  return await sql<Token[]>`
    select id, label, beginning, created_at, expires_at, last_used_at from tokens
    where user_id = ${userId} order by created_at desc, id
  `
}

/** Revokes one of a user's tokens. False where it is none of theirs. */
export async function deleteToken(sql: Queries, { id, userId }: { id: string; userId: string }): Promise<boolean> {
  if (!isId(id)) return false
  const rows = await sql`delete from tokens where id = ${id} and user_id = ${userId} returning id`
  return rows.length === 1
}

/** Revokes all of a user's tokens; returns how many. */
export async function deleteTokens(sql: Queries, userId: string): Promise<number> {
  const rows = await sql`delete from tokens where user_id = ${userId} returning id`
  return rows.length
}
