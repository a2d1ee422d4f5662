/**
 * Whether output is right: token by token, byte by byte, or with numbers that may be a little off. Reads the bytes where
 * they are, and lets others work in between, for output may be many megabytes.
 */
import { shownText } from './results.ts'

/** How to compare. */
export type OutputRules =
  | { match: 'exact' }
  | { match: 'tokens'; ignoresCase: boolean }
  | { match: 'float'; tolerance: number; ignoresCase: boolean }

/** Where output first differs. */
export interface OutputDifference {
  /** In the answer's output, from 1. */
  line: number
  /** What should stand there; null where the output should have ended. */
  expected: string | null
  /** What stands there; null where the output ended. */
  actual: string | null
  /** Whether only blanks and ends of lines differ. */
  isBlankOnly: boolean
}

/** Tokens longer than this are shown and compared as numbers by their beginning only. */
const tokenCharactersMax = 200

/** Bytes that are looked at before others may work. */
const strideBytes = 1 << 20

/** The first difference; null where the output is right. */
export async function compareOutput(
  expected: Uint8Array,
  actual: Uint8Array,
  rules: OutputRules,
): Promise<OutputDifference | null> {
  if (rules.match === 'exact') return await compareExactly(expected, actual)
  const isEqual = rules.ignoresCase ? sameLetters : sameBytes
  const isSame = rules.match === 'tokens' ? isEqual : withTolerance(rules.tolerance, isEqual)
  return await compareTokens(expected, actual, isSame)
}

type SameToken = (expected: Uint8Array, actual: Uint8Array) => boolean

interface Cursor {
  bytes: Uint8Array
  at: number
  line: number
}

async function compareTokens(
  expected: Uint8Array,
  actual: Uint8Array,
  isSame: SameToken,
): Promise<OutputDifference | null> {
  const want = { bytes: expected, at: 0, line: 1 }
  const given = { bytes: actual, at: 0, line: 1 }
  let pauseAt = strideBytes
  for (;;) {
    const [wanted, got] = [nextToken(want), nextToken(given)]
    if (wanted === null && got === null) return null
    if (wanted === null || got === null || !isSame(wanted, got))
      return { line: given.line, expected: tokenText(wanted), actual: tokenText(got), isBlankOnly: false }
    if (want.at + given.at > pauseAt) {
      pauseAt += strideBytes
      await pause()
    }
  }
}

/** The next run of bytes that are no blanks; the cursor counts the lines it passes. */
function nextToken(cursor: Cursor): Uint8Array | null {
  const { bytes } = cursor
  let at = cursor.at
  for (; at < bytes.length && isBlank(bytes[at]); at += 1) if (bytes[at] === 10) cursor.line += 1
  const start = at
  while (at < bytes.length && !isBlank(bytes[at])) at += 1
  cursor.at = at
  return at === start ? null : bytes.subarray(start, at)
}

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13)
}

function sameBytes(expected: Uint8Array, actual: Uint8Array): boolean {
  return Buffer.compare(expected, actual) === 0
}

/** Of letters beyond ASCII only those of the same size are the same, as elsewhere where cases are ignored byte by byte. */
function sameLetters(expected: Uint8Array, actual: Uint8Array): boolean {
  if (expected.length !== actual.length) return false
  return expected.every((byte, index) => lower(byte) === lower(actual[index] ?? 0))
}

function lower(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte
}

/** Numbers as people write them: no hexadecimal, no infinity. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Equal bytes, or two numbers of which one is off by no more than the tolerance, absolutely or relatively. */
function withTolerance(tolerance: number, isEqual: SameToken): SameToken {
  return (expected, actual) => {
    if (isEqual(expected, actual)) return true
    if (expected.length > tokenCharactersMax || actual.length > tokenCharactersMax) return false
    const [wanted, given] = [text(expected), text(actual)]
    if (!decimal.test(wanted) || !decimal.test(given)) return false
    const [wantedNumber, givenNumber] = [Number(wanted), Number(given)]
    if (!Number.isFinite(wantedNumber) || !Number.isFinite(givenNumber)) return wantedNumber === givenNumber
    return Math.abs(wantedNumber - givenNumber) <= tolerance * Math.max(1, Math.abs(wantedNumber))
  }
}

async function compareExactly(expected: Uint8Array, actual: Uint8Array): Promise<OutputDifference | null> {
  const length = Math.min(expected.length, actual.length)
  let at = 0
  for (let from = 0; from < length && at === from; from += strideBytes) {
    const end = Math.min(length, from + strideBytes)
    if (Buffer.compare(expected.subarray(from, end), actual.subarray(from, end)) === 0) at = end
    else for (at = from; expected[at] === actual[at]; ) at += 1
    if (at === end && end < length) await pause()
    else break
  }
  if (at === expected.length && at === actual.length) return null
  const isBlankOnly = (await compareTokens(expected, actual, sameBytes)) === null
  let line = 1
  for (let index = 0; index < at; index += 1) if (actual[index] === 10) line += 1
  return { line, expected: lineAround(expected, at), actual: lineAround(actual, at), isBlankOnly }
}

/** The line that holds a place; null behind the end. */
function lineAround(bytes: Uint8Array, at: number): string | null {
  if (at >= bytes.length) return null
  const start = bytes.lastIndexOf(10, at - 1) + 1
  const end = bytes.indexOf(10, at)
  return shownText(bytes.subarray(at === 0 ? 0 : start, end < 0 ? bytes.length : end), tokenCharactersMax)
}

function tokenText(token: Uint8Array | null): string | null {
  return token === null ? null : shownText(token, tokenCharactersMax)
}

function text(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}
