/** Links that work once: to become the first administrator, or to choose a new password. */
import type { Queries } from './connect.ts'

/** What a link is good for. */
export type LinkPurpose = 'admin' | 'password'

/** A new link; `userId` names whose password it is about. */
export interface NewLink {
  id: string
  purpose: LinkPurpose
  userId: string | null
  tokenHash: Uint8Array
  now: Date
  expiresAt: Date
}

/** Adds a link. Earlier ones of the same purpose and person stop working. */
export async function insertLink(sql: Queries, link: NewLink): Promise<void> {
  const { id, purpose, userId, tokenHash, now, expiresAt } = link
  await sql`
    delete from links where (purpose = ${purpose} and user_id is not distinct from ${userId}::uuid) or expires_at <= ${now}
  `
  await sql`
    insert into links (id, purpose, user_id, token_hash, created_at, expires_at)
    values (${id}, ${purpose}, ${userId}, ${tokenHash}, ${now}, ${expiresAt})
  `
}

/** The unused link with this hash, without using it up. */
export async function findLink(
  sql: Queries,
  { tokenHash, now }: { tokenHash: Uint8Array; now: Date },
): Promise<{ purpose: LinkPurpose; userId: string | null } | null> {
  const [link] = await sql<{ purpose: LinkPurpose; userId: string | null }[]>`
    select purpose, user_id from links where token_hash = ${tokenHash} and used_at is null and expires_at > ${now}
  `
  return link ?? null
}

/** Uses a link up. Null where it is unknown, used or expired: of two who come at once, one gets it. */
export async function useLink(
  sql: Queries,
  { tokenHash, purpose, now }: { tokenHash: Uint8Array; purpose: LinkPurpose; now: Date },
): Promise<{ userId: string | null } | null> {
  const [link] = await sql<{ userId: string | null }[]>`
    update links set used_at = ${now}
    where token_hash = ${tokenHash} and purpose = ${purpose} and used_at is null and expires_at > ${now}
    returning user_id
  `
  return link ?? null
}
