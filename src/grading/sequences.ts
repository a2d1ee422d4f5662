/** Sequences don't roll back: what runs again in a transaction that is undone finds them where the run before left them. */
import type { Database } from '../pods/driver.ts'
import type { RunLimits } from '../pods/run.ts'
import { safeSession } from './safe-session.ts'

/** Asks for a call for each sequence that sets it to where it stands now. */
// pg_sequences says nothing of where one stands that was set but not asked yet.
export const sequencesQuery = `SELECT pg_catalog.format('pg_catalog.setval(%s::pg_catalog.regclass, %s, %L)', c.oid, d.last_value, d.is_called)
  FROM pg_catalog.pg_class c, pg_catalog.pg_get_sequence_data(c.oid) d
  WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND d.last_value IS NOT NULL`

/** The statements, from what came back. */
export function restoreStatements(rows: readonly (readonly (string | null)[])[]): string[] {
  const calls = rows.flatMap(([call]) => call ?? [])
  return calls.length === 0 ? [] : [`SELECT ${calls.join(', ')}`]
}

/** Statements that set each sequence to where it stands now; null where that can't be found out. */
export async function restoreSequences(database: Database, limits: RunLimits): Promise<string[] | null> {
  const run = await database.run(safeSession(sequencesQuery), limits)
  return run.end === 'completed' ? restoreStatements(run.statements.at(-1)?.rows ?? []) : null
}
