/** What an import says of every item it met: nothing is left out in silence. */
import { Failure } from '../failure.ts'

/** One thing of the source: an exercise, or one language of it. */
export interface ImportItem {
  /** As the source calls it, for example `practice/hamming` or `different`. */
  name: string
  /** Folders that were written, as `track/slug`; empty where it was left out. */
  written: string[]
  /** Why it was left out; null where something was written. */
  leftOut: string | null
  /** What of it was changed or could not be taken over, each as a sentence. */
  notes: string[]
}

/** All of an import. */
export interface ImportReport {
  items: readonly ImportItem[]
  /** Items of which something was taken over. */
  takenOver: number
  leftOut: number
  /** Folders of exercises. */
  exercises: number
}

/** An item that was left out. */
export function leftOut(name: string, why: string, notes: readonly string[] = []): ImportItem {
  return { name, written: [], leftOut: why, notes: [...notes] }
}

/** Why something can't be read, as the end of a sentence. Throws the cause where that is a mistake of Podium's own. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof Failure || cause instanceof SyntaxError) return cause.message
  // What the file system says: no right to read it, a name that is too long, a folder in place of a file.
  if (cause instanceof Error && 'syscall' in cause) return `it can’t be read: ${cause.message}`
  throw cause
}

/** Counts. */
export function reportOf(items: readonly ImportItem[]): ImportReport {
  const takenOver = items.filter((item) => item.leftOut === null).length
  const exercises = items.reduce((sum, { written }) => sum + written.length, 0)
  return { items, takenOver, leftOut: items.length - takenOver, exercises }
}
