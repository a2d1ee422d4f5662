/** Brings the control plane's schema to the present: each migration in a transaction, one program at a time. */
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../failure.ts'
import type { Log } from '../telemetry/log.ts'
import { backup } from './backup.ts'
import type { Queries, Sql } from './connect.ts'
import { type Migration, migrations } from './migrations.ts'

/** The advisory lock that only one migrating program holds. */
const lockKey = 7_361_202

/** Where the copy goes that is made before a schema with people's work in it changes; null makes none. */
export interface MigrateOptions {
  backupDirectory?: string | null
}

/**
 * Applies what is pending and returns the schema's version. Safe to run by several programs at once.
 *
 * @throws Failure `conflict`: the database belongs to a newer Podium, to another program, or a migration was changed
 * after it had run.
 */
export async function migrate(sql: Sql, log: Log, { backupDirectory = null }: MigrateOptions = {}): Promise<number> {
  const version = await schemaVersion(sql)
  if (version > 0 && version < migrations.length && backupDirectory !== null) {
    await backupBefore(sql, log, { backupDirectory, version })
  }
  for (const migration of migrations) {
    const isApplied = await sql.begin((transaction) => apply(transaction, migration))
    if (isApplied) log.info('The schema was brought forward', { schemaVersion: migration.version, migration: migration.name })
  }
  return migrations.length
}

/**
 * The version of the schema that is there; 0 in an empty database.
 *
 * @throws Failure `conflict` as `migrate`
 */
export async function schemaVersion(sql: Queries): Promise<number> {
  const tables = await listTables(sql)
  if (tables.length === 0) return 0
  if (!tables.includes('schema_migrations')) throw foreignDatabase(tables)
  const applied = await sql<{ version: number; hash: string }[]>`
    select version, hash from schema_migrations order by version
  `
  const newest = applied.at(-1)?.version ?? 0
  if (newest > migrations.length) throw newerSchema(newest)
  for (const { version, hash } of applied) {
    const known = migrations[version - 1]
    if (known && hashOf(known) !== hash) throw changedMigration(known)
  }
  return newest
}

/**
 * Applies migrations up to a version inside the caller's transaction, in a database without Podium's tables.
 */
export async function migrateTo(transaction: Queries, version: number): Promise<void> {
  for (const migration of migrations.slice(0, version)) await apply(transaction, migration)
}

/** The ordinary tables of the schema Podium lives in. */
export async function listTables(sql: Queries): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select relname::text as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') order by relname
  `
  return rows.map((row) => row.name)
}

async function apply(transaction: Queries, migration: Migration): Promise<boolean> {
  await transaction`select pg_advisory_xact_lock(${lockKey})`
  const newest = await schemaVersion(transaction)
  if (newest >= migration.version) return false
  if (newest === 0) await createMigrationsTable(transaction)
  await transaction.unsafe(migration.text)
  await transaction`
    insert into schema_migrations (version, name, hash)
    values (${migration.version}, ${migration.name}, ${hashOf(migration)})
  `
  return true
}

async function createMigrationsTable(transaction: Queries): Promise<void> {
  await transaction`
    create table if not exists schema_migrations (
      version integer primary key check (version > 0),
      name text not null,
      hash text not null,
      applied_at timestamptz(3) not null default now()
    )
  `
}

async function backupBefore(
  sql: Sql,
  log: Log,
  { backupDirectory, version }: { backupDirectory: string; version: number },
): Promise<void> {
  await mkdir(backupDirectory, { recursive: true, mode: 0o700 })
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const file = join(backupDirectory, `before-schema-${version + 1}-${stamp}.podium`)
  const { rows } = await backup(sql, file)
  log.info('A backup was made before the schema changes', { file, rows })
}

function hashOf(migration: Migration): string {
  return createHash('sha256').update(migration.text).digest('hex')
}

function foreignDatabase(tables: string[]): Failure {
  const named = tables.slice(0, 3).join(', ')
  return new Failure('conflict', `This database already has tables of its own (${named}). Give Podium an empty one.`, {
    code: 'database_not_empty',
  })
}

function newerSchema(version: number): Failure {
  return new Failure(
    'conflict',
    `This database was last used by a newer Podium (schema ${version}; this one knows up to ${migrations.length}). Start that one, or restore an older backup into an empty database.`,
    { code: 'schema_newer' },
  )
}

function changedMigration({ version, name }: Migration): Failure {
  return new Failure(
    'conflict',
    `Migration ${version} (${name}) of this program is not the one that made this database. Use the Podium that made it.`,
    { code: 'schema_differs' },
  )
}
