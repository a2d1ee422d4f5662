/**
 * The control plane's cluster on disk. It is made beside its place and renamed, so it is there whole or not at all.
 * The role people's data belongs to, `control_plane`, is no superuser: a mistake in a statement can't reach the machine.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { Failure } from '../failure.ts'
import type { Log } from '../telemetry/log.ts'
import { giveTo, type Identity } from './identity.ts'
import { findServerProcesses } from './process.ts'
import { serverPort, startServer } from './server.ts'
import type { ServerFiles } from './server-files.ts'
import { makeSocketDirectory, removeSocketDirectory, removeStaleSocket } from './socket-directory.ts'

/** The login of Podium itself, owner of the database. */
export const controlUser = 'control_plane'
/** The database of the base cluster. */
export const controlDatabase = 'podium'

const authentication = `# Podium alone connects, through a socket in a directory of its own.
local all ${controlUser} scram-sha-256
`

/** Reads the password of the control plane's role, or makes one (then `isNew`) in `<data directory>/secrets`, 0600. */
export function controlSecret(dataDir: string): { password: string; isNew: boolean } {
  const path = join(dataDir, 'secrets/control-plane')
  if (existsSync(path)) {
    const password = readFileSync(path, 'utf8').trim()
    if (password.length >= 32) return { password, isNew: false }
  }
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 })
  const password = randomBytes(32).toString('base64url')
  const unfinished = `${path}.new`
  rmSync(unfinished, { force: true })
  writeFileSync(unfinished, `${password}\n`, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(unfinished, path)
  return { password, isNew: true }
}

/** Where the cluster is and who runs it. */
export interface ClusterPlace {
  files: ServerFiles
  directory: string
  /** Where its socket goes unless that path is too long. */
  socketPreferred: string
  identity: Identity
  password: string
  log: Log
}

/** Makes the cluster of a first start: a copy of the base with the role and its password. */
export async function createCluster(place: ClusterPlace): Promise<void> {
  const unfinished = `${place.directory}.new`
  for (const { pid } of existsSync(unfinished) ? findServerProcesses(unfinished) : []) process.kill(pid, 'SIGKILL')
  rmSync(unfinished, { recursive: true, force: true })
  copyTree(place.files.base, unfinished, place.identity)
  writeFileSync(join(unfinished, 'pg_hba.conf'), authentication)
  await executeAlone(place, unfinished, [
    `CREATE ROLE ${controlUser} LOGIN CREATEDB`,
    `ALTER DATABASE ${controlDatabase} OWNER TO ${controlUser}`,
    passwordStatement(place.password),
  ])
  await syncTree(unfinished)
  renameSync(unfinished, place.directory)
}

/** Gives the role a new password while no server runs; needed where the secret was lost. */
export async function resetPassword(place: ClusterPlace): Promise<void> {
  await executeAlone(place, place.directory, [passwordStatement(place.password)])
}

/** Throws `Failure` where the cluster belongs to another user or was written by another major version. */
export function checkCluster(directory: string, files: ServerFiles, identity: Identity): void {
  const owner = statSync(directory).uid
  const user = identity?.uid ?? process.getuid?.() ?? owner
  if (owner !== user) {
    throw new Failure(
      'conflict',
      `${directory} belongs to user ${owner}, but PostgreSQL would run as user ${user}. Start Podium as who started it before, or run: chown -R ${user} ${directory}`,
      { code: 'wrong_owner' },
    )
  }
  const found = readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim()
  const wanted = files.version.split('.')[0]
  if (found !== wanted) {
    throw new Failure(
      'conflict',
      `${directory} was written by PostgreSQL ${found}; this Podium carries ${files.version}. Make a copy with the Podium that wrote it (podium backup FILE) and read it into an empty data directory (podium restore FILE).`,
      { code: 'other_major_version' },
    )
  }
}

/** Copies a cluster's directories (0700) and files (0600) and gives them to the identity. Links are not copied. */
export function copyTree(from: string, to: string, identity: Identity): void {
  mkdirSync(to, { mode: 0o700 })
  giveTo(identity, to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const target = join(to, entry.name)
    if (entry.isDirectory()) copyTree(join(from, entry.name), target, identity)
    else if (entry.isFile()) {
      copyFileSync(join(from, entry.name), target)
      chmodSync(target, 0o600)
      giveTo(identity, target)
    }
  }
}

/**
 * Runs statements as the superuser, who has no password and so can't log in otherwise: in a server that for this moment
 * trusts whoever can enter its socket's directory, which is the user it runs as. (`postgres --single` would do, but it
 * refuses users without a passwd entry.)
 */
async function executeAlone(place: ClusterPlace, directory: string, statements: readonly string[]): Promise<void> {
  const { files, identity, log } = place
  const trusting = join(directory, 'setup_hba.conf')
  writeFileSync(trusting, 'local all podium trust\n', { mode: 0o600 })
  giveTo(identity, trusting)
  const socketDirectory = makeSocketDirectory(place.socketPreferred, identity)
  removeStaleSocket(socketDirectory)
  try {
    const settings = {
      hba_file: trusting,
      fsync: 'off',
      shared_buffers: '2MB',
      max_wal_senders: '0',
      wal_level: 'minimal',
    }
    const server = await startServer({ files, dataDirectory: directory, socketDirectory, identity, settings, log })
    const sql = postgres({
      path: join(socketDirectory, `.s.PGSQL.${serverPort}`),
      user: 'podium',
      database: controlDatabase,
      max: 1,
    })
    try {
      for (const statement of statements) await sql.unsafe(statement)
    } finally {
      await sql.end({ timeout: 1 })
      await server.stop({ mode: 'fast' })
    }
  } finally {
    rmSync(trusting, { force: true })
    removeSocketDirectory(socketDirectory, place.socketPreferred)
  }
}

function passwordStatement(password: string): string {
  return `ALTER ROLE ${controlUser} PASSWORD '${scramVerifier(password)}'`
}

/** What PostgreSQL stores of a password (RFC 5802), so that the password itself is never part of a statement. */
export function scramVerifier(password: string): string {
  const iterations = 4096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const key = (name: string) => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(key('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`
}

/** Waits until a new cluster is on the disk; everything later is written through the server's own log. */
async function syncTree(directory: string): Promise<void> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).map((entry) =>
    join(entry.parentPath, entry.name),
  )
  await Promise.all([directory, ...files].map(syncPath))
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
