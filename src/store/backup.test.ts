import { afterAll, beforeAll, expect, test } from 'bun:test'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { silentLog } from '../telemetry/log.ts'
import { insertAudit, listAudit } from './audit.ts'
import { backup } from './backup.ts'
import { explainBackupFile } from './backup-file.ts'
import type { Sql } from './connect.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { restore, verifyBackup } from './restore.ts'
import { listTables, migrateTo, schemaVersion } from './schema-version.ts'
import { fillEveryTable } from './test-content.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './test-database.ts'

/** A PostgreSQL is unpacked and started first, which takes a busy machine longer than a test may. */
const startTimeoutMs = 60_000

let source: TestDatabase
let directory: string
let file: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podium-backup-'))
  file = join(directory, 'copy.podium')
  source = await createTestDatabase()
  await fillEveryTable(source.sql, 'ada')
  await fillEveryTable(source.sql, 'bob')
  await backup(source.sql, file)
}, startTimeoutMs)
afterAll(async () => {
  await source.drop()
  await rm(directory, { recursive: true, force: true })
})

test('every table has something in it in these tests, and all of it comes back', async () => {
  const before = await contents(source.sql)
  for (const [table, rows] of Object.entries(before)) expect(`${table} ${rows.length > 0}`).toBe(`${table} true`)
  const target = await createEmptyDatabase()
  const summary = await restore(target.sql, file)
  expect(await contents(target.sql)).toEqual(before)
  expect(Object.keys(summary.rowsByTable).sort()).toEqual(
    Object.keys(before).filter((name) => name !== 'schema_migrations'),
  )
  await target.drop()
})

test('after a restore numbers go on where they were and people can go on working', async () => {
  const target = await createEmptyDatabase()
  await restore(target.sql, file)
  const [newest] = await listAudit(target.sql, { limit: 1 })
  await insertAudit(target.sql, { actorId: null, action: 'backup.restored', now: new Date() })
  const [next] = await listAudit(target.sql, { limit: 1 })
  expect(Number(next?.id)).toBe(Number(newest?.id) + 1)
  await fillEveryTable(target.sql, 'carol')
  await target.drop()
})

test('a control plane that was only just made takes a backup; one in use refuses and stays as it is', async () => {
  const fresh = await createTestDatabase()
  // What a first start and its visitors leave behind: the administrator's link, and a name that nobody has.
  const now = new Date()
  await insertAudit(fresh.sql, { actorId: null, action: 'link.made', detail: { purpose: 'admin' }, now })
  await insertAudit(fresh.sql, { actorId: null, action: 'session.refused', now })
  await restore(fresh.sql, file)
  const before = await contents(fresh.sql)
  await expect(restore(fresh.sql, file)).rejects.toMatchObject({ kind: 'conflict', code: 'control_plane_not_empty' })
  expect(await contents(fresh.sql)).toEqual(before)
  await fresh.drop()
})

test('a control plane in which somebody was deleted is no fresh one', async () => {
  const used = await createTestDatabase()
  await insertAudit(used.sql, { actorId: null, action: 'user.deleted', subject: crypto.randomUUID(), now: new Date() })
  await expect(restore(used.sql, file)).rejects.toMatchObject({ code: 'control_plane_not_empty' })
  await used.drop()
})

test('a backup of an older schema is loaded into that schema and brought forward', async () => {
  const old = await createEmptyDatabase()
  await old.sql.begin((transaction) => migrateTo(transaction, 1))
  await old.sql`insert into users (id, role, name, name_key) values (gen_random_uuid(), 'learner', 'old', 'old')`
  const oldFile = join(directory, 'old.podium')
  expect((await backup(old.sql, oldFile)).header.schemaVersion).toBe(1)
  const target = await createEmptyDatabase()
  await restore(target.sql, oldFile)
  expect(await schemaVersion(target.sql)).toBe(migrations.length)
  expect(await target.sql`select name from users`).toMatchObject([{ name: 'old' }])
  await Promise.all([old.drop(), target.drop()])
})

test('a database in use is copied before its schema changes', async () => {
  const old = await createEmptyDatabase()
  await old.sql.begin((transaction) => migrateTo(transaction, 1))
  await old.sql`insert into users (id, role, name, name_key) values (gen_random_uuid(), 'learner', 'old', 'old')`
  const backupDirectory = join(directory, 'backups')
  await migrate(old.sql, silentLog, { backupDirectory })
  const [made] = await readdir(backupDirectory)
  expect(await verifyBackup(join(backupDirectory, made ?? ''))).toMatchObject({ rows: 1, rowsByTable: { users: 1 } })
  await migrate(old.sql, silentLog, { backupDirectory })
  expect(await readdir(backupDirectory)).toHaveLength(1)
  await old.drop()
})

test('only its owner may read a backup, and nothing unfinished stays beside it', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readdir(directory)).filter((name) => name.includes('unfinished'))).toEqual([])
})

test('where a backup can not be, or is none, the place is named', async () => {
  const taken = join(directory, 'folder')
  await mkdir(taken)
  await expect(backup(source.sql, taken)).rejects.toThrow(`${taken} is a folder. Name a file`)
  expect((await readdir(directory)).filter((name) => name.includes('unfinished'))).toEqual([])
  await expect(verifyBackup(taken)).rejects.toThrow(`${taken} is a folder, not a backup`)
  await expect(backup(source.sql, join(file, 'copy'))).rejects.toThrow(`${file} is a file, not a folder`)
  const full = explainBackupFile(Object.assign(new Error('write'), { code: 'ENOSPC' }), file)
  expect(String(full)).toContain(`The disk that holds ${directory} is full`)
})

