/** Whether rows that are all right also stand in the right order. */
import { type PreparedTable, rowsEqual } from './prepared-table.ts'

/**
 * The first place (from 0) where the given order departs from the expected one, looking only at the key columns: rows
 * that tie on these may stand in any order. Null where the order is right.
 */
export function firstOutOfOrder(table: PreparedTable, keys: readonly number[]): number | null {
  const place = table.given.findIndex((row, index) => !rowsEqual(row, table.expected[index], keys, table.tolerances))
  return place < 0 ? null : place
}
