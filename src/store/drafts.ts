/** Drafts: what was in the editor, version by version. A save says on which version it builds. */
import { Failure } from '../failure.ts'
import type { Queries } from './connect.ts'
import { storableText } from './storable.ts'

/** Versions kept of one attempt; the oldest go first. */
export const draftVersionsMax = 500

/** Bytes of text kept over all versions of one attempt; the latest is kept in any case. */
export const draftBytesMax = 8 * 1024 * 1024

/** Letting old versions go is looked at once in so many saves, so the limits are overstepped by as many at most. */
const pruneEvery = 10

/** A saved version. */
export interface Draft {
  version: number
  text: string
  savedAt: Date
}

/** What became of a save. Where another one came first, that one is returned and nothing was stored. */
export type SaveOutcome = { isSaved: true; version: number; savedAt: Date } | { isSaved: false; current: Draft }

/**
 * Stores the next version. `version` is the one that this text was made from; 0 for the first, null to come after
 * whatever is there. Saving the very text that is there already succeeds, so that a save whose answer was lost may be
 * sent again.
 *
 * @throws Failure `missing`: no such attempt; `invalid`: the text is too long, or the version was never given out
 */
export async function saveDraft(
  sql: Queries,
  { attemptId, text, version }: { attemptId: string; text: string; version: number | null },
): Promise<SaveOutcome> {
  const stored = storableText(text)
  const [saved] = await sql<{ version: number; savedAt: Date }[]>`
    with moved as (
      update attempts set draft_version = draft_version + 1, last_active_at = now()
      where id = ${attemptId} and draft_version = coalesce(${version}::int, draft_version)
      returning id, draft_version
    )
    insert into drafts (attempt_id, version, text) select id, draft_version, ${stored} from moved
    returning version, saved_at
  `
  if (!saved) return refusedSave(await latestDraft(sql, attemptId), stored, version ?? 0)
  if (saved.version % pruneEvery === 0) await pruneDrafts(sql, attemptId)
  return { isSaved: true, version: saved.version, savedAt: saved.savedAt }
}

function refusedSave(current: Draft | null, text: string, version: number): SaveOutcome {
  if (!current && version === 0) throw new Failure('missing', 'There is no such attempt here.')
  if (!current || version > current.version)
    throw new Failure('invalid', 'This draft builds on a version that was never saved.')
  if (current.text === text) return { isSaved: true, version: current.version, savedAt: current.savedAt }
  return { isSaved: false, current }
}

/** The latest version; null where nothing was saved yet. */
export async function latestDraft(sql: Queries, attemptId: string): Promise<Draft | null> {
  const [draft] = await sql<Draft[]>`
    select version, text, saved_at from drafts where attempt_id = ${attemptId} order by version desc limit 1
  `
  return draft ?? null
}

/** One version; null where it never was or is kept no longer. */
export async function findDraft(
  sql: Queries,
  { attemptId, version }: { attemptId: string; version: number },
): Promise<Draft | null> {
  const [draft] = await sql<Draft[]>`
    select version, text, saved_at from drafts where attempt_id = ${attemptId} and version = ${version}
  `
  return draft ?? null
}

/** The kept versions without their text, the latest first. */
export async function listDrafts(
  sql: Queries,
  { attemptId, limit = 100 }: { attemptId: string; limit?: number },
): Promise<Array<{ version: number; bytes: number; savedAt: Date }>> {
  return await sql<{ version: number; bytes: number; savedAt: Date }[]>`
    select version, octet_length(text) as bytes, saved_at from drafts
    where attempt_id = ${attemptId} order by version desc limit ${limit}
  `
}

/**
 * Of two people's attempts at the same version, gives the newest text of one to the other, who then has both: the one
 * saved later as the newest. In the caller's transaction, which has locked the attempts.
 */
export async function moveDrafts(
  sql: Queries,
  { fromUserId, toUserId }: { fromUserId: string; toUserId: string },
): Promise<void> {
  await sql`
    with both_texts as (
      select o.id, o.draft_version, given.text as given_text, given.saved_at as given_at, own.text as own_text,
        own.saved_at as own_at
      from attempts g join attempts o using (exercise_slug, exercise_version)
        join drafts given on given.attempt_id = g.id and given.version = g.draft_version
        left join drafts own on own.attempt_id = o.id and own.version = o.draft_version
      where g.user_id = ${fromUserId} and o.user_id = ${toUserId} and own.text is distinct from given.text
    ), later as (
      select id, draft_version + 1 as version, given_text as text, given_at as saved_at from both_texts
      union all
      select id, draft_version + 2, own_text, own_at from both_texts where own_at > given_at
    ), moved as (
      update attempts a set draft_version = newest.version
      from (select id, max(version) as version from later group by id) newest where a.id = newest.id
    )
    insert into drafts (attempt_id, version, text, saved_at) select id, version, text, saved_at from later
  `
}

async function pruneDrafts(sql: Queries, attemptId: string): Promise<void> {
  await sql`
    delete from drafts d using (
      select version, row_number() over latest_first as place, sum(octet_length(text)) over latest_first as bytes
      from drafts where attempt_id = ${attemptId}
      window latest_first as (order by version desc)
    ) kept
    where d.attempt_id = ${attemptId} and d.version = kept.version and kept.place > 1
      and (kept.place > ${draftVersionsMax} or kept.bytes > ${draftBytesMax})
  `
}
