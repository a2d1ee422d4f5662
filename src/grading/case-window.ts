/**
 * Of a table with too many rows to be shrunk, the pages on which the answer still differs. They are looked for with a view
 * in its place that shows one stretch of pages after another, so that nothing is copied.
 */
import { type CaseFacts, type CaseTableFacts, chooseTables, rowsMax, sqlName } from './case-facts.ts'
import { identifier } from './safe-session.ts'

/** Pages of a table, from the first one to before the last. */
export interface PageRange {
  oid: string
  from: number
  to: number
}

/** Where to look, and how statements see only that. */
export interface Windows {
  /** Come before all trials. */
  prelude: readonly string[]
  /** Together the whole table. */
  ranges: readonly PageRange[]
  /** The statement that shows these pages and no others. */
  view(range: PageRange): string
}

/** About how many rows a stretch has. */
const rowsInRange = 20_000
/** More stretches take longer than there is time. */
const rangesMax = 200
const schema = 'podium_window'

/**
 * The stretches of the one table that is too large; null where none is, or nothing can be done about it: several are, rows
 * point to its rows, or other names may lead to it.
 */
export function windowsOf(facts: CaseFacts, names: readonly string[]): Windows | null {
  const { tables, isWhole } = chooseTables(facts, names, false)
  const [large, ...others] = tables.toSorted((one, other) => other.rowsEstimated - one.rowsEstimated)
  if (large === undefined || large.rowsEstimated <= rowsMax || isWhole || !large.isOnly) return null
  const othersHave = others.reduce((sum, { rowsEstimated }) => sum + Math.max(0, rowsEstimated), 0)
  if (othersHave + rowsInRange > rowsMax || facts.keys.some(({ parent }) => parent === large.oid)) return null
  const count = Math.ceil(large.rowsEstimated / rowsInRange)
  if (count > rangesMax) return null
  const view = (range: PageRange) =>
    `CREATE VIEW ${schema}.${identifier(large.name)} AS SELECT * FROM ${sqlName(large)} WHERE ${inPages(range)}`
  const ranges = split({ oid: large.oid, from: 0, to: large.pages }, count)
  return { prelude: [`CREATE SCHEMA ${schema}`, settings], ranges, view }
}

/** So many pages or fewer are not worth being divided. */
const pagesMin = 4

/** The quarters of a stretch; none where it is small. */
export function quarters(range: PageRange): PageRange[] {
  return range.to - range.from <= pagesMin ? [] : split(range, 4)
}

function split({ oid, from, to }: PageRange, count: number): PageRange[] {
  const pages = Math.ceil((to - from) / count)
  const starts = Array.from({ length: Math.ceil((to - from) / pages) }, (_, index) => from + index * pages)
  return starts.map((start) => ({ oid, from: start, to: Math.min(start + pages, to) }))
}

/** An index would lead through all pages, to leave out those that are not wanted. */
const settings = `SELECT set_config('search_path', '${schema}, ' || current_setting('search_path'), true),
  set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true),
  set_config('enable_bitmapscan', 'off', true)`

/** The condition on a row's place. */
export function inPages({ from, to }: PageRange): string {
  return `ctid >= '(${from},0)' AND ctid < '(${to},0)'`
}

/** The table's rows that are set aside, as what stands behind FROM. */
export function rowsOf(table: CaseTableFacts, range: PageRange | null): string {
  const from = `${table.isOnly ? 'ONLY ' : ''}${sqlName(table)}`
  return range?.oid === table.oid ? `${from} WHERE ${inPages(range)}` : from
}
