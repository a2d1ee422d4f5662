/** Bodies of requests: what the schema says, what comes near to it, and what was never meant to be one. */
import type { Random } from './random.ts'
import { allowedObject, anyText, anyValue, type Schema } from './values.ts'

/** Bytes and what they are said to be. */
export interface Body {
  contentType: string | null
  bytes: Uint8Array<ArrayBuffer>
}

/** A body by its schema; three of four are objects of the right fields, then often spoilt in one place. */
export function anyBody(random: Random, schema: Schema, known: Readonly<Record<string, unknown>>): Body {
  if (random.inHundred(25)) return brokenBody(random)
  const value: Record<string, unknown> = { ...allowedObject(random, schema), ...some(random, known) }
  if (random.inHundred(50)) spoil(random, value)
  const form = random.whole(0, 9)
  if (form === 0) return { contentType: 'application/x-www-form-urlencoded', bytes: bytesOf(formOf(value)) }
  if (form === 1) return multipart(random, value)
  return { contentType: anyJsonType(random), bytes: bytesOf(JSON.stringify(value)) }
}

/** Most of the values that lead on: to an exercise, an attempt, a name. */
function some(random: Random, known: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(known).filter(() => random.inHundred(85)))
}

function spoil(random: Random, value: Record<string, unknown>): void {
  const names = Object.keys(value)
  const name = names.length > 0 && random.inHundred(70) ? random.pick(names) : anyText(random, 40)
  if (random.inHundred(25)) Reflect.deleteProperty(value, name)
  else Object.defineProperty(value, name, { value: anyValue(random), enumerable: true, configurable: true })
}

const jsonTypes = ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json;q=1']

function anyJsonType(random: Random): string {
  return random.inHundred(90) ? 'application/json' : random.pick(jsonTypes)
}

const strangeTypes = [
  ...[
    'text/plain',
    'application/xml',
    'application/octet-stream',
    'multipart/form-data',
    'multipart/form-data; boundary=',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'json',
    '*/*',
    ';',
    '',
    'text/html; a="',
  ],
] as const

function brokenBody(random: Random): Body {
  const contentType = random.inHundred(60) ? 'application/json' : random.pick([...strangeTypes, null])
  return { contentType, bytes: random.pick(brokenBytes)(random) }
}

const brokenBytes: readonly ((random: Random) => Uint8Array<ArrayBuffer>)[] = [
  () => new Uint8Array(),
  () => new Uint8Array([0xff, 0xfe, 0x00, 0x80, 0xc0, 0xaf]),
  () => bytesOf('{"exercise":"whole-shelf","sql":"\xff'),
  () => Uint8Array.of(...bytesOf('{"exercise":"whole-shelf","sql":"'), 0xc3, 0x28, 0xf0, 0x28, ...bytesOf('"}')),
  () => bytesOf('\ufeff{"exercise":"whole-shelf","sql":"select 1"}'),
  () => bytesOf('{"sql":"select 1","sql":2}'),
  () => bytesOf('{"__proto__":{"sql":"select 1"},"constructor":{"prototype":{"exercise":"x"}}}'),
  () => bytesOf("{'sql':'select 1'}"),
  () => bytesOf('{"sql":1e400,"exercise":-1e400}'),
  () => bytesOf('{"sql":"\\ud800\\u0000","exercise":"\\u0000"}'),
  () => bytesOf('{"sql":'),
  () => bytesOf('null'),
  () => bytesOf('"select 1"'),
  () => bytesOf('[]'),
  () => bytesOf('0'),
  () => bytesOf('\0'),
  (random) => bytesOf('['.repeat(random.pick([100, 5_000, 100_000]))),
  (random) => bytesOf(nested(random, '[', ']', '0')),
  (random) => bytesOf(nested(random, '{"sql":', '}', '"select 1"')),
  (random) => bytesOf(`{"sql":"${'x'.repeat(random.pick([300_000, 1_000_000]))}","exercise":"whole-shelf"}`),
  (random) => bytesOf(`{${Array.from({ length: random.pick([10, 5_000]) }, (_, n) => `"f${n}":${n}`).join()}}`),
  (random) => bytesOf(`sql=${encodeURIComponent(anyText(random).toWellFormed())}&sql=b&exercise[]=%ff%00&=&&%`),
  (random) => bytesOf(JSON.stringify(anyValue(random))),
  (random) => Uint8Array.from({ length: random.whole(1, 500) }, () => random.whole(0, 255)),
]

function nested(random: Random, open: string, close: string, inside: string): string {
  const depth = random.pick([20, 1_000, 20_000])
  return open.repeat(depth) + inside + close.repeat(depth)
}

function formOf(value: Readonly<Record<string, unknown>>): string {
  return Object.entries(value)
    .map(([name, field]) => `${part(name)}=${part(field)}`)
    .join('&')
}

function part(value: unknown): string {
  return encodeURIComponent(plain(value).toWellFormed())
}

/** As a form would send it. */
function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function multipart(random: Random, value: Readonly<Record<string, unknown>>): Body {
  const boundary = random.pick(['fence', 'a'.repeat(70)])
  const asFile = random.inHundred(30) ? '; filename="a.sql"\r\ncontent-type: text/plain' : ''
  const parts = Object.entries(value).map(
    ([name, field]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${part(name)}"${asFile}\r\n\r\n${plain(field)}\r\n`,
  )
  const end = random.inHundred(80) ? `--${boundary}--\r\n` : ''
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes: bytesOf(parts.join('') + end) }
}

/** UTF-8; halves of surrogate pairs become U+FFFD. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
