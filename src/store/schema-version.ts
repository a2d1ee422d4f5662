/** Which schema a database has, and the single step from one to the next. */
import { createHash } from 'node:crypto'
import { Failure } from '../failure.ts'
import type { Queries } from './connect.ts'
import { type Migration, migrations } from './migrations.ts'

/** The advisory lock that only one migrating program holds. */
const lockKey = 7_361_202

/**
 * The version of the schema that is there; 0 in an empty database.
 *
 * @throws Failure `conflict`: the database belongs to a newer Podium, to another program, or a migration was changed
 * after it had run
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
    if (known && migrationHash(known) !== hash) throw changedMigration(known)
  }
  return newest
}

/** The ordinary tables of the schema Podium lives in. */
export async function listTables(sql: Queries): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select relname::text as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') order by relname
  `
  return rows.map((row) => row.name)
}

/** Waits until no other program changes the schema; lasts until the transaction ends. */
export async function lockMigrations(transaction: Queries): Promise<void> {
  await transaction`select pg_advisory_xact_lock(${lockKey})`
}

/** Applies one migration in the caller's transaction. False where it is there already. */
export async function applyMigration(transaction: Queries, migration: Migration): Promise<boolean> {
  await lockMigrations(transaction)
  const newest = await schemaVersion(transaction)
  if (newest >= migration.version) return false
  if (newest === 0) await createMigrationsTable(transaction)
  await transaction.unsafe(migration.text)
  await transaction`
    insert into schema_migrations (version, name, hash)
    values (${migration.version}, ${migration.name}, ${migrationHash(migration)})
  `
  return true
}

/** Applies all pending migrations up to a version in the caller's transaction. */
export async function migrateTo(transaction: Queries, version: number): Promise<void> {
  for (const migration of migrations.slice(0, version)) await applyMigration(transaction, migration)
}

/** What the database remembers of a migration, to tell when it was changed after it had run. */
export function migrationHash(migration: Migration): string {
  return createHash('sha256').update(migration.text).digest('hex')
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
