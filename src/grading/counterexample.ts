/**
 * The smallest counterexample to a wrong answer: the fewest rows of the visible data on which it still does something else
 * than every reference, found by taking rows away. Never of hidden data.
 */
import type { Check, SqlExercise } from '../catalog/exercise.ts'
import type { Parser } from '../parsing/parser.ts'
import type { Database } from '../pods/driver.ts'
import type { RunLimits } from '../pods/run.ts'
import { type CaseAim, caseAims } from './case-aims.ts'
import {
  type CaseScript,
  type CaseTexts,
  caseScript,
  caseTexts,
  contrast,
  type MarkedTable,
  namedTables,
} from './case-script.ts'
import { type CaseTables, makeCaseTables, type PlacedRow, rowKey } from './case-tables.ts'
import type { ResultTable } from './compare-rows.ts'
import type { UseSandbox } from './sandbox-use.ts'
import { type StillShows, shrink } from './shrink.ts'

/** A table of the counterexample. */
export interface CaseTable extends ResultTable {
  name: string
}

/** Small tables, and what a reference and the answer make of them. */
export interface Counterexample {
  /** Those that the statements use. */
  tables: CaseTable[]
  /** The table whose content is compared, for example `public.film`; null where results are. */
  judgedTable: string | null
  /** The check that fails, where checks judge: expected are no rows, given those that it finds. */
  check: Pick<Check, 'name' | 'message'> | null
  expected: MarkedTable
  given: MarkedTable
}

/** What searching needs. */
export interface CounterexampleParts {
  useSandbox: UseSandbox
  parser: Parser
  limits: RunLimits
  /** How long the search may take from having a sandbox; two seconds unless said. */
  budgetMs?: number
}

const budgetMsUnlessSaid = 2_000
/** A larger counterexample explains nothing. */
const rowsShownMax = 24
/** Questions that go to the server in one session. */
const batchMax = 12
const bytesMax = 16 * 1024 * 1024

/**
 * Searches; null where there can be none, the statements can't be tried in a transaction that is undone, or nothing small
 * is found in time. Throws `Failure` where there is no sandbox.
 */
export async function findCounterexample(
  parts: CounterexampleParts,
  { exercise, answer, line }: { exercise: SqlExercise; answer: string; line?: string },
): Promise<Counterexample | null> {
  const aims = await caseAims(parts.parser, exercise)
  const texts = aims.length === 0 ? null : await caseTexts(parts.parser, exercise, answer)
  if (texts === null) return null
  const checks = aims.flatMap(({ check }) => check?.sql ?? [])
  const names = await namedTables(parts.parser, [...exercise.solutions, answer, ...checks])
  const want = { recipe: exercise.recipe, isolation: 'database', access: 'write' } as const
  const searchWith = async (database: Database) => {
    const limits = { ...parts.limits, bytesMax }
    const endMs = performance.now() + (parts.budgetMs ?? budgetMsUnlessSaid)
    const isChanging = !texts.areQueries
    const copies = await makeCaseTables(database, { names, isChanging }, limitsUntil(endMs, limits))
    if (copies === null) return null
    for (const aim of aims) {
      const found = await searchIn({ database, exercise, texts, aim, copies, limits, endMs })
      if (found !== null) return found
    }
    return null
  }
  return await parts.useSandbox(want, searchWith, line)
}

interface Search {
  database: Database
  exercise: SqlExercise
  texts: CaseTexts
  aim: CaseAim
  copies: CaseTables
  limits: RunLimits
  endMs: number
}

async function searchIn(search: Search): Promise<Counterexample | null> {
  const isLate = () => performance.now() > search.endMs
  const stillShows = async (candidates: readonly (readonly PlacedRow[])[]) => {
    for (let start = 0; start < candidates.length && !isLate(); start += batchMax) {
      const found = await firstDiffering(search, candidates.slice(start, start + batchMax))
      if (found >= 0) return start + found
    }
    return -1
  }
  const { rows, withParents } = search.copies
  if ((await stillShows([rows])) < 0) return null
  const least = await shrink(rows, stillShows, isLate)
  // A check that fails even so is about no row.
  if (search.aim.check !== null && least.length === 0) return null
  const few = withParents(least)
  if (few.length > 2 * rowsShownMax) return null
  const smallest = await prune(few, search.copies, stillShows)
  return smallest.length > rowsShownMax ? null : await show(search, smallest)
}

/** A row may be there only for those that it points to: leaves out what can go together with all that points to it. */
async function prune(
  rows: readonly PlacedRow[],
  { withParents }: Pick<CaseTables, 'withParents'>,
  stillShows: StillShows<PlacedRow>,
): Promise<readonly PlacedRow[]> {
  const candidates = rows.map((row) =>
    rows.filter((other) => withParents([other]).every((needed) => rowKey(needed) !== rowKey(row))),
  )
  const found = candidates[await stillShows(candidates)]
  return found === undefined ? rows : await prune(found, { withParents }, stillShows)
}

/** Tries candidates one after another in one session; an error counts as no difference, and ends the batch. */
async function firstDiffering(search: Search, candidates: readonly (readonly PlacedRow[])[]): Promise<number> {
  for (let start = 0; start < candidates.length; ) {
    const scripts = candidates.slice(start).map((rows) => scriptOf(search, rows))
    const run = await search.database.run(
      ['BEGIN', ...scripts.flatMap(({ statements }) => statements)].map((text) => ({ text, offset: 0 })),
      limitsUntil(search.endMs, search.limits),
    )
    let place = 1
    let tried = 0
    for (const script of scripts) {
      const results = run.statements.slice(place, place + script.statements.length)
      if (results.length < script.statements.length || results.at(-1)?.error !== null) break
      if (contrast(search.exercise, script.read(results)) !== null) return start + tried
      place += results.length
      tried += 1
    }
    if (run.end !== 'completed' && run.end !== 'error') return -1
    start += tried + 1
  }
  return -1
}

function scriptOf({ texts, aim, copies }: Search, rows: readonly PlacedRow[]): CaseScript {
  return caseScript(texts, aim.look, copies.fill(rows))
}

async function show(search: Search, rows: readonly PlacedRow[]): Promise<Counterexample | null> {
  const { copies, database, limits, exercise, aim } = search
  const script = scriptOf(search, rows)
  const contents = copies.tables.map(({ sqlName }) => `SELECT * FROM ${sqlName}`)
  const before = ['BEGIN', 'SAVEPOINT podium_content', ...copies.fill(rows), ...contents, 'ROLLBACK TO podium_content']
  const run = await database.run(
    [...before, ...script.statements].map((text) => ({ text, offset: 0 })),
    limits,
  )
  if (run.end !== 'completed') return null
  const shown = contrast(exercise, script.read(run.statements.slice(before.length)))
  if (shown === null) return null
  const filled = run.statements.slice(before.length - 1 - contents.length, before.length - 1)
  const tables = filled.flatMap(({ columns, rows: kept }, index): CaseTable[] => {
    const table = copies.tables[index]
    if (table === undefined || table.isUsed === 'no' || (table.isUsed === 'perhaps' && kept.length === 0)) return []
    return [{ name: table.name, columns, rows: kept }]
  })
  if (aim.check === null) return { tables, check: null, ...shown }
  const { name, message } = aim.check
  return { tables, ...shown, check: { name, message }, given: { ...shown.given, marks: [] } }
}

function limitsUntil(endMs: number, limits: RunLimits): RunLimits {
  return { ...limits, timeoutMs: Math.max(50, Math.min(limits.timeoutMs, endMs - performance.now())) }
}
