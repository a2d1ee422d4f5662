/** What is known of a sandbox's tables before they are emptied: columns, triggers, foreign keys, and which of them count. */
import type { Database } from '../pods/driver.ts'
import type { RunLimits } from '../pods/run.ts'
import { identifier, preambleLength, safeSession } from './safe-session.ts'
import { restoreStatements, sequencesQuery } from './sequences.ts'

/** More rows than this are not worth shrinking within the budget. */
export const rowsMax = 60_000

/** An ordinary table, or a partitioned one with all its partitions. */
export interface CaseTableFacts {
  oid: string
  schema: string
  name: string
  /** Its rows are its own, not those of tables that inherit from it. */
  isOnly: boolean
  /** Part of an inheritance or a partitioned table: other names lead to its rows as well. */
  isRelated: boolean
  /** As ANALYZE found them; -1 where nobody knows. */
  rowsEstimated: number
  pages: number
  /** Without generated ones, which nobody can insert. */
  columns: readonly string[]
  /** Triggers of the author's that fire, as they are switched on again: `ENABLE TRIGGER "…"`. */
  triggers: readonly { off: string; on: string }[]
}

/** A foreign key between two tables. */
export interface CaseKey {
  child: string
  parent: string
  childColumns: readonly string[]
  parentColumns: readonly string[]
}

/** All tables, and how they hang together. */
export interface CaseFacts {
  tables: readonly CaseTableFacts[]
  keys: readonly CaseKey[]
  /** There are functions of the author's, which may read and change what no statement names. */
  hasFunctions: boolean
  /** Statements that set the sequences to where they stand now. */
  restore: readonly string[]
}

const own = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`

const tablesQuery = `SELECT c.oid::text, n.nspname::text, c.relname::text, (c.relkind = 'r')::text,
    (c.relkind = 'p' OR EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)))::text,
    coalesce((SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''), '[]')::text,
    coalesce((SELECT json_agg(json_build_object('off', format('DISABLE TRIGGER %I', t.tgname), 'on',
      format(CASE t.tgenabled WHEN 'A' THEN 'ENABLE ALWAYS TRIGGER %I' ELSE 'ENABLE TRIGGER %I' END, t.tgname)))
      FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')), '[]')::text,
    c.reltuples::bigint::text, c.relpages::text
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND ${own} ORDER BY c.oid`

const keyColumns = (table: string, numbers: string) =>
  `(SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(${numbers}) WITH ORDINALITY k (num, n)
    JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.num)::text`

const keysQuery = `SELECT f.conrelid::text, f.confrelid::text,
    ${keyColumns('f.conrelid', 'f.conkey')}, ${keyColumns('f.confrelid', 'f.confkey')}
  FROM pg_constraint f WHERE f.contype = 'f' AND f.conparentid = 0`

const functionsQuery = `SELECT FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${own} LIMIT 1`

/** Asks; null where it does not answer. */
export async function readCaseFacts(database: Database, limits: RunLimits): Promise<CaseFacts | null> {
  const run = await database.run(safeSession(tablesQuery, keysQuery, functionsQuery, sequencesQuery), limits)
  if (run.end !== 'completed') return null
  const [tables, keys, functions, sequences] = run.statements.slice(preambleLength)
  return {
    tables: (tables?.rows ?? []).map(readTable),
    keys: (keys?.rows ?? []).map(([child, parent, childColumns, parentColumns]) => ({
      child: child ?? '',
      parent: parent ?? '',
      childColumns: readList(childColumns),
      parentColumns: readList(parentColumns),
    })),
    hasFunctions: (functions?.rows.length ?? 0) > 0,
    restore: restoreStatements(sequences?.rows ?? []),
  }
}

function readTable(row: readonly (string | null)[]): CaseTableFacts {
  const [oid, schema, name, isOnly, isRelated, columns, triggers, rowsEstimated, pages] = row
  const fired: CaseTableFacts['triggers'] = JSON.parse(triggers ?? '[]')
  return {
    ...{ oid: oid ?? '', schema: schema ?? '', name: name ?? '' },
    ...{ isOnly: isOnly === 'true', isRelated: isRelated === 'true' },
    ...{ rowsEstimated: Number(rowsEstimated), pages: Number(pages) },
    columns: readList(columns),
    triggers: fired,
  }
}

function readList(json: string | null | undefined): string[] {
  return JSON.parse(json ?? '[]')
}

/**
 * The tables that the statements name, those that these point to, and where rows change those that point to them. Where
 * names may lead to other tables (views, functions, triggers, inheritance) it is all of them.
 */
export function chooseTables({ tables, keys, hasFunctions }: CaseFacts, names: readonly string[], isChanging: boolean) {
  const bare = names.filter((name) => !name.includes('.'))
  const isNamed = (table: CaseTableFacts | undefined) => table !== undefined && bare.includes(table.name)
  const known = bare.every((name) => tables.some((table) => table.name === name && !table.isRelated))
  const isWhole = !known || hasFunctions || tables.some(({ triggers }) => triggers.length > 0)
  if (isWhole) return { tables, isWhole, isNamed }
  const chosen = new Set(tables.filter(isNamed).map(({ oid }) => oid))
  for (let size = 0; size < chosen.size; ) {
    size = chosen.size
    for (const { child, parent } of keys) {
      if (chosen.has(child)) chosen.add(parent)
      if (isChanging && chosen.has(parent)) chosen.add(child)
    }
  }
  return { tables: tables.filter(({ oid }) => chosen.has(oid)), isWhole, isNamed }
}

/** In quotes and with its schema. */
export function sqlName({ schema: own, name }: CaseTableFacts): string {
  return `${identifier(own)}.${identifier(name)}`
}