test('a backup that cannot be written fails by name and leaves the connections working', async () => {
  const large = await createTestDatabase()
  await large.sql`
    insert into audit (at, action, detail)
    select now(), 'user.added', jsonb_build_object('noise', sha512(n::text::bytea)::text) from generate_series(1, 5000) n
  `
  const unreachable = join(directory, 'nowhere', 'copy.podium')
  await expect(backup(large.sql, unreachable)).rejects.toThrow(`There is no folder ${join(directory, 'nowhere')}`)
  const answers = await Promise.all(Array.from({ length: 30 }, () => large.sql`select pg_sleep(0.01)`))
  expect(answers).toHaveLength(30)
  await large.drop()
})

test('a backup that can only partly be written leaves the one before it in place', async () => {
  const before = await readFile(file)
  const broken = await createTestDatabase()
  await fillEveryTable(broken.sql, 'eve')
  await broken.sql`alter table submissions add column hostile int generated always as (1) virtual`
  await broken.sql`create table zz_circle_a (id int primary key)`
  await broken.sql`create table zz_circle_b (id int primary key references zz_circle_a)`
  await broken.sql`alter table zz_circle_a add foreign key (id) references zz_circle_b`
  await expect(backup(broken.sql, file)).rejects.toThrow(/circle/)
  expect(await readFile(file)).toEqual(before)
  await broken.drop()
})

const damages: Record<string, (whole: Buffer) => Buffer> = {
  'empty file': () => Buffer.alloc(0),
  'another kind of file': () => Buffer.from('hello\n'),
  'gzip of something else': () => gzipSync('{"format":"other"}\n'),
  'cut in the middle': (whole) => whole.subarray(0, whole.length / 2),
  'without its last byte': (whole) => whole.subarray(0, -1),
  'a changed byte in the compressed text': (whole) => {
    const changed = Buffer.from(whole)
    const middle = Math.floor(whole.length / 2)
    changed.writeUInt8((changed.readUInt8(middle) + 1) % 256, middle)
    return changed
  },
  'a changed value': (whole) => gzipSync(gunzipSync(whole).toString().replace('ada', 'eve')),
  'a row less': (whole) =>
    gzipSync(
      gunzipSync(whole)
        .toString()
        .replace(/\n[^\n]*ada[^\n]*/, ''),
    ),
  'without a trailer': (whole) =>
    gzipSync(
      gunzipSync(whole)
        .toString()
        .replace(/\{"end":true.*\n$/, ''),
    ),
  'cut between two rows and compressed again': (whole) =>
    gzipSync(`${gunzipSync(whole).toString().split('\n').slice(0, 6).join('\n')}\n`),
  'something after its end': (whole) => gzipSync(`${gunzipSync(whole)}more\n`),
}

for (const [name, damage] of Object.entries(damages)) {
  test(`a damaged backup (${name}) is refused and leaves nothing`, async () => {
    const target = await createEmptyDatabase()
    const bad = join(directory, 'bad.podium')
    await writeFile(bad, damage(await readFile(file)))
    await expect(restore(target.sql, bad)).rejects.toMatchObject({ kind: 'invalid', code: 'backup_damaged' })
    expect(await listTables(target.sql)).toEqual([])
    await target.drop()
  })
}

test('a backup of a newer Podium is named as such, a missing one too', async () => {
  const target = await createEmptyDatabase()
  const newer = join(directory, 'newer.podium')
  const [header, ...lines] = gunzipSync(await readFile(file))
    .toString()
    .split('\n')
  await writeFile(newer, gzipSync([header?.replace('"formatVersion":1', '"formatVersion":9'), ...lines].join('\n')))
  await expect(restore(target.sql, newer)).rejects.toThrow(/newer Podium/)
  await expect(restore(target.sql, join(directory, 'none'))).rejects.toMatchObject({ kind: 'missing' })
  await target.drop()
})

test('a restore that fails half-way leaves nothing: all of it is one transaction', async () => {
  const target = await createEmptyDatabase()
  const text = gunzipSync(await readFile(file)).toString()
  const [body = ''] = text.split('\n{"end":true')
  const broken = `${body}\n`.replaceAll('\tadmin\t', '\tsultan\t')
  const trailer = { end: true, rows: (await verifyBackup(file)).rowsByTable, sha256: sha256(broken) }
  const bad = join(directory, 'refused.podium')
  await writeFile(bad, gzipSync(`${broken}${JSON.stringify(trailer)}\n`))
  await chmod(bad, 0o600)
  await expect(restore(target.sql, bad)).rejects.toThrow(/users_role_check/)
  expect(await listTables(target.sql)).toEqual([])
  await target.drop()
})

function sha256(text: string): string {
  return new Bun.CryptoHasher('sha256').update(text).digest('hex')
}

async function contents(sql: Sql): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const table of await listTables(sql)) {
    const name = table === 'schema_migrations' ? sql`version, name, hash` : sql`t.*`
    const rows = await sql<
      { row: string }[]
    >`select (r.*)::text as row from (select ${name} from ${sql(table)} t) r order by 1`
    found[table] = rows.map((row) => row.row)
  }
  return found
}
