/** Sends a draft to the server; also while the page is being left, as far as the browser allows. */
import type { OtherDraft, SavedDraft, SendOutcome } from './draft.ts'

/** Browsers refuse larger bodies of requests that outlive the page. */
const keepaliveBytesMax = 60_000

/** Makes the sender of one attempt. */
export function draftSender(address: string, csrf: string) {
  return async (draft: { text: string; version: number }, isLeaving: boolean): Promise<SendOutcome> => {
    const body = JSON.stringify(draft)
    try {
      const response = await fetch(address, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf': csrf },
        body,
        keepalive: isLeaving && body.length * 3 < keepaliveBytesMax,
      })
      const answer: unknown = await response.json().catch(() => null)
      if (response.ok && isSaved(answer)) return { kind: 'saved', draft: answer }
      if (response.status === 401 || response.status === 403 || response.status === 404) return { kind: 'refused' }
      if (response.status === 413 || response.status === 422) return { kind: 'too-large' }
      if (response.status === 409 && isOther(answer)) return { kind: 'conflict', other: answer }
    } catch {
      // No connection, or an answer that is no JSON: either way nothing was acknowledged.
    }
    return { kind: 'failed' }
  }
}

function isSaved(value: unknown): value is SavedDraft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    typeof value.version === 'number' &&
    'savedAt' in value &&
    typeof value.savedAt === 'string'
  )
}

function isOther(value: unknown): value is OtherDraft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    typeof value.version === 'number' &&
    'text' in value &&
    typeof value.text === 'string'
  )
}
