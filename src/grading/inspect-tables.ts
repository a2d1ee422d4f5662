/**
 * Reads tables that an answer has changed. First it is proved that each name is still an ordinary table, for a view or a
 * policy in its place would run the person's code in the middle of grading. All of it runs as the person's own role.
 */
import type { TablesGrading } from '../catalog/exercise.ts'
import type { Database } from '../pods/driver.ts'
import type { RunLimits, RunResult, StatementResult } from '../pods/run.ts'
import { errorOf, type Found, foundOf, sandboxLost } from './inspection.ts'
import { identifier, literal, preambleLength, safeSession } from './safe-session.ts'
import type { Violation } from './verdict.ts'

/** The content of the tables, and a violation for each that can't be read as a table. */
export async function inspectTables(
  database: Database,
  grading: TablesGrading,
  limits: RunLimits,
): Promise<{ results: Found[]; violations: Violation[] }> {
  const whole = await readWhole(database, grading, limits)
  if (whole !== null) return { results: whole, violations: [] }
  const columns = await tableColumns(database, grading.tables, limits)
  const queries = new Map(
    grading.tables.flatMap((table) => {
      const kept = (columns.get(table) ?? []).filter((column) => !grading.ignoreColumns.includes(column))
      return kept.length === 0 ? [] : [[table, contentQuery(table, kept)] as const]
    }),
  )
  const contents = await readContents(database, queries, limits)
  const results = grading.tables.flatMap((table) => contents.get(table) ?? [])
  const missing = grading.tables.filter((table) => !contents.has(table))
  if (missing.length === 0) return { results, violations: [] }
  const reasons = await reasonsOf(database, missing, limits)
  return { results, violations: missing.map((table) => unreadable(table, reasons.get(table))) }
}

/** The tables in one session, as nearly all answers leave them; null where one can't be read, or not all of it. */
async function readWhole(database: Database, grading: TablesGrading, limits: RunLimits): Promise<Found[] | null> {
  const { statements, read } = wholeTables(grading)
  const run = await runSafely(database, statements, limits)
  if (run.end !== 'completed') return null
  const results = read(run.statements.slice(preambleLength))
  return results.every(({ columns }) => columns.length > 0) ? results : null
}

/** Statements of a safe session that read the tables, and end it with an error before where one is no ordinary table. */
export function wholeTables({ tables, ignoreColumns }: TablesGrading): {
  statements: readonly string[]
  read(results: readonly StatementResult[]): Found[]
} {
  const ordinary = `SELECT 1 / (count(*) = ${new Set(tables).size})::int FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${areOrdinary(tables)}`
  const contents = tables.map(splitName).map(({ schema, name }) => `${identifier(schema)}.${identifier(name)}`)
  return {
    statements: [ordinary, ...contents.map((table) => `SELECT * FROM ${table}`)],
    read: ([, ...rest]) =>
      rest.map((content, index) => withoutColumns(foundOf(content, tables[index] ?? ''), ignoreColumns)),
  }
}

function withoutColumns(found: Found, ignored: readonly string[]): Found {
  const isKept = found.columns.map(({ name }) => !ignored.includes(name))
  const pick = <T>(values: readonly T[]) => values.filter((_, index) => isKept[index])
  return { ...found, columns: pick(found.columns), rows: found.rows.map(pick) }
}

/** The columns of these tables by name, of those that can be read. */
export async function tableColumns(
  database: Database,
  tables: readonly string[],
  limits: RunLimits,
): Promise<Map<string, string[]>> {
  return readColumns(await runSafely(database, [columnsQuery(tables)], limits))
}

/** What is said of a table that can't be read. */
function unreadable(table: string, reason = 'can no longer be read'): Violation {
  return { kind: 'table', name: table, message: `${table} ${reason}.` }
}

/** For each name that is no ordinary table any more, what it is. */
async function reasonsOf(
  database: Database,
  tables: readonly string[],
  limits: RunLimits,
): Promise<Map<string, string>> {
  const query = `SELECT n.nspname::text, c.relname::text, c.relkind::text, c.relrowsecurity::text FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE (n.nspname::text, c.relname::text) IN (${nameList(tables)})`
  const run = await runSafely(database, [query], limits)
  if (errorOf(run) !== null) return new Map()
  const found = new Map(
    (run.statements.at(-1)?.rows ?? []).map(([schema, name, ...rest]) => [`${schema}.${name}`, rest]),
  )
  return new Map(
    tables.map((table) => {
      const [kind, hasPolicies] = found.get(table) ?? []
      if (kind === undefined) return [table, 'is no longer there']
      if (kind !== 'r' && kind !== 'p') return [table, 'is no longer a table']
      return [
        table,
        hasPolicies === 'true' ? 'has row level security now, so not all of it can be read' : 'can no longer be read',
      ]
    }),
  )
}

function nameList(tables: readonly string[]): string {
  return tables
    .map(splitName)
    .map(({ schema, name }) => `(${literal(schema)}, ${literal(name)})`)
    .join(', ')
}

/** Asks for the columns of those that are ordinary tables without row policies: schema, table, column. */
function columnsQuery(tables: readonly string[]): string {
  return `SELECT n.nspname::text, c.relname::text, a.attname::text FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE ${areOrdinary(tables)} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.oid, a.attnum`
}

/** The condition on class c of namespace n: an ordinary table of these names, without row policies. */
function areOrdinary(tables: readonly string[]): string {
  return `(n.nspname::text, c.relname::text) IN (${nameList(tables)}) AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity`
}

function readColumns(run: RunResult): Map<string, string[]> {
  const columns = new Map<string, string[]>()
  const rows = errorOf(run) === null ? (run.statements.at(-1)?.rows ?? []) : []
  for (const [schema, name, column] of rows) {
    const table = `${schema}.${name}`
    columns.set(table, [...(columns.get(table) ?? []), column ?? ''])
  }
  return columns
}

function contentQuery(table: string, columns: readonly string[]): string {
  const { schema, name } = splitName(table)
  return `SELECT ${columns.map(identifier).join(', ')} FROM ${identifier(schema)}.${identifier(name)}`
}

/**
 * All tables in one session; one that can't be read ends it, and those behind it are read in another. Only the first of a
 * session is given up: what stopped a later one may have been the size of those before it.
 */
async function readContents(
  database: Database,
  queries: ReadonlyMap<string, string>,
  limits: RunLimits,
): Promise<Map<string, Found>> {
  const contents = new Map<string, Found>()
  for (let waiting = [...queries]; waiting.length > 0; ) {
    const run = await runSafely(
      database,
      waiting.map(([, query]) => query),
      limits,
    )
    const read = run.statements.slice(preambleLength, run.end === 'completed' ? undefined : -1)
    for (const [index, statement] of read.entries()) {
      const table = waiting[index]?.[0] ?? ''
      contents.set(table, foundOf(statement, table))
    }
    waiting = waiting.slice(Math.max(1, read.length))
  }
  return contents
}

async function runSafely(database: Database, queries: readonly string[], limits: RunLimits): Promise<RunResult> {
  const run = await database.run(safeSession(...queries), limits)
  if (run.end === 'lost') throw sandboxLost(run.end)
  return run
}

function splitName(table: string): { schema: string; name: string } {
  const dot = table.indexOf('.')
  return { schema: table.slice(0, dot), name: table.slice(dot + 1) }
}
