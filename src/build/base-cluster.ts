/**
 * Makes the base cluster: the smallest stopped cluster that every server starts as a copy of. One database, `podium`,
 * owned by the superuser `podium`; template0, template1 and postgres are dropped, so new databases are made with
 * `TEMPLATE podium`. Builtin C.UTF-8 and UTC make an order and a time the same on every machine. Its pg_hba.conf
 * admits nobody without a password and the superuser has none: whoever starts a copy decides how to get in.
 */
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import postgres from 'postgres'
import type { ArchiveEntry } from '../postgres/archive.ts'

/** initdb refuses root and users without a passwd entry; `nobody` has one wherever Podium is built. */
const builder = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null

const configuration = `# Copied from Podium's base. What a server is for decides the rest, on its command line.
listen_addresses = ''
max_connections = 20
dynamic_shared_memory_type = posix
lc_messages = 'C'
lc_monetary = 'C'
lc_numeric = 'C'
lc_time = 'C'
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, mdy'
default_text_search_config = 'pg_catalog.english'
`

/** Builds the base with the PostgreSQL in `native` and returns its files as archive entries below `base/`. */
export async function buildBase(native: string): Promise<ArchiveEntry[]> {
  const directory = mkdtempSync(join(tmpdir(), 'podium-base-'))
  try {
    const bin = stage(native, directory)
    const data = join(directory, 'data')
    await run([
      join(bin, 'initdb'),
      '--pgdata',
      data,
      '--username=podium',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-data-checksums',
      '--wal-segsize=1',
      '--no-sync',
      '--no-instructions',
      '--set=min_wal_size=2MB',
      '--set=max_wal_size=8MB',
      '--set=wal_recycle=off',
    ])
    await shrink(join(bin, 'postgres'), data, directory)
    writeFileSync(join(data, 'postgresql.conf'), configuration)
    writeFileSync(join(data, 'pg_hba.conf'), 'local all all scram-sha-256\n')
    writeFileSync(join(data, 'pg_ident.conf'), '')
    writeFileSync(join(data, 'postgresql.auto.conf'), '')
    rmSync(join(data, 'postmaster.opts'), { force: true })
    return entries(data)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Copies the package to where the builder may enter, with the symbolic links npm leaves to an install script. */
function stage(native: string, directory: string): string {
  chmodSync(directory, 0o755)
  const staged = join(directory, 'native')
  cpSync(native, staged, { recursive: true })
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const link of links) {
    rmSync(join(directory, link.target), { force: true })
    symlinkSync(basename(link.source), join(directory, link.target))
  }
  if (builder !== null) {
    mkdirSync(join(directory, 'data'), { mode: 0o700 })
    chownSync(join(directory, 'data'), builder.uid, builder.gid)
    chownSync(directory, builder.uid, builder.gid)
  }
  return join(staged, 'bin')
}

async function run(argv: string[]): Promise<void> {
  const child = Bun.spawn(argv, {
    ...builder,
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  if (code !== 0) throw new Error(`${argv[0]} ended with ${code}:\n${stdout}${stderr}`)
}

/** Leaves one database, compact and frozen, and stops the server cleanly. */
async function shrink(program: string, data: string, socketDirectory: string): Promise<void> {
  const server = Bun.spawn([program, '-D', data, '-k', socketDirectory, '-c', 'listen_addresses=', '-c', 'fsync=off'], {
    ...builder,
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdout: 'ignore',
    stderr: 'ignore',
  })
  try {
    await execute(socketDirectory, 'postgres', ['CREATE DATABASE podium STRATEGY file_copy'])
    await execute(socketDirectory, 'podium', [
      "UPDATE pg_database SET datistemplate = false WHERE datname IN ('template0', 'template1')",
      'DROP DATABASE template0',
      'DROP DATABASE template1',
      'DROP DATABASE postgres',
      'VACUUM FULL FREEZE ANALYZE',
      'CHECKPOINT',
      'SELECT pg_switch_wal()',
      'CHECKPOINT',
    ])
  } finally {
    server.kill('SIGINT')
    await server.exited
  }
}

/** What a server says that listens already and is not up yet. */
const startingUp = '57P03'

/** Runs statements one by one, waiting up to a minute for the server to come up. */
async function execute(socketDirectory: string, database: string, statements: string[]): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const sql = postgres({
      path: join(socketDirectory, '.s.PGSQL.5432'),
      database,
      username: 'podium',
      max: 1,
      onnotice() {},
    })
    try {
      await sql`SELECT 1`
      for (const statement of statements) await sql.unsafe(statement)
      return
    } catch (error) {
      const isRefused = error instanceof postgres.PostgresError && error.code !== startingUp
      if (Date.now() > deadline || isRefused) throw error
      await Bun.sleep(50)
    } finally {
      await sql.end({ timeout: 0 })
    }
  }
}

function entries(data: string): ArchiveEntry[] {
  const found = readdirSync(data, { recursive: true, withFileTypes: true })
    .map((entry) => ({ path: join(entry.parentPath, entry.name), isDirectory: entry.isDirectory() }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  return [
    { path: 'base', mode: 0o755 },
    ...found.map(({ path, isDirectory }) => {
      const name = `base${path.slice(data.length)}`
      return isDirectory ? { path: name, mode: 0o755 } : { path: name, mode: 0o644, body: readFileSync(path) }
    }),
  ]
}
