/** Names and topics of other collections as Podium's exercises may have them. */
import { parseDocument } from 'yaml'

/** A name for a folder: small letters, digits and hyphens, at most 64. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64)
    .replace(/-+$/, '')
  return plain || 'exercise'
}

/** Topics: at most 12 of small letters, digits, spaces and hyphens, each once. */
export function topicsOf(names: readonly string[]): string[] {
  const words = names.map((name) =>
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, ' ')
      .trim()
      .slice(0, 64)
      .trim(),
  )
  return [...new Set(words.filter((word) => /^[a-z0-9]/.test(word)))].slice(0, 12)
}

/** At most so many characters, cut at a word. */
export function shortened(text: string, charactersMax: number): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  if (plain.length <= charactersMax) return plain
  return `${plain.slice(0, charactersMax - 1).replace(/\s+\S*$/, '')}…`
}

/** JSON as people write it by hand, commas before brackets included. Throws a SyntaxError where it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const document = parseDocument(text)
    if (document.errors.length > 0) throw cause
    return document.toJS()
  }
}

/** Only the texts among values of somebody's file. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

/** A map among values of somebody's file; empty where it is something else. */
export function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}

/** A text among values of somebody's file, also where it reads as a number; null where it is none. */
export function textIn(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
