/**
 * When two values are the same, by PostgreSQL's own equality: types fall into families, and each family has a way to
 * write a value so that equal values have equal writing. Two types of different families can't be compared at all.
 */
import { canonicalArray } from './canonical-array.ts'
import { canonicalJson } from './canonical-json.ts'
import { canonicalNumber } from './canonical-number.ts'
import { canonicalInterval, canonicalMoment } from './canonical-time.ts'

/** `text` also stands for every type without a way of its own: enums, uuid, inet, ranges, time. */
export type Family = 'number' | 'boolean' | 'text' | 'bytes' | 'moment' | 'interval' | 'json' | 'array'

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

/** The family of a type, by PostgreSQL's short name; array types begin with an underscore. */
export function familyOf(type: string): Family {
  return type.startsWith('_') ? 'array' : (familyByType[type] ?? 'text')
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
    case 'boolean':
      return value
    case 'text':
      // PostgreSQL ignores the blanks that pad a char(n).
      return type === 'bpchar' ? value.replace(/ +$/, '') : value
  }
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
