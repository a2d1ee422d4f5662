/** What the database can keep: text without NUL, JSON without what jsonb refuses, ids that are ids. */
import { Failure } from '../failure.ts'

/** Longest text of a draft or an answer, in bytes of UTF-8; the same bound stands in the schema. */
export const textBytesMax = 256 * 1024

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

// NUL and halves of surrogate pairs, as JSON.stringify writes them.
const refusedEscape = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i

/** Whether a text from outside can be compared with an id column at all. */
export function isId(text: string): boolean {
  return uuidPattern.test(text)
}

/** An id that later ones sort after. */
export function newId(): string {
  return Bun.randomUUIDv7()
}

/**
 * A draft's or an answer's text, as it can be stored.
 *
 * @throws Failure `invalid`: longer than `textBytesMax`, or with a NUL character in it
 */
export function storableText(text: string): string {
  if (text.includes('\0')) throw new Failure('invalid', 'The text has a NUL character in it, which cannot be kept.')
  if (Buffer.byteLength(text) > textBytesMax) throw new Failure('invalid', 'The text is longer than 256 KB.')
  return text.toWellFormed()
}

/** A value as JSON text for a jsonb column. What jsonb refuses (NUL, halves of surrogate pairs) becomes U+FFFD. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value)
  return refusedEscape.test(text) ? JSON.stringify(cleaned(value)) : text
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\ufffd')
  if (Array.isArray(value)) return value.map(cleaned)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleaned(key), cleaned(inner)]))
}
