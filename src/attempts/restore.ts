/** Bringing back an earlier text of the editor: a version that was kept, or the exercise's starter. */
import { Failure } from '../failure.ts'
import type { Attempt } from '../store/attempts.ts'
import type { Queries } from '../store/connect.ts'
import { type Draft, findDraft, latestDraft, saveDraft } from '../store/drafts.ts'

/** A kept version; `Failure('missing')` where it is not kept. */
export async function keptDraft(sql: Queries, attempt: Attempt, version: number): Promise<Draft> {
  // Within what the store can look for: an attempt's versions go up by one.
  const isVersion = Number.isInteger(version) && version >= 1 && version <= attempt.draftVersion
  const draft = isVersion ? await findDraft(sql, { attemptId: attempt.id, version }) : null
  if (draft === null) throw new Failure('missing', 'This version is not kept.')
  return draft
}

/** Makes a text the newest draft; those before it are kept, so nothing is lost. */
export async function makeLatest(sql: Queries, attempt: Attempt, text: string): Promise<void> {
  const latest = await latestDraft(sql, attempt.id)
  if (latest?.text !== text) await saveDraft(sql, { attemptId: attempt.id, text, version: null })
}
