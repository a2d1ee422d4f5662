/** Two results made ready for comparing: every cell written canonically once, and which columns take a tolerance. */
import type { Cell, Column } from '../pods/run.ts'
import { canonical, familyOf } from './cell-family.ts'

/** Rows of canonical cells; NULL stays null. */
export type CanonicalRows = readonly (readonly Cell[])[]

/** A given and an expected row that stand for each other; numbers from 0. */
export interface RowPair {
  expected: number
  given: number
}

/** Both results in the same form. */
export interface PreparedTable {
  expected: CanonicalRows
  given: CanonicalRows
  /** For each column the relative tolerance; 0 where only the same value is equal. */
  tolerances: readonly number[]
}

interface Table {
  columns: readonly Column[]
  rows: readonly (readonly Cell[])[]
}

/** float4 keeps 6 digits: no smaller tolerance makes sense for it. */
const float4ToleranceMin = 1e-5

/** Prepares two results with corresponding columns; `tolerance` is relative and only for inexact numbers. */
export function prepareTable(expected: Table, given: Table, tolerance: number): PreparedTable {
  const canonicalRows = (table: Table) =>
    table.rows.map((row) =>
      row.map((cell, index) => (cell === null ? null : canonical(cell, table.columns[index]?.type ?? 'text'))),
    )
  const prepared = { expected: canonicalRows(expected), given: canonicalRows(given) }
  const tolerances = expected.columns.map((column, index) => {
    const types = [column.type, given.columns[index]?.type ?? '']
    if (types.some((type) => familyOf(type) !== 'number')) return 0
    if (types.includes('float4')) return Math.max(tolerance, float4ToleranceMin)
    const isInexact =
      types.includes('float8') || hasQuotient(prepared.expected, index) || hasQuotient(prepared.given, index)
    return isInexact ? tolerance : 0
  })
  return { ...prepared, tolerances }
}

/**
 * A numeric with this many digits behind the point is a quotient cut off somewhere; where exactly depends on how the
 * division was written, and that decides nothing.
 */
function hasQuotient(rows: CanonicalRows, column: number): boolean {
  return rows.some((row) => {
    const cell = row[column]
    return typeof cell === 'string' && cell.length - cell.indexOf('.') > 12 && cell.includes('.')
  })
}

/** Below this two numbers are the same whatever their ratio: what is left of 0 after a sum of floats. */
const nothing = 1e-12

/** Whether two canonical cells are equal within a column's tolerance. */
export function cellsEqual(a: Cell, b: Cell, tolerance: number): boolean {
  if (a === b) return true
  if (tolerance === 0 || a === null || b === null) return false
  const [x, y] = [Number(a), Number(b)]
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false
  return Math.abs(x - y) <= Math.max(nothing, tolerance * Math.max(Math.abs(x), Math.abs(y)))
}

/** Whether two canonical rows are equal, by the columns named. */
export function rowsEqual(
  a: readonly Cell[] | undefined,
  b: readonly Cell[] | undefined,
  columns: readonly number[],
  tolerances: readonly number[],
): boolean {
  return columns.every((index) => cellsEqual(a?.[index] ?? null, b?.[index] ?? null, tolerances[index] ?? 0))
}
