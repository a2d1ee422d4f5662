/** Values that a schema allows, that stand at its edges, and that it has never heard of. */
import type { Random } from './random.ts'

/** A part of a JSON schema. */
export type Schema = Readonly<Record<string, unknown>>

/** Texts that programs have stumbled over. */
export const hostileTexts: readonly string[] = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '\udc00\ud800',
    '\uffff',
    '\ufeff',
    '\u202e\u0000',
    '\r\n',
    '\t',
    '\x7f\x1b[31m',
  ],
  ...["'", "''; drop table users; --", '"', '\\', '%', '%s%n', '%00', '#{7*7}', '{{7*7}}', '`id`', '$(id)', '|id'],
  ...['../../../../etc/passwd', '..%2f..%2f', '/', '//', '.', '..', '~', 'C:\\', 'file:///etc/passwd', 'http://[::1'],
  ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'javascript:alert(1)', '<!--', ']]>', '&#0;'],
  ...['null', 'undefined', 'true', 'NaN', 'Infinity', '-0', '1e309', '0x10', '١٢٣', '1_000', '[object Object]'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'length'],
  ...['İstanbul', 'ﬀ', 'ß', 'e\u0301', '👩‍👩‍👧‍👦', 'Ω'.repeat(60), 'a'.repeat(300), '٪', '\u{10ffff}'],
  ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'FFFFFFFF', '{0}', '%7B%7D'],
]

const edgeNumbers: readonly number[] = [
  ...[0, -0, 1, -1, 2, 50, 100, 101, 255, 256, 32_767, 32_768, 2_147_483_647, 2_147_483_648, -2_147_483_649],
  ...[4_294_967_296, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 2 ** 63, 1e21, 1e308, 5e-324, 0.1, 1.5, -1.5],
]

/** A text of a hundred kinds, no longer than the limit. */
export function anyText(random: Random, lengthMax = 2_000): string {
  const kind = random.whole(0, 9)
  const text =
    kind < 6
      ? random.pick(hostileTexts)
      : kind < 8
        ? String.fromCharCode(...Array.from({ length: random.whole(1, 40) }, () => random.whole(0, 65_535)))
        : random.pick(hostileTexts).repeat(random.whole(1, 200))
  return text.slice(0, lengthMax)
}

/** Any JSON value. */
export function anyValue(random: Random, depth = 3): unknown {
  const kind = random.whole(0, depth > 0 ? 8 : 5)
  if (kind === 0) return null
  if (kind === 1) return random.inHundred(50)
  if (kind <= 3) return random.pick(edgeNumbers)
  if (kind <= 5) return anyText(random)
  const inner = () => anyValue(random, depth - 1)
  if (kind <= 7) return Array.from({ length: random.whole(0, 4) }, inner)
  return Object.fromEntries(Array.from({ length: random.whole(0, 4) }, () => [anyText(random, 50), inner()]))
}

/** A value that the schema allows, often one at its edge. */
export function allowedValue(random: Random, schema: Schema): unknown {
  const choices = Array.isArray(schema['anyOf']) ? schema['anyOf'] : []
  if (choices.length > 0) return allowedValue(random, Object(random.pick(choices)))
  const { type, const: constant } = schema
  if (constant !== undefined) return constant
  const one = Array.isArray(type) ? random.pick(type) : type
  if (one === 'null') return null
  if (one === 'boolean') return random.inHundred(50)
  if (one === 'integer' || one === 'number') return numberWithin(random, schema)
  if (one === 'array') return []
  if (one === 'object') return allowedObject(random, schema)
  return anyText(random, numberOr(schema['maxLength'], 2_000))
}

/** An object with all required fields and some of the others. */
export function allowedObject(random: Random, schema: Schema): Record<string, unknown> {
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : []
  const fields = Object.entries<Schema>(Object(schema['properties']))
  const kept = fields.filter(([name]) => required.includes(name) || random.inHundred(50))
  return Object.fromEntries(kept.map(([name, field]) => [name, allowedValue(random, field)]))
}

function numberWithin(random: Random, schema: Schema): number {
  const minimum = numberOr(schema['minimum'], -1_000)
  const maximum = numberOr(schema['maximum'], 1_000)
  return random.pick([minimum, maximum, random.whole(minimum, maximum)])
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
