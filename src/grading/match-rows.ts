/**
 * Which given row stands for which expected one. Three passes: equal rows; rows equal within the tolerance; rows that
 * share most cells, so that "differs in price" can be said in place of "one missing, one too many".
 */
import { pairNearest } from './pair-nearest.ts'
import { cellsEqual, type PreparedTable, type RowPair } from './prepared-table.ts'

/** Every row of both results is in exactly one of these. */
export interface RowMatching {
  same: RowPair[]
  differing: RowPair[]
  missing: number[]
  extra: number[]
}

/** Matches rows as bags: a row that occurs twice is needed twice. */
export function matchRows(table: PreparedTable): RowMatching {
  const exact = matchEqual(table)
  const close = matchClose(table, exact.missing, exact.extra)
  const near = pairNearest(table, close.missing, close.extra)
  const same = [...exact.same, ...close.same].sort((a, b) => a.given - b.given)
  return { same, differing: near.pairs, missing: near.missing, extra: near.extra }
}

interface Partial {
  same: RowPair[]
  missing: number[]
  extra: number[]
}

function matchEqual({ expected, given }: PreparedTable): Partial {
  const waiting = new Map<string, number[]>()
  // From the back, so that pop() takes the first of equal rows.
  for (let index = expected.length - 1; index >= 0; index -= 1) {
    const key = JSON.stringify(expected[index])
    const places = waiting.get(key)
    if (places === undefined) waiting.set(key, [index])
    else places.push(index)
  }
  const same: RowPair[] = []
  const extra: number[] = []
  for (const [index, row] of given.entries()) {
    const place = waiting.get(JSON.stringify(row))?.pop()
    if (place === undefined) extra.push(index)
    else same.push({ expected: place, given: index })
  }
  return { same, extra, missing: [...waiting.values()].flat().sort((a, b) => a - b) }
}

/**
 * Rows equal within the tolerance. Closeness is not transitive, so there is no key for it: rows are grouped by their
 * exact cells, each group is sorted by its inexact ones, and neighbours are matched.
 */
function matchClose(table: PreparedTable, missing: number[], extra: number[]): Partial {
  const inexact = table.tolerances.flatMap((tolerance, index) => (tolerance > 0 ? [index] : []))
  if (inexact.length === 0 || missing.length === 0 || extra.length === 0) return { same: [], missing, extra }
  const groupKey = (row: readonly (string | null)[] | undefined) =>
    JSON.stringify(row?.map((cell, index) => (inexact.includes(index) && cell !== null ? 0 : cell)))
  const groups = Map.groupBy(missing, (index) => groupKey(table.expected[index]))
  const same: RowPair[] = []
  const extraByGroup = Map.groupBy(extra, (index) => groupKey(table.given[index]))
  for (const [key, givenRows] of extraByGroup)
    same.push(...matchSorted(table, inexact, groups.get(key) ?? [], givenRows))
  const matchedExpected = new Set(same.map((pair) => pair.expected))
  const matchedGiven = new Set(same.map((pair) => pair.given))
  return {
    same,
    missing: missing.filter((index) => !matchedExpected.has(index)),
    extra: extra.filter((index) => !matchedGiven.has(index)),
  }
}

function matchSorted(table: PreparedTable, inexact: number[], expectedRows: number[], givenRows: number[]): RowPair[] {
  const sorted = (rows: PreparedTable['given'], indexes: number[]) =>
    indexes.toSorted((a, b) => compareNumbers(rows[a], rows[b], inexact))
  const wanted = sorted(table.expected, expectedRows)
  const offered = sorted(table.given, givenRows)
  const pairs: RowPair[] = []
  let place = 0
  for (const given of offered) {
    const isClose = (expected: number | undefined) =>
      expected !== undefined &&
      inexact.every((column) =>
        cellsEqual(
          table.expected[expected]?.[column] ?? null,
          table.given[given]?.[column] ?? null,
          table.tolerances[column] ?? 0,
        ),
      )
    // Skip expected rows that lie before this one: a later given row lies further on still.
    while (place < wanted.length && !isClose(wanted[place]) && isBefore(table, inexact, wanted[place], given))
      place += 1
    const expected = wanted[place]
    if (expected === undefined || !isClose(expected)) continue
    pairs.push({ expected, given })
    place += 1
  }
  return pairs
}

function isBefore(table: PreparedTable, inexact: number[], expected: number | undefined, given: number): boolean {
  return expected !== undefined && compareNumbers(table.expected[expected], table.given[given], inexact) < 0
}

function compareNumbers(
  a: readonly (string | null)[] | undefined,
  b: readonly (string | null)[] | undefined,
  columns: number[],
): number {
  for (const column of columns) {
    const [x, y] = [Number(a?.[column] ?? 0), Number(b?.[column] ?? 0)]
    if (x !== y) return x < y ? -1 : 1
  }
  return 0
}
