/** Names of types: those PostgreSQL comes with are known, the rest is asked in the person's own session. */
import { query, type Wire } from '../wire/wire.ts'
import { builtinTypes } from './builtin-types.ts'
import type { StatementOutcome } from './statement.ts'

/** Fills in the names of types that a person made. Everything is spelt out, so a shadowing function is never called. */
export async function nameTypes(wire: Wire, outcomes: readonly StatementOutcome[]): Promise<void> {
  const unknown = new Set<number>()
  for (const { typeIds, result } of outcomes)
    for (const [index, typeId] of typeIds.entries()) if (result.columns[index]?.type === '') unknown.add(typeId)
  if (unknown.size === 0) return
  const list = [...unknown].slice(0, 500).join(',')
  const rows = await query(
    wire,
    `SELECT t.oid, t.typname FROM pg_catalog.pg_type AS t WHERE t.oid OPERATOR(pg_catalog.=) ANY ('{${list}}'::pg_catalog.oid[])`,
  )
  const names = new Map(rows.map(([typeId, name]) => [Number(typeId), name ?? '']))
  for (const { typeIds, result } of outcomes)
    for (const [index, column] of result.columns.entries())
      if (column.type === '')
        column.type = builtinTypes.get(typeIds[index] ?? 0) ?? names.get(typeIds[index] ?? 0) ?? ''
}
