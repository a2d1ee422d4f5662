/** Pairs expected rows that are missing with given rows that are too many where they share at least half their cells. */
import { cellsEqual, type PreparedTable, type RowPair } from './prepared-table.ts'

/** A value that this many missing rows share says nothing about which of them is meant; keeps the work linear. */
const candidatesMax = 24

interface Nearest {
  pairs: RowPair[]
  missing: number[]
  extra: number[]
}

/** Pairs the most alike first; rows of one column are never paired, for they would share nothing. */
export function pairNearest(table: PreparedTable, missing: number[], extra: number[]): Nearest {
  const width = table.tolerances.length
  if (width < 2 || missing.length === 0 || extra.length === 0) return { pairs: [], missing, extra }
  const index = indexCells(table, missing)
  const candidates = extra.flatMap((given) => nearestOf(table, index, given))
  candidates.sort((a, b) => b.shared - a.shared || a.given - b.given || a.expected - b.expected)
  const usedExpected = new Set<number>()
  const usedGiven = new Set<number>()
  const pairs: RowPair[] = []
  for (const { expected, given } of candidates) {
    if (usedExpected.has(expected) || usedGiven.has(given)) continue
    usedExpected.add(expected)
    usedGiven.add(given)
    pairs.push({ expected, given })
  }
  return {
    pairs: pairs.sort((a, b) => a.given - b.given),
    missing: missing.filter((row) => !usedExpected.has(row)),
    extra: extra.filter((row) => !usedGiven.has(row)),
  }
}

/** For each column, which missing rows hold a value. */
function indexCells(table: PreparedTable, missing: readonly number[]): Map<string, number[]>[] {
  return table.tolerances.map((_, column) =>
    Map.groupBy(missing, (row) => cellKey(table.expected[row]?.[column] ?? null)),
  )
}

function cellKey(cell: string | null): string {
  return cell === null ? 'null' : `=${cell}`
}

function nearestOf(table: PreparedTable, index: readonly Map<string, number[]>[], given: number) {
  const row = table.given[given] ?? []
  const candidates = new Set<number>()
  for (const [column, places] of index.entries()) {
    const rows = places.get(cellKey(row[column] ?? null)) ?? []
    if (rows.length <= candidatesMax) for (const expected of rows) candidates.add(expected)
  }
  return [...candidates].flatMap((expected) => {
    const shared = sharedCells(table, expected, given)
    return shared * 2 >= table.tolerances.length ? [{ expected, given, shared }] : []
  })
}

function sharedCells(table: PreparedTable, expected: number, given: number): number {
  const [a, b] = [table.expected[expected], table.given[given]]
  return table.tolerances.filter((tolerance, column) => cellsEqual(a?.[column] ?? null, b?.[column] ?? null, tolerance))
    .length
}
