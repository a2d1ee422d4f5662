/**
 * An exercise's own tables, emptied in a sandbox that nobody else uses, with their rows set aside: any choice of rows is
 * put back in a transaction, and undone with it. So whatever names a table finds just these rows: views, functions,
 * triggers, keys. Foreign keys are respected by bringing along the rows that the chosen ones point to.
 */
import type { Database } from '../pods/driver.ts'
import type { RunLimits } from '../pods/run.ts'
import { type CaseFacts, type CaseKey, type CaseTableFacts, chooseTables, rowsMax, sqlName } from './case-facts.ts'
import { type PageRange, rowsOf } from './case-window.ts'
import { identifier, preambleLength, safeSession } from './safe-session.ts'

/** A row that was set aside: the number of its table, and its place there. */
export interface PlacedRow {
  table: number
  ctid: string
}

/** The same text for the same row. */
export function rowKey({ table, ctid }: PlacedRow): string {
  return `${table} ${ctid}`
}

/** A table as a page names it. */
export interface NamedTable {
  name: string
  /** In quotes and with its schema. */
  sqlName: string
  /** `named`: the statements name it. `perhaps`: they may use it all the same. `no`: it is there for its keys only. */
  isUsed: 'named' | 'perhaps' | 'no'
}

/** The tables, ready to be filled with any choice of rows. */
export interface CaseTables {
  tables: readonly NamedTable[]
  /** The rows among which may be chosen. */
  rows: readonly PlacedRow[]
  /** A choice of rows with those that they point to. */
  withParents(rows: readonly PlacedRow[]): readonly PlacedRow[]
  /** Statements that put a choice of rows into the tables, with those that they point to. */
  fill(rows: readonly PlacedRow[]): string[]
}

const tablesMax = 60

const schema = 'podium_case'

/** Which rows are wanted. */
interface WantedRows {
  /** The tables that the statements name, with or without schema. */
  names: readonly string[]
  /** Tables that point to these count as well, as rows there may go with theirs. */
  isChanging: boolean
  /** The pages of the one table of which only these are taken; null where all rows are. */
  range: PageRange | null
}

/**
 * Sets the rows aside and empties the tables. Null where no table is named, there are too many rows, or the sandbox's
 * role may not.
 */
export async function makeCaseTables(
  database: Database,
  facts: CaseFacts,
  { names, isChanging, range }: WantedRows,
  limits: RunLimits,
): Promise<CaseTables | null> {
  if (names.length === 0) return null
  const { tables, isWhole, isNamed } = chooseTables(facts, names, isChanging)
  if (tables.length === 0 || tables.length > tablesMax) return null
  const keys = facts.keys.filter(({ child, parent }) =>
    [child, parent].every((oid) => tables.some((t) => t.oid === oid)),
  )
  const aside = await setAside(database, { tables, keys, range }, limits)
  if (aside === null) return null
  const order = parentsFirst(tables, keys)
  return {
    tables: tables.map((table) => ({
      name: table.schema === 'public' ? table.name : `${table.schema}.${table.name}`,
      sqlName: sqlName(table),
      isUsed: isNamed(table) ? 'named' : isWhole ? 'perhaps' : 'no',
    })),
    rows: aside.rows.filter(({ table }) => isWhole || isChanging || isNamed(tables[table])),
    withParents: aside.withParents,
    fill: (chosen) => [...facts.restore, ...fillStatements(tables, order, aside.withParents(chosen))],
  }
}

function columnList({ columns }: CaseTableFacts): string {
  return columns.map(identifier).join(', ')
}

const asideName = (table: number) => `${schema}.t${table}`

interface Aside {
  rows: readonly PlacedRow[]
  withParents(rows: readonly PlacedRow[]): readonly PlacedRow[]
}

