/**
 * The embedded control plane: the one PostgreSQL server that holds what people made, in `<data directory>/control`.
 * Never two run on one directory: the data directory's lock admits one program, and a server that a killed program left
 * behind is found by the directory it works in, then adopted where it proves to be ours and current, else stopped.
 * A server that ends without being asked to is started again at once, at the same socket.
 */
import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
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
import { makeSocketDirectory, removeSocketDirectory, removeStaleSocket } from './socket-directory.ts'

/** The running control plane. */
export interface ControlPlane {
  /** Stays the same when the server had to be started again. */
  readonly connection: Extract<ConnectionOptions, { socketPath: string }>
  /** The server's process now. */
  readonly pid: number
  /** Whether an earlier program's server was taken over. */
  readonly isAdopted: boolean
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
  const { files, log } = options
  const dataDir = resolve(options.dataDir)
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
    if (left !== null) return supervise(place, left, true)
    if (isNew && !isFirst) await resetPassword(place)
    return supervise(place, await startFirst(place), false)
  } catch (error) {
    throw explainFileError(error, directory)
  }
}

async function start(place: ClusterPlace, socketDirectory: string): Promise<Server> {
  removeStaleSocket(socketDirectory)
  return await startServer({
    files: place.files,
    dataDirectory: place.directory,
    socketDirectory,
    identity: place.identity,
    settings: { ...settings, 'podium.settings': fingerprint },
    log: place.log,
  })
}

async function startFirst(place: ClusterPlace): Promise<Server> {
  const socketDirectory = makeSocketDirectory(place.socketPreferred, place.identity)
  try {
    return await start(place, socketDirectory)
  } catch (error) {
    removeSocketDirectory(socketDirectory, place.socketPreferred)
    throw error
  }
}

/** Keeps the server running until it is stopped. */
function supervise(place: ClusterPlace, first: Server, isAdopted: boolean): ControlPlane {
  const { socketDirectory } = first
  let server = first
  let isStopping = false
  const watch = async () => {
    for (;;) {
      await server.exited
      if (isStopping) return
      place.log.error('The database server ended by itself; starting it again', { pid: server.pid })
      const next = await restart(place, socketDirectory, () => isStopping)
      if (next === null) return
      server = next
      // It came up just as it was told to stop.
      if (isStopping) await server.stop({ mode: 'fast' })
    }
  }
  const watched = watch()
  return {
    connection: connectionTo(socketDirectory, place.password),
    get pid() {
      return server.pid
    },
    isAdopted,
    async stop() {
      isStopping = true
      await server.stop({ mode: 'fast' })
      await watched
      removeSocketDirectory(socketDirectory, place.socketPreferred)
    },
  }
}

const restartPauseMs = { first: 100, longest: 5_000 }

/** Tries until the server runs again, ever more slowly; null where Podium stops meanwhile. */
async function restart(
  place: ClusterPlace,
  socketDirectory: string,
  isStopping: () => boolean,
): Promise<Server | null> {
  let pauseMs = restartPauseMs.first
  while (!isStopping()) {
    try {
      await clearAway(place.directory, findServerProcesses(place.directory))
      const server = await start(place, socketDirectory)
      place.log.info('The database server runs again', { pid: server.pid })
      return server
    } catch (error) {
      place.log.error('The database server does not start', { error, pauseMs })
      await Bun.sleep(pauseMs)
      pauseMs = Math.min(2 * pauseMs, restartPauseMs.longest)
    }
  }
  return null
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
  await clearAway(place.directory, processes)
  if (file !== null) removeSocketDirectory(file.socketDirectory, place.socketPreferred)
  return null
}

/** The same program file, ready, of these settings, this directory, and in possession of our secret. */
async function isOursAndCurrent(
  place: ClusterPlace,
  postmaster: ServerProcess,
  file: { socketDirectory: string; status: string },
): Promise<boolean> {
  if (postmaster.program !== realpathSync(join(place.files.directory, 'bin/postgres')) || file.status !== 'ready')
    return false
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

/**
 * Waits until the last process of a dead server is gone and removes its postmaster.pid. (postgres removes a stale one
 * itself, but not where the process id has been given to another program of this user meanwhile.)
 */
async function clearAway(directory: string, processes: readonly ServerProcess[]): Promise<void> {
  // Children of a killed postmaster leave by themselves; a new server must not start beside them.
  const patience = performance.now() + orphansLeaveMs
  for (;;) {
    const living = processes.filter(isAlive)
    if (living.length === 0) break
    if (performance.now() > patience) for (const { pid } of living) process.kill(pid, 'SIGKILL')
    if (performance.now() > patience + orphansLeaveMs) {
      const pids = living.map(({ pid }) => pid).join(', ')
      throw new Failure('unavailable', `A PostgreSQL server of an earlier run does not end (process ${pids}).`)
    }
    await Bun.sleep(10)
  }
  rmSync(join(directory, 'postmaster.pid'), { force: true })
}
