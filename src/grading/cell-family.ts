/**
 * When two values are the same, by PostgreSQL's own equality: types fall into families, and each family has a way to
 * write a value so that equal values have equal writing. Two types of different families can't be compared at all.
 */
import { canonicalArray } from './canonical-array.ts'
import { canonicalJson } from './canonical-json.ts'
import { canonicalNumber } from './canonical-number.ts'
import { canonicalRange } from './canonical-range.ts'
import { canonicalInterval, canonicalMoment } from './canonical-time.ts'

/** `text` also stands for every type without a way of its own: enums, uuid, inet, time, composite types. */
export type Family = 'number' | 'boolean' | 'text' | 'bytes' | 'moment' | 'interval' | 'json' | 'array' | 'range'

const familyByType: Readonly<Record<string, Family>> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  oid: 'number',
  numeric: 'number',
  float4: 'number',
  float8: 'number',
  bool: 'boolean',
  bytea: 'bytes',
  date: 'moment',
  timestamp: 'moment',
  timestamptz: 'moment',
  interval: 'interval',
  json: 'json',
  jsonb: 'json',
}

/** What the ranges of each type, and the multiranges of these, hold. */
const boundTypes: Readonly<Record<string, string>> = {
  ...{ int4range: 'int4', int8range: 'int8', numrange: 'numeric' },
  ...{ int4multirange: 'int4', int8multirange: 'int8', nummultirange: 'numeric' },
  ...{ daterange: 'date', tsrange: 'timestamp', tstzrange: 'timestamptz' },
  ...{ datemultirange: 'date', tsmultirange: 'timestamp', tstzmultirange: 'timestamptz' },
}

/** The type of a range's bounds; null where the type is none of PostgreSQL's own ranges. */
export function boundTypeOf(type: string): string | null {
  return boundTypes[type] ?? null
}

/** The family of a type, by PostgreSQL's short name; array types begin with an underscore. */
export function familyOf(type: string): Family {
  if (type.startsWith('_')) return 'array'
  return boundTypeOf(type) === null ? (familyByType[type] ?? 'text') : 'range'
}

/** Writes a value so that equal values of this type are written the same. */
export function canonical(value: string, type: string): string {
  switch (familyOf(type)) {
    case 'number':
      return canonicalNumber(value)
    case 'bytes':
      return canonicalBytes(value)
    case 'moment':
      return canonicalMoment(value)
    case 'interval':
      return canonicalInterval(value)
    case 'json':
      return canonicalJson(value)
    case 'array':
      return canonicalArray(value, (element) => canonical(element, type.slice(1)))
    case 'range':
      return canonicalRange(value, (bound) => canonical(bound, boundTypeOf(type) ?? 'text'))
    case 'boolean':
      return value
    case 'text':
      return canonicalText(value, type)
  }
}

function canonicalText(value: string, type: string): string {
  // PostgreSQL ignores the blanks that pad a char(n), and writes the length of a network's name also where it is whole.
  if (type === 'bpchar') return value.replace(/ +$/, '')
  return type === 'cidr' ? value.replace(value.includes(':') ? /\/128$/ : /\/32$/, '') : value
}

/** The older escape format is turned into the usual hex. */
function canonicalBytes(value: string): string {
  if (value.startsWith('\\x')) return value.toLowerCase()
  const bytes = value.replace(/\\(\\|[0-7]{3})|[\s\S]/g, (whole, escaped: string | undefined) => {
    const code = escaped === undefined ? whole.charCodeAt(0) : escaped === '\\' ? 92 : Number.parseInt(escaped, 8)
    return code.toString(16).padStart(2, '0')
  })
  return `\\x${bytes}`
}
