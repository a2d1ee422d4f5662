/**
 * The embedded control plane: the one PostgreSQL server that holds what people made, in `<data directory>/control`.
 * Never two run on one directory: the data directory's lock admits one program, and a server that a killed program left
 * behind is found by the directory it works in, then adopted where it proves to be ours and current, else stopped.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { Failure } from '../failure.ts'
import type { Log } from '../telemetry/log.ts'
import type { ConnectionOptions } from './connection.ts'
import {
  type ClusterPlace,
  checkCluster,
  controlDatabase,
  controlSecret,
  controlUser,
  createCluster,
  resetPassword,
} from './control-cluster.ts'
import { explainFileError } from './file-errors.ts'
import { identityFor } from './identity.ts'
import { findServerProcesses, isAlive, readPostmasterFile, type ServerProcess } from './process.ts'
import { adoptServer, type Server, serverPort, startServer } from './server.ts'
import type { ServerFiles } from './server-files.ts'
import { makeSocketDirectory, removeSocketDirectory } from './socket-directory.ts'

/** The running control plane. */
export interface ControlPlane {
  connection: Extract<ConnectionOptions, { socketPath: string }>
  server: Server
  /** Whether an earlier program's server was taken over. */
  isAdopted: boolean
  /** Stops the server: what is open is rolled back and all is written, else killed after some seconds. Idempotent. */
  stop(): Promise<void>
}

/** Durable first, small second: what is acknowledged is on the disk, and an idle server takes little. */
const settings: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '40',
  superuser_reserved_connections: '0',
  shared_buffers: '32MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  effective_cache_size: '256MB',
  min_wal_size: '8MB',
  max_wal_size: '128MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_worker_processes: '2',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  huge_pages: 'off',
  io_method: 'sync',
  unix_socket_permissions: '0700',
  // Lines name what went wrong, never a statement or a value: those are what people typed.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_line_prefix: '',
}

/** Tells a server of this program's settings from one that another version started. */
const fingerprint = Bun.hash(JSON.stringify(settings)).toString(36)

/**
 * Makes the control plane run and returns how to reach it. The caller holds the data directory's lock. Throws
 * `Failure`: `conflict` for a directory of another owner or PostgreSQL major, `unavailable` where it can't run.
 */
export async function openControlPlane(options: {
  files: ServerFiles
  dataDir: string
  log: Log
}): Promise<ControlPlane> {
  const { files, dataDir, log } = options
  const directory = join(dataDir, 'control')
  const identity = identityFor('control-plane')
  try {
    mkdirSync(dataDir, { recursive: true, mode: identity === null ? 0o700 : 0o711 })
    const { password, isNew } = controlSecret(dataDir)
    const place = { files, directory, socketPreferred: join(dataDir, 'run/control'), identity, password, log }
    const isFirst = !existsSync(directory)
    if (isFirst) await createCluster(place)
    checkCluster(directory, files, identity)
    const left = await settleLeftBehind(place)
    if (left !== null) return controlPlane(place, left, true)
    if (isNew && !isFirst) await resetPassword(place)
    return controlPlane(place, await start(place), false)
  } catch (error) {
    throw explainFileError(error, directory)
  }
}

async function start(place: ClusterPlace): Promise<Server> {
  const socketDirectory = makeSocketDirectory(place.socketPreferred, place.identity)
  try {
    return await startServer({
      files: place.files,
      dataDirectory: place.directory,
      socketDirectory,
      identity: place.identity,
      settings: { ...settings, 'podium.settings': fingerprint },
      log: place.log,
    })
  } catch (error) {
    removeSocketDirectory(socketDirectory, place.socketPreferred)
    throw error
  }
}

function controlPlane(place: ClusterPlace, server: Server, isAdopted: boolean): ControlPlane {
  return {
    connection: connectionTo(server.socketDirectory, place.password),
    server,
    isAdopted,
    async stop() {
      await server.stop({ mode: 'fast' })
      removeSocketDirectory(server.socketDirectory, place.socketPreferred)
    },
  }
}

function connectionTo(socketDirectory: string, password: string): ControlPlane['connection'] {
  const socketPath = join(socketDirectory, `.s.PGSQL.${serverPort}`)
  return { socketPath, database: controlDatabase, user: controlUser, password }
}

/** Adopts the server that works in the directory, or stops it; null where there is none (any more). */
async function settleLeftBehind(place: ClusterPlace): Promise<Server | null> {
  const processes = findServerProcesses(place.directory)
  const file = readPostmasterFile(place.directory)
  const postmaster = processes.find(({ pid }) => pid === file?.pid)
  if (file !== null && postmaster !== undefined) {
    const server = adoptServer(postmaster.pid, file.socketDirectory)
    if (server !== null && (await isOursAndCurrent(place, postmaster, file))) {
      place.log.info('Took over the database server of an earlier run', { pid: postmaster.pid })
      return server
    }
    place.log.info('Stopping the database server of an earlier run', { pid: postmaster.pid })
    await server?.stop({ mode: 'fast' })
  }
  await endOrphans(processes)
  // postgres itself removes a stale postmaster.pid, unless its process id has been given to another program meanwhile.
  rmSync(join(place.directory, 'postmaster.pid'), { force: true })
  if (file !== null) removeSocketDirectory(file.socketDirectory, place.socketPreferred)
  return null
}

/** The same program file, ready, of these settings, this directory, and in possession of our secret. */
async function isOursAndCurrent(
  place: ClusterPlace,
  postmaster: ServerProcess,
  file: { socketDirectory: string; status: string },
): Promise<boolean> {
  if (postmaster.program !== join(place.files.directory, 'bin/postgres') || file.status !== 'ready') return false
  const sql = postgres({
    path: join(file.socketDirectory, `.s.PGSQL.${serverPort}`),
    user: controlUser,
    password: place.password,
    database: controlDatabase,
    max: 1,
    connect_timeout: 2,
    fetch_types: false,
    onnotice() {},
  })
  try {
    const [row] = await sql`SELECT current_setting('podium.settings', true) AS fingerprint`
    return row?.fingerprint === fingerprint
  } catch (error) {
    place.log.debug('The database server of an earlier run could not be used', { error })
    return false
  } finally {
    await sql.end({ timeout: 0 })
  }
}

const orphansLeaveMs = 2_000

/** Children of a killed postmaster leave by themselves; a new server must not start before the last one is gone. */
async function endOrphans(processes: readonly ServerProcess[]): Promise<void> {
  const patience = performance.now() + orphansLeaveMs
  for (;;) {
    const living = processes.filter(isAlive)
    if (living.length === 0) return
    if (performance.now() > patience) for (const { pid } of living) process.kill(pid, 'SIGKILL')
    if (performance.now() > 2 * orphansLeaveMs + patience) {
      const pids = living.map(({ pid }) => pid).join(', ')
      throw new Failure(
        'unavailable',
        `A PostgreSQL server left behind by an earlier run does not end (process ${pids}).`,
      )
    }
    await Bun.sleep(10)
  }
}
