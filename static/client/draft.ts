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
  /** The text that was on its way to the server. */
  sent: string | null
}

const pauseMs = 1200
const unsavedMsMax = 5000
const retryMs = 5000

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
  /** Ends a conflict: with this text, based on the other's version. */
  settle(text: string, version: number): void
}

/** Begins keeping a draft. */
export function keepDraft(options: DraftOptions): Draft {
  const { storage, storageKey, send, onState, now, later } = options
  let { text, version } = options
  let savedText = text
  let sent: string | null = null
  let isSaving = false
  let isConflict = false
  let offlineSince: Date | null = null
  let firstUnsavedAt: number | null = null
  let cancelTimer: (() => void) | null = null

  function keep(): void {
    try {
      if (text === savedText) storage.removeItem(storageKey)
      else storage.setItem(storageKey, JSON.stringify({ text, version, sent } satisfies Kept))
    } catch {
      // Storage may be full or switched off: the server's copy then is the only one.
    }
  }

  function schedule(ms: number): void {
    cancelTimer?.()
    cancelTimer = later(() => void save(false), ms)
  }

  function acknowledge(draft: { version: number; savedAt: string | null }, acknowledged: string): void {
    version = draft.version
    savedText = acknowledged
    sent = null
    offlineSince = null
    firstUnsavedAt = null
    keep()
    if (text === savedText) onState({ kind: 'saved', at: draft.savedAt === null ? now() : new Date(draft.savedAt) })
    else schedule(pauseMs)
  }

  async function save(isLeaving: boolean): Promise<void> {
    if (text === savedText || isConflict || (isSaving && !isLeaving)) return
    cancelTimer?.()
    isSaving = true
    const sending = text
    sent = sending
    keep()
    const outcome = await send({ text: sending, version }, isLeaving)
    isSaving = false
    if (outcome.kind === 'saved') acknowledge(outcome.draft, sending)
    else if (outcome.kind === 'conflict') disagree(outcome.other, sending)
    else lose(outcome.kind)
  }

  /** The other text may be our own: saved, but its acknowledgement was lost. */
  function disagree(other: OtherDraft, sending: string): void {
    if (other.text === sending || other.text === text) {
      acknowledge(other, other.text)
      return
    }
    isConflict = true
    onState({ kind: 'conflict', other, mine: text })
  }

  /** Refused: the session ended or the page is out of date. Trying on costs little, and signing in elsewhere mends it. */
  function lose(how: 'failed' | 'refused' | 'too-large'): void {
    offlineSince ??= now()
    onState(how === 'failed' ? { kind: 'offline', since: offlineSince } : { kind: how })
    schedule(retryMs)
  }

  const opening = openWith(readKept(storage, storageKey))

  function openWith(kept: Kept | null): string {
    if (kept === null || kept.text === text) return text
    if (kept.version === version || kept.sent === text) {
      text = kept.text
      schedule(0)
      return text
    }
    isConflict = true
    const other = { version, text: savedText, savedAt: null }
    later(() => onState({ kind: 'conflict', other, mine: kept.text }), 0)
    return text
  }

  return {
    opening,
    change(next) {
      text = next
      keep()
      if (isConflict || text === savedText) return
      if (offlineSince === null) onState({ kind: 'waiting' })
      firstUnsavedAt ??= now().getTime()
      const left = unsavedMsMax - (now().getTime() - firstUnsavedAt)
      schedule(Math.max(0, Math.min(pauseMs, left)))
    },
    leave: () => void save(true),
    retry: () => void save(false),
    settle(settled, base) {
      isConflict = false
      text = settled
      version = base
      savedText = ''
      keep()
      schedule(0)
    },
  }
}

function readKept(storage: DraftOptions['storage'], key: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? 'null')
    return isKept(kept) ? kept : null
  } catch {
    return null
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
