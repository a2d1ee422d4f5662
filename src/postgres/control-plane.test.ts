import { expect, test } from 'bun:test'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { silentLog } from '../telemetry/log.ts'
import { copyTree } from './control-cluster.ts'
import { type ControlPlane, openControlPlane } from './control-plane.ts'
import { findServerProcesses } from './process.ts'
import { testServerFiles, withScratch } from './scratch.ts'
import { startServer } from './server.ts'

const opened: ControlPlane[] = []

async function open(dataDir: string): Promise<ControlPlane> {
  const plane = await openControlPlane({ files: await testServerFiles(), dataDir, log: silentLog })
  opened.push(plane)
  return plane
}

/** Runs the body with a data directory and stops what it opened there, while the directory still exists. */
async function withDataDirectory(body: (dataDir: string) => Promise<void>): Promise<void> {
  await withScratch(async (dataDir) => {
    try {
      await body(dataDir)
    } finally {
      for (const plane of opened.splice(0)) await plane.stop()
    }
  })
}

async function query<T>(plane: Pick<ControlPlane, 'connection'>, body: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const { socketPath, ...login } = plane.connection
  const sql = postgres({ ...login, path: socketPath, password: login.password ?? '', max: 1, onnotice() {} })
  try {
    return await body(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function keepRows(sql: postgres.Sql): Promise<void> {
  await sql`CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n`
}

async function keptRows(sql: postgres.Sql): Promise<unknown> {
  const [row] = await sql`SELECT count(*)::int AS rows FROM kept`
  return row?.rows
}

/** Opens the control plane in a program of its own, keeps rows, and kills that program; returns the server's pid. */
async function leaveBehind(dataDir: string): Promise<number> {
  const files = await testServerFiles()
  const script = `import { openControlPlane } from ${JSON.stringify(join(import.meta.dir, 'control-plane.ts'))}
    const log = { debug() {}, info() {}, warn() {}, error() {}, with: () => log }
    const files = ${JSON.stringify(files)}
    const plane = await openControlPlane({ files, dataDir: ${JSON.stringify(dataDir)}, log })
    console.log(JSON.stringify({ pid: plane.pid, connection: plane.connection }))
    setInterval(() => {}, 1000)`
  const program = Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe' })
  for await (const chunk of program.stdout) {
    const { pid, connection } = JSON.parse(new TextDecoder().decode(chunk))
    await query({ connection }, keepRows)
    program.kill('SIGKILL')
    await program.exited
    return pid
  }
  throw new Error('The program did not start')
}

/** Runs the body with an open control plane in a directory of its own. */
async function withControlPlane(body: (plane: ControlPlane, dataDir: string) => Promise<void>): Promise<void> {
  await withDataDirectory(async (dataDir) => body(await open(dataDir), dataDir))
}

test(
  'what was committed is there after a stop and a start',
  () =>
    withControlPlane(async (plane) => {
      await query(plane, (sql) => sql`CREATE TABLE kept AS SELECT 42 AS answer`)
      await plane.stop()
      await plane.stop()
      const again = await open(join(plane.connection.socketPath, '../../..'))
      expect(again.isAdopted).toBe(false)
      expect(await query(again, async (sql) => [...(await sql`SELECT answer FROM kept`)])).toEqual([{ answer: 42 }])
    }),
  60_000,
)

test(
  'Podium is no superuser, and nobody gets in without its password',
  () =>
    withControlPlane(async (plane) => {
      const [row] = await query(
        plane,
        (sql) => sql`SELECT current_setting('is_superuser') AS super, current_user AS name`,
      )
      expect(row).toEqual({ super: 'off', name: 'control_plane' })
      for (const login of [{ user: 'podium' }, { user: 'control_plane', password: 'wrong' }]) {
        const sql = postgres({ ...login, path: plane.connection.socketPath, database: 'podium', max: 1 })
        await expect(sql`SELECT 1`.execute()).rejects.toThrow(/no pg_hba.conf entry|authentication failed/)
        await sql.end({ timeout: 1 })
      }
    }),
  60_000,
)

test(
  'an acknowledged answer waits for the disk, and no network address is listened on',
  () =>
    withControlPlane(async (plane) => {
      const shown = await query(plane, async (sql) =>
        Promise.all(['fsync', 'synchronous_commit', 'listen_addresses'].map((name) => sql.unsafe(`SHOW ${name}`))),
      )
      expect(shown.flat().flatMap((row) => Object.values(row ?? {}))).toEqual(['on', 'on', ''])
    }),
  60_000,
)

test(
  'the server sees neither the settings nor the secrets of the program',
  () =>
    withControlPlane(async (plane) => {
      const environment = readFileSync(`/proc/${plane.pid}/environ`, 'utf8').split('\0').filter(Boolean)
      expect(environment.map((line) => line.split('=')[0]).sort()).toEqual(['LC_ALL', 'PATH', 'TZ'])
      const command = readFileSync(`/proc/${plane.pid}/cmdline`, 'utf8')
      expect(command).not.toContain(plane.connection.password ?? 'none')
    }),
  60_000,
)

test(
  'a server left behind by a killed program is taken over, with all that was acknowledged',
  () =>
    withDataDirectory(async (dataDir) => {
      const left = await leaveBehind(dataDir)
      const plane = await open(dataDir)
      expect(plane.isAdopted).toBe(true)
      expect(plane.pid).toBe(left)
      expect(await query(plane, keptRows)).toBe(1000)
      await plane.stop()
      expect(findServerProcesses(join(dataDir, 'control'))).toEqual([])
    }),
  60_000,
)

test(
  'a server left behind that does not know our secret is stopped, and the data stays ours',
  () =>
    withDataDirectory(async (dataDir) => {
      const left = await leaveBehind(dataDir)
      rmSync(join(dataDir, 'secrets/control-plane'))
      const plane = await open(dataDir)
      expect(plane.isAdopted).toBe(false)
      expect(findServerProcesses(join(dataDir, 'control')).map(({ pid }) => pid)).not.toContain(left)
      expect(await query(plane, keptRows)).toBe(1000)
      await plane.stop()
    }),
  60_000,
)

test(
  'a program and its server killed together come back with all that was acknowledged',
  () =>
    withDataDirectory(async (dataDir) => {
      process.kill(await leaveBehind(dataDir), 'SIGKILL')
      const plane = await open(dataDir)
      expect(plane.isAdopted).toBe(false)
      expect(await query(plane, keptRows)).toBe(1000)
      await plane.stop()
    }),
  60_000,
)

test(
  'a server killed while the program runs is started again at the same socket',
  () =>
    withControlPlane(async (plane) => {
      await query(plane, keepRows)
      const killed = plane.pid
      process.kill(killed, 'SIGKILL')
      const deadline = Date.now() + 5_000
      while (plane.pid === killed && Date.now() < deadline) await Bun.sleep(20)
      expect(plane.pid).not.toBe(killed)
      expect(await query(plane, keptRows)).toBe(1000)
      await plane.stop()
    }),
  60_000,
)

test(
  'a postmaster.pid whose process id belongs to another program does not keep it from starting',
  () =>
    withControlPlane(async (plane, dataDir) => {
      await plane.stop()
      writeFileSync(
        join(dataDir, 'control/postmaster.pid'),
        `${process.ppid}\n${join(dataDir, 'control')}\n1\n5432\n/none\n`,
      )
      const again = await open(dataDir)
      await query(again, (sql) => sql`SELECT 1`)
    }),
  60_000,
)

test(
  'a first start that was killed half way is begun again',
  () =>
    withDataDirectory(async (dataDir) => {
      mkdirSync(join(dataDir, 'control.new/base'), { recursive: true })
      const plane = await open(dataDir)
      await query(plane, (sql) => sql`SELECT 1`)
      await plane.stop()
      expect(existsSync(join(dataDir, 'control.new'))).toBe(false)
    }),
  60_000,
)

test(
  'below a long data directory the socket moves to a short private directory, gone after the stop',
  () =>
    withDataDirectory(async (directory) => {
      const dataDir = join(directory, 'x'.repeat(60), 'y'.repeat(60))
      mkdirSync(dataDir, { recursive: true })
      const plane = await open(dataDir)
      const socketDirectory = join(plane.connection.socketPath, '..')
      expect(plane.connection.socketPath.length).toBeLessThan(107)
      expect(statSync(socketDirectory).mode & 0o777).toBe(0o700)
      await query(plane, (sql) => sql`SELECT 1`)
      await plane.stop()
      expect(existsSync(socketDirectory)).toBe(false)
    }),
  60_000,
)

test(
  'data of another PostgreSQL major version is refused, naming backup and restore',
  () =>
    withControlPlane(async (plane, dataDir) => {
      await plane.stop()
      const path = join(dataDir, 'control/PG_VERSION')
      writeFileSync(path, '17\n')
      await expect(open(dataDir)).rejects.toThrow(/written by PostgreSQL 17.*podium backup FILE.*podium restore FILE/s)
      writeFileSync(path, '18\n')
    }),
  60_000,
)

test(
  'a server that can not start says why',
  () =>
    withControlPlane(async (plane, dataDir) => {
      await plane.stop()
      const path = join(dataDir, 'control/postgresql.conf')
      const before = readFileSync(path, 'utf8')
      writeFileSync(path, 'shared_buffers = nonsense\n')
      await expect(open(dataDir)).rejects.toThrow('PostgreSQL did not start')
      writeFileSync(path, before)
    }),
  60_000,
)

test(
  'a server runs as a user who has no passwd entry',
  () =>
    withDataDirectory(async (directory) => {
      const files = await testServerFiles()
      // Only root can be someone else; everyone else proves it with who they are.
      const identity = process.getuid?.() === 0 ? { uid: 54321, gid: 54321 } : null
      copyTree(files.base, join(directory, 'data'), identity)
      const server = await startServer({
        files,
        dataDirectory: join(directory, 'data'),
        socketDirectory: join(directory, 'socket'),
        identity,
        settings: { fsync: 'off' },
        log: silentLog,
      })
      const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]
      expect(Number(uid)).toBe(identity?.uid ?? process.getuid?.() ?? -1)
      expect(Number(uid)).not.toBe(0)
      expect(readdirSync(join(directory, 'socket'))).toContain('.s.PGSQL.5432')
      await server.stop({ mode: 'immediate' })
    }),
  60_000,
)
