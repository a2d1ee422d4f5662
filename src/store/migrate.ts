/** Brings the control plane's schema to the present: each migration in a transaction, one program at a time. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../telemetry/log.ts'
import { backup } from './backup.ts'
import type { Sql } from './connect.ts'
import { migrations } from './migrations.ts'
import { applyMigration, schemaVersion } from './schema-version.ts'

/** Where the copy goes that is made before the schema of a database in use changes; null makes none. */
export interface MigrateOptions {
  backupDirectory?: string | null
}

/**
 * Applies what is pending and returns the schema's version. Safe to run by several programs at once.
 *
 * @throws Failure `conflict`: the database belongs to a newer Podium, to another program, or a migration was changed
 * after it had run
 */
export async function migrate(sql: Sql, log: Log, { backupDirectory = null }: MigrateOptions = {}): Promise<number> {
  const version = await schemaVersion(sql)
  if (version > 0 && version < migrations.length && backupDirectory !== null) {
    await backupBefore(sql, log, { backupDirectory, version })
  }
  for (const migration of migrations.slice(version)) {
    const isApplied = await sql.begin((transaction) => applyMigration(transaction, migration))
    if (isApplied) log.info('The schema was brought forward', { version: migration.version, name: migration.name })
  }
  return migrations.length
}

async function backupBefore(
  sql: Sql,
  log: Log,
  { backupDirectory, version }: { backupDirectory: string; version: number },
): Promise<void> {
  await mkdir(backupDirectory, { recursive: true, mode: 0o700 })
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const file = join(backupDirectory, `schema-${version}-${stamp}.podium`)
  const { rows } = await backup(sql, file)
  log.info('A backup was made before the schema changes', { file, rows })
}
