/** JSON as jsonb sees it: keys in one order, the last of equal keys, no blanks, numbers by value. */
import { canonicalNumber } from './canonical-number.ts'

const bare = /\s*(?:([{}[\]:,])|("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)|(true|false|null))/y

/** A read value: written canonically. */
type Written = string

/** Writes JSON so that equal jsonb values are written the same; what is no JSON comes back as it was. */
export function canonicalJson(value: string): string {
  const tokens = tokenize(value)
  if (tokens === null) return value
  const reader = { tokens, index: 0 }
  const written = readValue(reader, 0)
  return written === null || reader.index !== tokens.length ? value : written
}

/** Deeper than this the text itself is compared: the recursion has an end. */
const depthMax = 500

interface Reader {
  tokens: string[]
  index: number
}

function tokenize(value: string): string[] | null {
  const tokens: string[] = []
  bare.lastIndex = 0
  const text = value.trimEnd()
  while (bare.lastIndex < text.length) {
    const match = bare.exec(text)
    if (match === null) return null
    tokens.push(match[0].trim())
  }
  return tokens
}

function readValue(reader: Reader, depth: number): Written | null {
  if (depth > depthMax) return null
  const token = reader.tokens[reader.index++]
  if (token === undefined) return null
  if (token === '[') return readList(reader, depth)
  if (token === '{') return readObject(reader, depth)
  if (token.startsWith('"')) return canonicalString(token)
  return /^[-\d]/.test(token) ? canonicalNumber(token) : token
}

function readList(reader: Reader, depth: number): Written | null {
  const items: Written[] = []
  if (take(reader, ']')) return '[]'
  for (;;) {
    const item = readValue(reader, depth + 1)
    if (item === null) return null
    items.push(item)
    if (take(reader, ']')) return `[${items.join(',')}]`
    if (!take(reader, ',')) return null
  }
}

function readObject(reader: Reader, depth: number): Written | null {
  const entries = new Map<string, Written>()
  if (take(reader, '}')) return '{}'
  for (;;) {
    const key = reader.tokens[reader.index++]
    if (!key?.startsWith('"') || !take(reader, ':')) return null
    const item = readValue(reader, depth + 1)
    if (item === null) return null
    entries.set(canonicalString(key), item)
    if (take(reader, '}')) return writeObject(entries)
    if (!take(reader, ',')) return null
  }
}

function writeObject(entries: ReadonlyMap<string, Written>): Written {
  const keys = [...entries.keys()].sort()
  return `{${keys.map((key) => `${key}:${entries.get(key)}`).join(',')}}`
}

function take(reader: Reader, token: string): boolean {
  const found = reader.tokens[reader.index] === token
  if (found) reader.index += 1
  return found
}

function canonicalString(token: string): string {
  try {
    return JSON.stringify(JSON.parse(token))
  } catch {
    // A raw control character, which only the json type lets through: its own writing decides.
    return token
  }
}
