/**
 * Reads tables that an answer has changed. First it is proved that each name is still an ordinary table, for a view or a
 * policy in its place would run the person's code in the middle of grading. All of it runs as the person's own role.
 */
import type { TablesGrading } from '../catalog/exercise.ts'
import type { Database } from '../pods/driver.ts'
import type { RunLimits } from '../pods/run.ts'
import { errorOf, type Found, foundOf, sandboxLost } from './inspect.ts'
import { identifier, literal, safeSession } from './safe-session.ts'
import type { Violation } from './verdict.ts'

/** The content of the tables, and a violation for each that can't be read as a table. */
export async function inspectTables(
  database: Database,
  grading: TablesGrading,
  limits: RunLimits,
): Promise<{ results: Found[]; violations: Violation[] }> {
  const results: Found[] = []
  const violations: Violation[] = []
  for (const table of grading.tables) {
    const columns = await readableColumns(database, table, limits)
    const kept = columns.filter((column) => !grading.ignoreColumns.includes(column))
    const found = kept.length === 0 ? null : await readTable(database, table, kept, limits)
    if (found === null)
      violations.push({ kind: 'table', name: table, message: `${table} is no longer a table that can be read.` })
    else results.push(found)
  }
  return { results, violations }
}

/** The columns of an ordinary table without row policies; none where it is something else. */
async function readableColumns(database: Database, table: string, limits: RunLimits): Promise<string[]> {
  const { schema, name } = splitName(table)
  const query = `SELECT a.attname::text FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = ${literal(schema)} AND c.relname = ${literal(name)} AND c.relkind IN ('r', 'p')
      AND NOT c.relrowsecurity AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`
  const run = await database.run(safeSession(query), limits)
  if (run.end === 'lost') throw sandboxLost(run.end)
  const rows = errorOf(run) === null ? (run.statements.at(-1)?.rows ?? []) : []
  return rows.flatMap(([column]) => column ?? [])
}

async function readTable(
  database: Database,
  table: string,
  columns: readonly string[],
  limits: RunLimits,
): Promise<Found | null> {
  const { schema, name } = splitName(table)
  const query = `SELECT ${columns.map(identifier).join(', ')} FROM ${identifier(schema)}.${identifier(name)}`
  const run = await database.run(safeSession(query), limits)
  if (run.end === 'lost') throw sandboxLost(run.end)
  const statement = run.statements.at(-1)
  return run.end !== 'completed' || statement === undefined ? null : foundOf(statement, table)
}

function splitName(table: string): { schema: string; name: string } {
  const dot = table.indexOf('.')
  return { schema: table.slice(0, dot), name: table.slice(dot + 1) }
}