/** Copies all rows, notes which point to which, and empties the tables. */
async function setAside(
  database: Database,
  { tables, keys, range }: { tables: readonly CaseTableFacts[]; keys: readonly CaseKey[]; range: PageRange | null },
  limits: RunLimits,
): Promise<Aside | null> {
  const numberOf = new Map(tables.map(({ oid }, index) => [oid, index]))
  const copies = tables.map(
    (table, index) =>
      `CREATE TABLE ${asideName(index)} AS SELECT ${columnList(table)} FROM ${rowsOf(table, range)} LIMIT ${rowsMax + 1}`,
  )
  const places = tables.map((_, index) => `SELECT ${index}, ctid::text FROM ${asideName(index)}`).join(' UNION ALL ')
  const links = keys.map(({ child, parent, childColumns, parentColumns }) => {
    const [from, to] = [numberOf.get(child) ?? 0, numberOf.get(parent) ?? 0]
    const same = childColumns.map(
      (column, index) => `c.${identifier(column)} = p.${identifier(parentColumns[index] ?? '')}`,
    )
    return `SELECT ${from}, c.ctid::text, ${to}, p.ctid::text FROM ${asideName(from)} c JOIN ${asideName(to)} p ON ${same.join(' AND ')}`
  })
  const empty = `TRUNCATE ${tables.map(sqlName).join(', ')} CASCADE`
  const statements = [`CREATE SCHEMA ${schema}`, ...copies, places, ...links, ...switched(tables, 'off'), empty]
  const wide = { ...limits, rowsMax: rowsMax + 1 }
  const run = await database.run(safeSession(...statements, ...switched(tables, 'on')), wide)
  if (run.end !== 'completed') return null
  const answers = run.statements.slice(preambleLength + 1 + copies.length)
  const rows = (answers[0]?.rows ?? []).map(([table, ctid]) => ({ table: Number(table), ctid: ctid ?? '' }))
  if (rows.length > rowsMax) return null
  return { rows, withParents: parentsOf(answers.slice(1, 1 + links.length).flatMap((answer) => answer.rows)) }
}

/** Brings along what rows point to, and what that points to. */
function parentsOf(links: readonly (readonly (string | null)[])[]): Aside['withParents'] {
  const parents = new Map<string, PlacedRow[]>()
  for (const [from, ctid, to, place] of links) {
    const parent = { table: Number(to), ctid: place ?? '' }
    const child = `${from} ${ctid}`
    const known = parents.get(child)
    if (known === undefined) parents.set(child, [parent])
    else known.push(parent)
  }
  return (rows) => {
    const all = new Map(rows.map((row) => [rowKey(row), row]))
    // What is added while it is walked is walked too.
    for (const child of all.keys()) for (const parent of parents.get(child) ?? []) all.set(rowKey(parent), parent)
    return [...all.values()]
  }
}

/** Numbers of the tables, each behind those that it points to; where they point in a circle, some order. */
function parentsFirst(tables: readonly CaseTableFacts[], keys: readonly CaseKey[]): number[] {
  const order: number[] = []
  const seen = new Set<string>()
  const visit = (oid: string) => {
    if (seen.has(oid)) return
    seen.add(oid)
    for (const { child, parent } of keys) if (child === oid) visit(parent)
    order.push(tables.findIndex((table) => table.oid === oid))
  }
  for (const { oid } of tables) visit(oid)
  return order
}

/** The author's triggers fire for what statements change, not for what was there before. */
function switched(tables: readonly CaseTableFacts[], to: 'on' | 'off'): string[] {
  return tables.flatMap((table) => table.triggers.map((trigger) => `ALTER TABLE ${sqlName(table)} ${trigger[to]}`))
}

function fillStatements(
  tables: readonly CaseTableFacts[],
  order: readonly number[],
  chosen: readonly PlacedRow[],
): string[] {
  if (chosen.length === 0) return []
  const byTable = Map.groupBy(chosen, ({ table }) => table)
  const filled = order.flatMap((number) => {
    const [table, places] = [tables[number], byTable.get(number) ?? []]
    if (table === undefined || places.length === 0) return []
    const columns = columnList(table)
    const list = places.map(({ ctid }) => `"${ctid}"`).join(',')
    return [
      `INSERT INTO ${sqlName(table)} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${asideName(number)} WHERE ctid = ANY ('{${list}}'::tid[])`,
    ]
  })
  return [...switched(tables, 'off'), ...filled, ...switched(tables, 'on')]
}
