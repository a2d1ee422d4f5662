/** Who did what that others must be able to look up. A row is written in the transaction of the act it tells of. */
import type { Queries } from './connect.ts'
import { isId, storableJson } from './storable.ts'

/** What is audited. */
export type AuditAction =
  | 'user.registered'
  | 'user.added'
  | 'user.deleted'
  | 'user.role_changed'
  | 'user.password_changed'
  | 'session.started'
  | 'session.refused'
  | 'session.ended'
  | 'token.made'
  | 'token.revoked'
  | 'link.made'
  | 'link.used'
  | 'sandbox.ended'
  | 'catalog.changed'
  | 'backup.restored'

/** Something that was done. */
export interface AuditEntry {
  /** Who did it; null for the command line and for people not signed in. */
  actorId: string | null
  action: AuditAction
  /** The id of what it was done to; never a name. */
  subject?: string
  detail?: Record<string, string | number | boolean | null>
  now: Date
}

/** A row of the log as administrators read it. Names are those of today; a deleted person has none. */
export interface AuditRow {
  id: string
  at: Date
  actorId: string | null
  actorName: string | null
  action: AuditAction
  subject: string
  subjectName: string | null
  detail: Record<string, string | number | boolean | null>
}

/** Writes an entry. */
export async function insertAudit(sql: Queries, entry: AuditEntry): Promise<void> {
  const { actorId, action, subject = '', detail = {}, now } = entry
  await sql`
    insert into audit (at, actor_id, action, subject, detail)
    values (${now}, ${actorId}, ${action}, ${subject}, ${storableJson(detail)}::text::jsonb)
  `
}

/** Which rows: a family of actions (`user`) or one of them (`user.added`), a person who acted or was acted upon. */
export interface AuditFilter {
  action?: string | null
  userId?: string | null
  /** Only rows before this id: the last one of the page before. */
  beforeId?: string | null
  limit?: number
}

/** A page of the log, the newest first. */
export async function listAudit(sql: Queries, filter: AuditFilter): Promise<AuditRow[]> {
  const { action = null, userId = null, beforeId = null, limit = 50 } = filter
  if (userId !== null && !isId(userId)) return []
  return await sql<AuditRow[]>`
    select a.id, a.at, a.actor_id, actor.name as actor_name, a.action, a.subject, subject.name as subject_name, a.detail
    from audit a
      left join users actor on actor.id = a.actor_id
      left join users subject on subject.id::text = a.subject
    where (${action}::text is null or a.action = ${action} or starts_with(a.action, ${action}::text || '.'))
      and (${userId}::uuid is null or a.actor_id = ${userId} or a.subject = ${userId}::uuid::text)
      and (${beforeId}::bigint is null or a.id < ${beforeId})
    order by a.id desc limit ${limit}
  `
}

/** Deletes sign-ins that were refused before a time; returns how many. */
export async function deleteRefusedSignIns(sql: Queries, { before }: { before: Date }): Promise<number> {
  const deleted = await sql`delete from audit where action = 'session.refused' and at < ${before}`
  return deleted.count
}

/** Empties what rows say in detail of a person who is about to be deleted; that something happened stays. */
export async function scrubAudit(sql: Queries, userId: string): Promise<void> {
  await sql`update audit set detail = '{}' where actor_id = ${userId} or subject = ${userId}`
}
