/** The rows of a difference that a page shows: those that differ, with one same row around each, in a readable order. */
import type { Cell } from '../pods/run.ts'
import type { RowMatching } from './match-rows.ts'
import type { RowPair } from './prepared-table.ts'
import type { DifferenceRow } from './verdict.ts'

/** Most rows of a difference. */
export const differenceRowsMax = 50

interface Table {
  rows: readonly (readonly Cell[])[]
}

/** Whether two cells are equal by the exercise's rules: `1` and `1.0` are, though they are written differently. */
export type SameCell = (pair: RowPair, column: number) => boolean

/** Rows in the person's order; a missing row stands behind the row that it should follow. */
export function displayRows(expected: Table, given: Table, matching: RowMatching, isSame: SameCell): DifferenceRow[] {
  const byGiven = new Map(matching.differing.map((pair) => [pair.given, pair.expected]))
  const extra = new Set(matching.extra)
  const missingBehind = placeMissing(matching)
  const rows: DifferenceRow[] = []
  const addMissing = (place: number) => {
    for (const index of missingBehind.get(place) ?? []) rows.push(wholeRow('missing', null, expected.rows[index]))
  }
  addMissing(-1)
  for (const [index, row] of given.rows.entries()) {
    const partner = byGiven.get(index)
    if (partner !== undefined) {
      const isRight = (column: number) => isSame({ expected: partner, given: index }, column)
      rows.push(differingRow(index, row, expected.rows[partner], isRight))
    } else rows.push(wholeRow(extra.has(index) ? 'extra' : 'same', index + 1, row))
    addMissing(index)
  }
  return keepChanged(rows)
}

/** Rows around the first that stands in the wrong place, each with the place where it belongs. */
export function displayRowsOutOfOrder(given: Table, matching: RowMatching, from: number): DifferenceRow[] {
  const placeOf = new Map(matching.same.map((pair) => [pair.given, pair.expected]))
  const start = Math.max(0, from - 1)
  return given.rows.slice(start, start + differenceRowsMax).map((row, index) => {
    const place = placeOf.get(start + index) ?? start + index
    return {
      ...wholeRow('same', start + index + 1, row),
      ...(place === start + index ? {} : { numberExpected: place + 1 }),
    }
  })
}

/** For each given row (-1: before the first), the missing rows that are expected behind it. */
function placeMissing({ same, differing, missing }: RowMatching): Map<number, number[]> {
  const givenOf = new Map([...same, ...differing].map((pair) => [pair.expected, pair.given]))
  const wanted = new Set(missing)
  const placed = new Map<number, number[]>()
  const last = Math.max(-1, ...missing.slice(-1))
  let anchor = -1
  for (let index = 0; index <= last; index += 1) {
    anchor = givenOf.get(index) ?? anchor
    if (!wanted.has(index)) continue
    const behind = placed.get(anchor)
    if (behind === undefined) placed.set(anchor, [index])
    else behind.push(index)
  }
  return placed
}

function wholeRow(state: DifferenceRow['state'], number: number | null, row: readonly Cell[] = []): DifferenceRow {
  return { state, number, cells: row.map((value) => ({ value })) }
}

function differingRow(
  index: number,
  row: readonly Cell[],
  expected: readonly Cell[] = [],
  isRight: (column: number) => boolean,
): DifferenceRow {
  const cells = row.map((value, column) =>
    isRight(column) ? { value } : { value, expected: expected[column] ?? null },
  )
  return { state: 'differs', number: index + 1, cells }
}

function keepChanged(rows: readonly DifferenceRow[]): DifferenceRow[] {
  const isChanged = (index: number) => rows[index] !== undefined && rows[index].state !== 'same'
  return rows
    .filter((_, index) => isChanged(index) || isChanged(index - 1) || isChanged(index + 1))
    .slice(0, differenceRowsMax)
}
