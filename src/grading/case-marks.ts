/** Which rows and cells of a small case make the difference, so that nobody has to look for them. Pure. */
import type { Cell } from '../pods/run.ts'
import type { DifferenceRow, RowsDifference } from './verdict.ts'

/** A row that is not in both results, or not the same in both. */
export interface RowMark {
  /** From 0. */
  row: number
  state: 'missing' | 'extra' | 'differs'
  /** Columns that differ, from 0; empty where it is the whole row. */
  columns: readonly number[]
}

/** Marks of the expected rows and of the given ones. Rows that only stand in another order have none. */
export function caseMarks(
  difference: RowsDifference,
  expected: readonly (readonly Cell[])[],
): { expected: RowMark[]; given: RowMark[] } {
  const given = difference.rows.flatMap(({ state, number, cells }): RowMark[] =>
    number === null || state === 'same' || state === 'missing'
      ? []
      : [{ row: number - 1, state, columns: columnsOf(cells) }],
  )
  const free = expected.map((row, index) => ({ key: JSON.stringify(row), index }))
  const wanted = difference.rows.flatMap(({ state, cells }): RowMark[] => {
    if (state !== 'missing' && state !== 'differs') return []
    const key = JSON.stringify(cells.map(({ value, expected: right }) => (right === undefined ? value : right)))
    const place = free.findIndex((row) => row.key === key)
    return free.splice(place, place < 0 ? 0 : 1).map(({ index }) => ({ row: index, state, columns: columnsOf(cells) }))
  })
  return { expected: wanted, given }
}

function columnsOf(cells: DifferenceRow['cells']): number[] {
  return cells.flatMap((cell, index) => (cell.expected === undefined ? [] : [index]))
}
