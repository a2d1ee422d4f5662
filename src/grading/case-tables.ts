/**
 * Small copies of an exercise's tables, beside them in a schema of their own, that stand before them in the search path: a
 * query then sees only the rows put there. The copies keep primary and unique keys; foreign keys are respected by
 * bringing along the rows that the chosen ones point to.
 */
import type { Database } from '../pods/driver.ts'
import type { RunLimits, RunResult } from '../pods/run.ts'
import { identifier, literal, preambleLength, safeSession } from './safe-session.ts'

/** A row of a table, by its place. */
export interface PlacedRow {
  table: string
  ctid: string
}

/** A foreign key between two of the tables. */
interface ForeignKey {
  child: string
  parent: string
  childColumns: string[]
  parentColumns: string[]
}

/** The tables, ready to be filled with any choice of rows. */
export interface CaseTables {
  tables: readonly string[]
  rows: readonly PlacedRow[]
  /** Statements that put a choice of rows into the copies. */
  fill(rows: readonly PlacedRow[]): string[]
}

/** More rows than this are not worth shrinking within the budget. */
const rowsMax = 50_000

const schema = 'podium_case'

/** What a session begins with in which queries see the copies. */
export const casePath = [`SET search_path = ${schema}, public`]

/** Makes the copies, empty; null where a name is no ordinary table of `public`, or there are too many rows. */
export async function makeCaseTables(
  database: Database,
  names: readonly string[],
  limits: RunLimits,
): Promise<CaseTables | null> {
  const wide = { ...limits, rowsMax: rowsMax + 1 }
  const list = names.map(literal).join(', ')
  const facts = await database.run(
    safeSession(
      `SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT relrowsecurity AND relname IN (${list})`,
      `SELECT c.relname::text, p.relname::text,
        (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(f.conkey) WITH ORDINALITY k (num, n) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num),
        (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(f.confkey) WITH ORDINALITY k (num, n) JOIN pg_attribute a ON a.attrelid = p.oid AND a.attnum = k.num)
        FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid
        WHERE f.contype = 'f' AND c.relname IN (${list}) AND p.relname IN (${list})
          AND c.relnamespace = 'public'::regnamespace AND p.relnamespace = 'public'::regnamespace`,
      names.map((name) => `SELECT ${literal(name)}, ctid::text FROM public.${identifier(name)}`).join(' UNION ALL '),
      `CREATE SCHEMA ${schema}`,
      ...names.map(
        (name) => `CREATE TABLE ${schema}.${identifier(name)} (LIKE public.${identifier(name)} INCLUDING INDEXES)`,
      ),
    ),
    wide,
  )
  if (facts.end !== 'completed') return null
  const [tables = [], keys = [], places = []] = resultsOf(facts)
  if (tables.length !== names.length || places.length > rowsMax) return null
  const foreignKeys = keys.map(readForeignKey)
  const rows = places.map(([table, ctid]) => ({ table: table ?? '', ctid: ctid ?? '' }))
  return { tables: names, rows, fill: (chosen) => fillStatements(names, foreignKeys, chosen) }
}

function resultsOf(run: RunResult): (string | null)[][][] {
  return run.statements
    .slice(preambleLength)
    .filter(({ columns }) => columns.length > 0)
    .map(({ rows }) => rows)
}

function readForeignKey([child, parent, childColumns, parentColumns]: (string | null)[]): ForeignKey {
  const columns = (json: string | null | undefined): string[] => JSON.parse(json ?? '[]')
  return {
    child: child ?? '',
    parent: parent ?? '',
    childColumns: columns(childColumns),
    parentColumns: columns(parentColumns),
  }
}

function fillStatements(
  tables: readonly string[],
  keys: readonly ForeignKey[],
  chosen: readonly PlacedRow[],
): string[] {
  const byTable = Map.groupBy(chosen, ({ table }) => table)
  const copies = tables.flatMap((table) => {
    const places = byTable.get(table) ?? []
    if (places.length === 0) return []
    const name = identifier(table)
    const list = `{${places.map(({ ctid }) => `"${ctid}"`).join(',')}}`
    return [`INSERT INTO ${schema}.${name} SELECT * FROM public.${name} WHERE ctid = ANY ('${list}'::tid[])`]
  })
  if (chosen.length === 0) return []
  // As deep as tables can point to each other, each round brings the parents of what is there.
  const rounds = keys.length === 0 ? 0 : Math.min(4, tables.length)
  return [...copies, ...Array.from({ length: rounds }, () => keys.map(bringParents)).flat()]
}

function bringParents({ child, parent, childColumns, parentColumns }: ForeignKey): string {
  const name = identifier(parent)
  const same = (other: string, columns: readonly string[]) =>
    parentColumns
      .map((column, index) => `${other}.${identifier(columns[index] ?? column)} = p.${identifier(column)}`)
      .join(' AND ')
  return `INSERT INTO ${schema}.${name} SELECT * FROM public.${name} p
    WHERE EXISTS (SELECT FROM ${schema}.${identifier(child)} c WHERE ${same('c', childColumns)})
      AND NOT EXISTS (SELECT FROM ${schema}.${name} k WHERE ${same('k', parentColumns)})`
}
