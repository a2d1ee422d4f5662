/**
 * Saves the draft by itself. States: clean (the server has this text), waiting (a pause in typing will save), saving,
 * offline (kept in this browser until the server answers), conflict (another tab or device saved another text).
 * Until the server has acknowledged a text, it lies in this browser's storage.
 */

/** What the server answers. */
export interface SavedDraft {
  version: number
  savedAt: string
}

/** The other text, where versions disagree. */
export interface OtherDraft {
  version: number
  text: string
  savedAt: string | null
}

/** How the draft stands, for the page. */
export type DraftState =
  | { kind: 'saved'; at: Date }
  | { kind: 'waiting' }
  | { kind: 'offline'; since: Date }
  | { kind: 'refused' }
  | { kind: 'too-large' }
  | { kind: 'conflict'; other: OtherDraft; mine: string }

/** The outcome of sending a text. */
export type SendOutcome =
  | { kind: 'saved'; draft: SavedDraft }
  | { kind: 'conflict'; other: OtherDraft }
  | { kind: 'failed' }
  | { kind: 'refused' }
  | { kind: 'too-large' }

/** What a draft needs of its surroundings. */
export interface DraftOptions {
  /** The text and version that the page came with. */
  text: string
  version: number
  storageKey: string
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  send(body: { text: string; version: number }, isLeaving: boolean): Promise<SendOutcome>
  onState(state: DraftState): void
  now(): Date
  later(act: () => void, ms: number): () => void
}

/** A text that the server has not acknowledged. */
interface Kept {
  text: string
  /** The version that it is based on. */
  version: number
  /** The first text that was sent since then: the server may have it. */
  sent: string | null
}

const pauseMs = 1200
const unsavedMsMax = 5000
const retryMs = 5000
/** Texts without an answer that are remembered; of those that come later none is as likely to have arrived. */
const sentMax = 8

/** One attempt's draft. */
export interface Draft {
  /** What the editor should show: a kept text comes before the server's. */
  opening: string
  /** Tells of a new text. */
  change(text: string): void
  /** Saves at once, as far as leaving the page allows. */
  leave(): void
  /** Tries again, for example when the connection is back. */
  retry(): void
  /** Ends a conflict: what is in the editor stays, or the other text takes its place. Returns the text that stays. */
  settle(whose: 'mine' | 'other'): string
}

/** Begins keeping a draft. */
export function keepDraft(options: DraftOptions): Draft {
  const { storage, storageKey, send, onState, now, later } = options
  let { text, version } = options
  let savedText = text
  /** Texts that the server may have by now: sent since the last one that it acknowledged. */
  const sent = new Set<string>()
  let isSaving = false
  let conflict: OtherDraft | null = null
  let offlineSince: Date | null = null
  let firstUnsavedAt: number | null = null
  let cancelTimer: (() => void) | null = null
  let lastKept: string | null = null

  /** What another tab keeps is not taken away. */
  function keep(): void {
    try {
      if (text !== savedText) {
        const [firstSent = null] = sent
        lastKept = JSON.stringify({ text, version, sent: firstSent } satisfies Kept)
        storage.setItem(storageKey, lastKept)
      } else if (storage.getItem(storageKey) === lastKept) storage.removeItem(storageKey)
    } catch {
      // Storage may be full or switched off: the server's copy then is the only one.
    }
  }

  function schedule(ms: number): void {
    cancelTimer?.()
    cancelTimer = later(() => void save(false), ms)
  }

  function acknowledge(draft: { version: number; savedAt: string | null }, acknowledged: string): void {
    // The late answer to a text that a later one has followed.
    if (draft.version < version) return
    version = draft.version
    savedText = acknowledged
    sent.clear()
    offlineSince = null
    firstUnsavedAt = null
    keep()
    if (text === savedText) onState({ kind: 'saved', at: draft.savedAt === null ? now() : new Date(draft.savedAt) })
    else schedule(pauseMs)
  }

  async function save(isLeaving: boolean): Promise<void> {
    if (text === savedText || conflict !== null || (isSaving && !isLeaving)) return
    cancelTimer?.()
    isSaving = true
    const sending = text
    if (sent.size < sentMax) sent.add(sending)
    keep()
    const outcome = await send({ text: sending, version }, isLeaving)
    isSaving = false
    if (outcome.kind === 'saved') acknowledge(outcome.draft, sending)
    else if (outcome.kind === 'conflict') disagree(outcome.other, sending)
    else lose(outcome.kind)
  }

  /**
   * The other text may be our own: saved without its acknowledgement, or sent on leaving while this one was under way. Or
   * it is the one that this one was made from, under a later version.
   */
  function disagree(other: OtherDraft, sending: string): void {
    sent.delete(sending)
    const isOvertaken = other.version <= version
    if (!isOvertaken && [sending, text, savedText, ...sent].includes(other.text)) acknowledge(other, other.text)
    else if (!isOvertaken) dispute(other)
    else if (text !== savedText) schedule(pauseMs)
  }

  function dispute(other: OtherDraft): void {
    conflict = other
    onState({ kind: 'conflict', other, mine: text })
  }

  /** Refused: the session ended or the page is out of date. Trying on costs little, and signing in elsewhere mends it. */
  function lose(how: 'failed' | 'refused' | 'too-large'): void {
    offlineSince ??= now()
    onState(how === 'failed' ? { kind: 'offline', since: offlineSince } : { kind: how })
    schedule(retryMs)
  }

  openWith(readKept())

  function readKept(): Kept | null {
    try {
      lastKept = storage.getItem(storageKey)
      const kept: unknown = JSON.parse(lastKept ?? 'null')
      return isKept(kept) ? kept : null
    } catch {
      return null
    }
  }

  /** The editor opens with the kept text also where the server has another one: what is typed now goes on from it. */
  function openWith(kept: Kept | null): void {
    if (kept === null || kept.text === text) return
    const isNewer = kept.version === version || kept.sent === text
    text = kept.text
    if (isNewer) {
      schedule(0)
      return
    }
    const other = { version, text: savedText, savedAt: null }
    conflict = other
    version = kept.version
    later(() => dispute(other), 0)
  }

  return {
    opening: text,
    change(next) {
      text = next
      keep()
      if (conflict !== null || text === savedText) return
      if (offlineSince === null) onState({ kind: 'waiting' })
      firstUnsavedAt ??= now().getTime()
      const left = unsavedMsMax - (now().getTime() - firstUnsavedAt)
      schedule(Math.max(0, Math.min(pauseMs, left)))
    },
    leave: () => void save(true),
    retry: () => void save(false),
    settle(whose) {
      if (conflict === null) return text
      const other = conflict
      conflict = null
      if (whose === 'other') text = other.text
      version = other.version
      sent.clear()
      savedText = other.text
      keep()
      if (text === savedText) onState({ kind: 'saved', at: other.savedAt === null ? now() : new Date(other.savedAt) })
      else schedule(0)
      return text
    },
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false
  if (!('text' in value && 'version' in value && 'sent' in value)) return false
  return (
    typeof value.text === 'string' &&
    typeof value.version === 'number' &&
    (value.sent === null || typeof value.sent === 'string')
  )
}
