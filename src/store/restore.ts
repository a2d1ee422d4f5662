/** `podium restore`: loads a backup into a control plane that nobody has worked with yet, wholly or not at all. */
import { Failure } from '../failure.ts'
import type { AuditAction } from './audit.ts'
import type { BackupSummary } from './backup.ts'
import { type BackupHeader, damaged, readBackup } from './backup-format.ts'
import { type BackupTable, restoreCounters } from './backup-tables.ts'
import type { Queries, Sql } from './connect.ts'
import { migrations } from './migrations.ts'
import { TableLoader } from './restore-rows.ts'
import { listTables, lockMigrations, migrateTo, schemaVersion } from './schema-version.ts'

// Tables that may have rows in a control plane nobody has worked with: all else must be empty.
const disposableTables: readonly string[] = ['schema_migrations', 'links', 'leases']

// What the audit log may say then: a first start makes a link, and whoever finds the site may try a name.
const actsOfNobody: readonly AuditAction[] = ['link.made', 'session.refused', 'catalog.changed']

/**
 * Loads a backup. The file is read twice: once to know that it is whole, then in one transaction that builds the
 * backup's own schema, loads it, and brings it forward to the present.
 *
 * @throws Failure `invalid`: no backup, damaged, or of a newer Podium; `missing`: no such file; `conflict`: the control
 * plane is not empty
 */
export async function restore(sql: Sql, file: string): Promise<BackupSummary> {
  const summary = await verifyBackup(file)
  if (summary.header.schemaVersion > migrations.length) {
    throw new Failure(
      'invalid',
      `This backup was made by a newer Podium (${summary.header.podiumVersion}). Restore it with that one.`,
    )
  }
  await sql.begin(async (transaction) => {
    await lockMigrations(transaction)
    await clearEmptyDatabase(transaction)
    await migrateTo(transaction, summary.header.schemaVersion)
    await load(transaction, file)
    await restoreCounters(transaction)
    await migrateTo(transaction, migrations.length)
  })
  return summary
}

/**
 * Reads a backup to its end and says what is in it.
 *
 * @throws Failure as `restore`
 */
export async function verifyBackup(file: string): Promise<BackupSummary> {
  let header: BackupHeader | null = null
  let table: BackupTable | null = null
  const rowsByTable: Record<string, number> = {}
  for await (const piece of readBackup(file)) {
    if (piece.kind === 'header') header = piece.header
    if (piece.kind === 'table') table = startTable(piece.table, rowsByTable)
    if (piece.kind === 'rows' && table) rowsByTable[table.name] = (rowsByTable[table.name] ?? 0) + piece.count
    if (piece.kind === 'end') compareCounts(rowsByTable, piece.trailer.rows)
  }
  if (!header) throw damaged('it has no header')
  return { header, rows: Object.values(rowsByTable).reduce((sum, count) => sum + count, 0), rowsByTable }
}

function startTable(table: BackupTable, rowsByTable: Record<string, number>): BackupTable {
  if (table.name in rowsByTable) throw damaged('a table is in it twice')
  rowsByTable[table.name] = 0
  return table
}

function compareCounts(counted: Record<string, number>, stated: Record<string, number>): void {
  const names = new Set([...Object.keys(counted), ...Object.keys(stated)])
  for (const name of names) {
    if (counted[name] !== stated[name]) throw damaged(`table ${name} does not have the rows it should`)
  }
}

/** Removes the tables of a control plane without people in it, so that the backup's own schema can take their place. */
async function clearEmptyDatabase(transaction: Queries): Promise<void> {
  await schemaVersion(transaction)
  const tables = await listTables(transaction)
  for (const table of tables) {
    if (disposableTables.includes(table)) continue
    const isWork = table === 'audit' ? transaction`action <> all(${[...actsOfNobody]}::text[])` : transaction`true`
    const rows = await transaction`select 1 from ${transaction(table)} where ${isWork} limit 1`
    if (rows.length > 0) throw notEmpty(table)
  }
  for (const table of tables) await transaction`drop table ${transaction(table)} cascade`
}

async function load(transaction: Queries, file: string): Promise<void> {
  let loader: TableLoader | null = null
  for await (const piece of readBackup(file)) {
    if (piece.kind === 'rows') await loader?.take(piece.bytes)
    if (piece.kind === 'table' || piece.kind === 'end') await loader?.finish()
    if (piece.kind === 'table') loader = await TableLoader.open(transaction, piece.table)
  }
}

function notEmpty(table: string): Failure {
  return new Failure(
    'conflict',
    `A backup can only be restored where nobody has worked yet, and there are rows in "${table}". Start with an empty data directory or database.`,
    { code: 'control_plane_not_empty' },
  )
}
