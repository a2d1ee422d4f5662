/**
 * The smallest counterexample to a wrong answer: the fewest rows of the visible data on which it still does something else
 * than every reference, found by taking rows away. Never of hidden data.
 */
import type { Check, SqlExercise } from '../catalog/exercise.ts'
import type { Parser } from '../parsing/parser.ts'
import type { Database } from '../pods/driver.ts'
import type { RunLimits } from '../pods/run.ts'
import { type CaseAim, caseAims } from './case-aims.ts'
import { readCaseFacts } from './case-facts.ts'
import { type CaseTexts, caseScript, caseTexts, contrast, type MarkedTable, namedTables } from './case-script.ts'
import { type CaseTables, makeCaseTables, type PlacedRow, rowKey } from './case-tables.ts'
import { type PageRange, quarters, type Windows, windowsOf } from './case-window.ts'
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
    const endMs = performance.now() + (parts.budgetMs ?? budgetMsUnlessSaid)
    const trials = { database, exercise, texts, limits: { ...parts.limits, bytesMax }, endMs }
    return await searchFor(trials, aims, names)
  }
  return await parts.useSandbox(want, searchWith, line)
}

async function searchFor(
  trials: Trials,
  aims: readonly CaseAim[],
  names: readonly string[],
): Promise<Counterexample | null> {
  const { database, texts, limits, endMs } = trials
  const isChanging = !texts.areQueries
  const facts = await readCaseFacts(database, limitsUntil(endMs, limits))
  const [first] = aims
  if (facts === null || first === undefined) return null
  const windows = isChanging ? null : windowsOf(facts, names)
  const range = windows === null ? null : await findRange({ ...trials, aim: first }, windows)
  if (windows !== null && range === null) return null
  const copies = await makeCaseTables(database, facts, { names, isChanging, range }, limitsUntil(endMs, limits))
  if (copies === null) return null
  for (const aim of aims) {
    const found = await searchIn({ ...trials, aim, copies })
    if (found !== null) return found
  }
  return null
}

/** What every trial needs. */
interface Trials {
  database: Database
  exercise: SqlExercise
  texts: CaseTexts
  limits: RunLimits
  endMs: number
}

interface Search extends Trials {
  aim: CaseAim
  copies: CaseTables
}

/** A stretch of a large table on which the answer still differs, as small as is found in time; null where there is none. */
async function findRange(
  trials: Trials & { aim: CaseAim },
  { prelude, ranges, view }: Windows,
): Promise<PageRange | null> {
  let found: PageRange | null = null
  for (let waiting = [...ranges]; waiting.length > 0 && performance.now() < trials.endMs; ) {
    const tried = waiting.splice(0, batchMax)
    const views = tried.map((range) => [view(range)])
    const next: PageRange | undefined = tried[await firstDiffering(trials, views, prelude)]
    if (next === undefined) continue
    found = next
    waiting = quarters(next)
  }
  return found
}

async function searchIn(search: Search): Promise<Counterexample | null> {
  const isLate = () => performance.now() > search.endMs
  const stillShows = async (candidates: readonly (readonly PlacedRow[])[]) => {
    for (let start = 0; start < candidates.length && !isLate(); start += batchMax) {
      const fills = candidates.slice(start, start + batchMax).map((rows) => search.copies.fill(rows))
      const found = await firstDiffering(search, fills)
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

/**
 * Tries one choice of rows after another in one session, each given by the statements that put it there, with `prelude`
 * before all of them. An error counts as no difference, and ends the session.
 */
async function firstDiffering(
  search: Trials & { aim: CaseAim },
  fills: readonly (readonly string[])[],
  prelude: readonly string[] = [],
): Promise<number> {
  const before = ['BEGIN', ...prelude]
  for (let start = 0; start < fills.length; ) {
    const scripts = fills.slice(start).map((fill) => caseScript(search.texts, search.aim.look, fill))
    const run = await search.database.run(
      [...before, ...scripts.flatMap(({ statements }) => statements)].map((text) => ({ text, offset: 0 })),
      limitsUntil(search.endMs, search.limits),
    )
    let place = before.length
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

async function show(search: Search, rows: readonly PlacedRow[]): Promise<Counterexample | null> {
  const { copies, database, limits, exercise, aim, texts } = search
  const script = caseScript(texts, aim.look, copies.fill(rows))
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
