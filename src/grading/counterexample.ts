/**
 * The smallest counterexample to a wrong answer: the fewest rows of the visible data on which it still gives something
 * else than the reference, found by taking rows away. Never of hidden data.
 */
import type { RowsRules, SqlExercise } from '../catalog/exercise.ts'
import type { Parser } from '../parsing/parser.ts'
import type { Database } from '../pods/driver.ts'
import type { RunLimits, StatementResult } from '../pods/run.ts'
import { type CaseTables, casePath, makeCaseTables, type PlacedRow } from './case-tables.ts'
import { compareRows, type ResultTable } from './compare-rows.ts'
import { identifier } from './safe-session.ts'
import type { UseSandbox } from './sandbox-use.ts'
import { shrink } from './shrink.ts'

/** A table of the counterexample. */
export interface CaseTable extends ResultTable {
  name: string
}

/** Small tables, and what the reference and the answer give on them. */
export interface Counterexample {
  tables: CaseTable[]
  expected: ResultTable
  given: ResultTable
}

/** What searching needs. */
export interface CounterexampleParts {
  useSandbox: UseSandbox
  parser: Parser
  limits: RunLimits
}

/** The whole search, from having a sandbox. */
const budgetMs = 2_000
/** A larger counterexample explains nothing. */
const rowsShownMax = 24
/** Questions that go to the server in one session. */
const batchMax = 12
const bytesMax = 16 * 1024 * 1024

/**
 * Searches; null where the exercise keeps it back, the answer is not one query over plain tables, or nothing small is
 * found in time. Throws `Failure` where there is no sandbox.
 */
export async function findCounterexample(
  parts: CounterexampleParts,
  { exercise, answer, line }: { exercise: SqlExercise; answer: string; line?: string },
): Promise<Counterexample | null> {
  const { grading } = exercise
  const reference = exercise.solutions[0] ?? ''
  if (!exercise.showsCounterexample || grading.compare !== 'rows' || exercise.solutions.length > 1) return null
  const queries = [await oneQuery(parts.parser, reference), await oneQuery(parts.parser, answer)]
  const tables = await tablesOf(parts.parser, [reference, answer])
  const [expected, given] = queries
  if (expected == null || given == null || tables === null) return null
  const want = { recipe: exercise.recipe, isolation: 'database', access: 'write' } as const
  const searchWith = async (database: Database) => {
    const search: Search = {
      database,
      expected,
      given,
      rules: grading,
      limits: { ...parts.limits, bytesMax },
      endMs: performance.now() + budgetMs,
    }
    const copies = await makeCaseTables(database, tables, limitsNow(search))
    return copies === null ? null : await searchIn(search, copies)
  }
  return await parts.useSandbox(want, searchWith, line)
}

interface Search {
  database: Database
  expected: string
  given: string
  rules: RowsRules
  limits: RunLimits
  endMs: number
}

/** The text of a single SELECT; null where it is more or something else. */
async function oneQuery(parser: Parser, text: string): Promise<string | null> {
  const split = await parser.split(text)
  if ('error' in split || split.statements.length !== 1) return null
  const [only] = split.statements
  return only?.kind === 'SelectStmt' ? only.text : null
}

/** The tables both read; null where a name says its schema, for the copies could not stand in for it. */
async function tablesOf(parser: Parser, texts: readonly string[]): Promise<string[] | null> {
  const constructs = (await Promise.all(texts.map((text) => parser.constructs(text)))).flat()
  const tables = [
    ...new Set(constructs.filter((name) => name.startsWith('table ')).map((name) => name.slice('table '.length))),
  ]
  return tables.length === 0 || tables.some((name) => name.includes('.')) ? null : tables
}

async function searchIn(search: Search, copies: CaseTables): Promise<Counterexample | null> {
  const isLate = () => performance.now() > search.endMs
  const stillShows = async (candidates: readonly (readonly PlacedRow[])[]) => {
    for (let start = 0; start < candidates.length && !isLate(); start += batchMax) {
      const found = await firstDiffering(search, copies, candidates.slice(start, start + batchMax))
      if (found >= 0) return start + found
    }
    return -1
  }
  if ((await stillShows([copies.rows])) < 0) return null
  const smallest = await shrink(copies.rows, stillShows, isLate)
  return smallest.length > rowsShownMax ? null : await show(search, copies, smallest)
}

/** Tries candidates one after another in one session; an error counts as no difference, and ends the batch. */
async function firstDiffering(
  search: Search,
  copies: CaseTables,
  candidates: readonly (readonly PlacedRow[])[],
): Promise<number> {
  for (let start = 0; start < candidates.length; ) {
    const batch = candidates.slice(start)
    const scripts = batch.map((rows) => [
      'SAVEPOINT podium_case',
      ...copies.fill(rows),
      search.expected,
      search.given,
      'ROLLBACK TO podium_case',
    ])
    const before = [...casePath, 'BEGIN']
    const run = await search.database.run(
      [...before, ...scripts.flat()].map((text) => ({ text, offset: 0 })),
      limitsNow(search),
    )
    let place = before.length
    let tried = 0
    for (const script of scripts) {
      const last = run.statements[place + script.length - 1]
      if (last === undefined || last.error !== null) break
      const [expected, given] = run.statements.slice(place + script.length - 3)
      if (expected !== undefined && given !== undefined && differ(search, expected, given)) return start + tried
      place += script.length
      tried += 1
    }
    if (run.end !== 'completed' && run.end !== 'error') return -1
    start += tried + 1
  }
  return -1
}

function differ({ rules }: Search, expected: StatementResult, given: StatementResult): boolean {
  if (expected.truncatedBy !== null) return false
  const difference = compareRows(expected, given, rules)
  // What is wrong with columns shows on any data: rows would explain nothing.
  return difference !== null && difference.columnsExpected.length === 0 && difference.columnsMistyped.length === 0
}

async function show(search: Search, copies: CaseTables, rows: readonly PlacedRow[]): Promise<Counterexample | null> {
  const contents = copies.tables.map((name) => `SELECT * FROM podium_case.${identifier(name)}`)
  const statements = [...casePath, 'BEGIN', ...copies.fill(rows), ...contents, search.expected, search.given]
  const run = await search.database.run(
    statements.map((text) => ({ text, offset: 0 })),
    search.limits,
  )
  const results = run.statements.slice(-contents.length - 2).map(({ columns, rows: kept }) => ({ columns, rows: kept }))
  const [expected, given] = results.splice(-2)
  if (run.end !== 'completed' || expected === undefined || given === undefined) return null
  return { tables: results.map((table, index) => ({ name: copies.tables[index] ?? '', ...table })), expected, given }
}

function limitsNow({ limits, endMs }: Search): RunLimits {
  return { ...limits, timeoutMs: Math.max(50, Math.min(limits.timeoutMs, endMs - performance.now())) }
}
