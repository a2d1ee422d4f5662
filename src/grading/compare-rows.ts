/**
 * How two results differ: the one that an exercise's reference gives and the one a person's statement gives. Pure: plain
 * values in, plain values out. `null` means that they are the same by the exercise's rules.
 */
import type { RowsRules } from '../catalog/exercise.ts'
import type { Cell, Column } from '../pods/run.ts'
import { displayRows, displayRowsOutOfOrder, type SameCell } from './display-rows.ts'
import { matchColumns, mistypedColumns } from './match-columns.ts'
import { matchRows, type RowMatching } from './match-rows.ts'
import { cellsEqual, type PreparedTable, prepareTable } from './prepared-table.ts'
import { firstOutOfOrder } from './row-order.ts'
import type { RowsDifference } from './verdict.ts'

/** A result: columns and the rows below them. */
export interface ResultTable {
  columns: readonly Column[]
  rows: readonly (readonly Cell[])[]
}

/** Compares a result with the expected one. Takes time near to linear in the number of cells. */
export function compareRows(expected: ResultTable, given: ResultTable, grading: RowsRules): RowsDifference | null {
  const columns = matchColumns(expected.columns, given.columns, grading.columns)
  if (columns.order === null) return { ...empty(expected, given), ...columns.difference }
  const difference = compareAligned(expected, align(given, columns.order), grading)
  if (difference === null) return null
  const permuted = grading.columns === 'position' ? permutation(expected.columns, given.columns) : null
  if (permuted === null || compareAligned(expected, align(given, permuted), grading) !== null) return difference
  const [columnsExpected, columnsGiven] = [names(expected), names(given)]
  return { ...empty(expected, given), columnsExpected, columnsGiven }
}

/** Compares results whose columns already correspond, one to one. */
function compareAligned(expected: ResultTable, given: ResultTable, grading: RowsRules): RowsDifference | null {
  const columnsMistyped = mistypedColumns(expected, given)
  if (columnsMistyped.length > 0) return { ...empty(expected, given), columnsMistyped }
  const table = prepareTable(expected, given, grading.tolerance)
  const matching = matchRows(table)
  const isSameBag = matching.missing.length === 0 && matching.extra.length === 0 && matching.differing.length === 0
  if (!isSameBag) return describeRows(expected, given, matching, isSameCell(table))
  if (grading.order === 'none') return null
  const keys = grading.order === 'exact' ? [] : grading.order
  const outOfOrder = firstOutOfOrder(table, keyColumns(expected.columns, keys))
  if (outOfOrder === null) return null
  const rows = displayRowsOutOfOrder(given, matching, outOfOrder)
  return { ...empty(expected, given), orderBy: [...keys], rows }
}

function describeRows(
  expected: ResultTable,
  given: ResultTable,
  matching: RowMatching,
  isSame: SameCell,
): RowsDifference {
  return {
    ...empty(expected, given),
    rowsMissing: matching.missing.length,
    rowsExtra: matching.extra.length,
    rowsDiffering: matching.differing.length,
    rows: displayRows(expected, given, matching, isSame),
  }
}

function isSameCell(table: PreparedTable): SameCell {
  return (pair, column) => {
    const [a, b] = [table.expected[pair.expected]?.[column], table.given[pair.given]?.[column]]
    return cellsEqual(a ?? null, b ?? null, table.tolerances[column] ?? 0)
  }
}

/** The numbers of the columns that decide the order; every column where no key is named. */
function keyColumns(columns: readonly Column[], keys: readonly string[]): number[] {
  const all = columns.map((_, index) => index)
  return keys.length === 0 ? all : all.filter((index) => keys.includes(columns[index]?.name ?? ''))
}

/** Where the names are the same but stand in another order: how to put the given columns into the expected one. */
function permutation(expected: readonly Column[], given: readonly Column[]): number[] | null {
  const matched = matchColumns(expected, given, 'name').order
  return matched?.some((index, position) => index !== position) ? matched : null
}

function align(given: ResultTable, order: readonly number[]): ResultTable {
  if (order.every((index, position) => index === position)) return given
  const pick = <T>(values: readonly T[]): T[] => order.flatMap((index) => values.slice(index, index + 1))
  return { columns: pick(given.columns), rows: given.rows.map(pick) }
}

function names(table: ResultTable): string[] {
  return table.columns.map(({ name }) => name)
}

function empty(expected: ResultTable, given: ResultTable): RowsDifference {
  const columns = given.columns.length === expected.columns.length ? given.columns : expected.columns
  return {
    columns: columns.map((column) => ({ ...column })),
    columnsMissing: [],
    columnsExtra: [],
    columnsExpected: [],
    columnsGiven: [],
    columnsMistyped: [],
    rowsMissing: 0,
    rowsExtra: 0,
    rowsDiffering: 0,
    orderBy: null,
    rowsExpected: expected.rows.length,
    rowsGiven: given.rows.length,
    rows: [],
  }
}
