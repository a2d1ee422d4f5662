/** Which given column stands for which expected one, and what is wrong where none does. */
import type { Cell, Column } from '../pods/run.ts'
import { boundTypeOf, type Family, familyOf } from './cell-family.ts'

/** The part of a difference that is about columns. */
interface ColumnsDifference {
  columnsMissing: string[]
  columnsExtra: string[]
  columnsExpected: string[]
  columnsGiven: string[]
}

/** `order`: for each expected column the number of the given one; null where they don't fit. */
export type ColumnMatching = { order: number[] } | { order: null; difference: ColumnsDifference }

/** Matches columns by position (their number must be the same) or by name (the names must be). */
export function matchColumns(
  expected: readonly Column[],
  given: readonly Column[],
  by: 'position' | 'name',
): ColumnMatching {
  const { order, missing, extra } = matchByName(expected, given)
  const fits = by === 'position' ? expected.length === given.length : missing.length === 0 && extra.length === 0
  if (fits) return { order: by === 'position' ? expected.map((_, index) => index) : order }
  return {
    order: null,
    difference: {
      columnsMissing: missing,
      columnsExtra: extra,
      columnsExpected: expected.map(({ name }) => name),
      columnsGiven: given.map(({ name }) => name),
    },
  }
}

/** Names may occur several times: the first stands for the first, and so on. */
function matchByName(expected: readonly Column[], given: readonly Column[]) {
  const free = given.map((column, index) => ({ name: column.name, index }))
  const order: number[] = []
  const missing: string[] = []
  for (const { name } of expected) {
    const place = free.findIndex((column) => column.name === name)
    if (place < 0) missing.push(name)
    else order.push(...free.splice(place, 1).map(({ index }) => index))
  }
  return { order, missing, extra: free.map(({ name }) => name) }
}

/** A column of a result with columns in the expected order. */
interface Typed {
  columns: readonly Column[]
  rows: readonly (readonly Cell[])[]
}

/**
 * Columns whose types have no equality between them. A column of nothing but NULL fits every type, for PostgreSQL calls
 * a bare NULL text; types that are only written as text (enums, uuid) fit text.
 */
export function mistypedColumns(expected: Typed, given: Typed): { name: string; expected: string; given: string }[] {
  return expected.columns.flatMap((column, index) => {
    const other = given.columns[index]
    if (other === undefined || families(column.type) === families(other.type)) return []
    const isUntyped =
      given.rows.every((row) => row[index] === null) || expected.rows.every((row) => row[index] === null)
    if (isUntyped && given.rows.length > 0) return []
    return [{ name: other.name, expected: column.type, given: other.type }]
  })
}

/** An array's family is that of its elements, in an array; a range's that of its bounds. */
function families(type: string): string {
  const family: Family = familyOf(type)
  if (family === 'range') return `${type.includes('multi') ? 'multirange' : 'range'} of ${boundTypeOf(type)}`
  return family === 'array' ? `array of ${families(type.slice(1))}` : family
}
