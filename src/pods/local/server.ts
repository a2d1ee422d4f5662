/**
 * A pod's running server: how to reach it, Podium's own connection to it, its end. What runs inside may be hostile, so
 * every wait here has a deadline and ends in killing the server.
 */
import { rm } from 'node:fs/promises'
import { Failure } from '../../failure.ts'
import { openWire, ownBytesMax, query, sendCancel, type Wire } from '../wire/wire.ts'
import { ServerError, WireError } from '../wire/wire-error.ts'
import { type Launched, type LaunchOptions, launch } from './launch.ts'
import { removeRemains } from './orphans.ts'
import { adminName } from './settings.ts'

const startTimeoutMs = 20_000
const pollMs = 1
const adminTimeoutMs = 10_000

/** A running server. */
export interface Server {
  readonly launched: Launched
  /** Resolves when it is gone and its directory is removed. */
  readonly exited: Promise<void>
  readonly isGone: () => boolean
  /** The socket's path. Throws `Failure('unavailable')` where the server is gone. */
  socketPath(): string
  /** Runs Podium's own statements, one at a time, on a connection that stays open; a deadline ends the server. */
  admin(sql: string, timeoutMs?: number): Promise<(string | null)[][]>
  /** Asks for what a session runs to be cancelled. Never throws: who needs certainty terminates. */
  cancel(wire: Wire): void
  /** Ends a session, whatever it does, on a new connection. Rejects where the server does not answer or is gone. */
  terminate(wire: Wire): Promise<void>
  /** Stops cleanly: what was written is on disk afterwards. Throws `Failure('unavailable')` where it came to another end. */
  shutDown(): Promise<void>
  kill(): Promise<void>
}

/** Starts a server and waits until it answers. Throws `Failure('unavailable')` with what it said where it does not. */
export async function startServer(options: LaunchOptions, secret: string | null): Promise<Server> {
  const launched = launch(options)
  let isGone = false
  const exited = launched.process.exited.then(async () => {
    isGone = true
    // What can't be removed now is found at the next start.
    await clean(options).catch(() => {})
  })
  const gone = () => isGone
  try {
    const wire = await firstWire(launched, secret, gone)
    if (options.processesMax !== null) launched.deafen()
    return createServer({ launched, exited, isGone: gone, secret, wire })
  } catch (error) {
    launched.kill()
    await exited
    throw error
  }
}

/** Removes what a server leaves behind that was not in a box, or whose data was on disk. */
async function clean({ isBoxed, diskDirectory, keepsDisk }: LaunchOptions): Promise<void> {
  if (!diskDirectory) return
  if (!isBoxed) await removeRemains(diskDirectory)
  if (!keepsDisk) await rm(diskDirectory, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
}

async function firstWire(launched: Launched, secret: string | null, isGone: () => boolean): Promise<Wire> {
  const deadline = performance.now() + startTimeoutMs
  while (performance.now() < deadline) {
    if (isGone()) throw new Failure('unavailable', `A pod did not start: ${launched.complaints() || 'it said nothing'}`)
    const path = launched.socketPath()
    if (path) {
      try {
        return await openWire({ path, user: adminName, database: adminName, secret })
      } catch (error) {
        if (!(error instanceof WireError) || error.reason === 'authentication') throw error
      }
    }
    await Bun.sleep(pollMs)
  }
  throw new Failure('unavailable', 'A pod did not start in time')
}

interface Running {
  launched: Launched
  exited: Promise<void>
  isGone: () => boolean
  secret: string | null
  wire: Wire
}

function createServer(running: Running): Server {
  const { launched, exited, isGone, secret } = running
  let wire = running.wire
  let last: Promise<unknown> = Promise.resolve()
  const kill = async () => {
    wire.destroy()
    if (!isGone()) launched.kill()
    await exited
  }
  const socketPath = () => {
    const path = isGone() ? null : launched.socketPath()
    if (!path) throw new Failure('unavailable', 'The pod is gone')
    return path
  }
  const open = () => openWire({ path: socketPath(), user: adminName, database: adminName, secret, timeoutMs: 2_000 })
  const withDeadline = async (wire: Wire, sql: string, timeoutMs = adminTimeoutMs) => {
    const timer = setTimeout(() => wire.destroy(new WireError('timeout', 'The pod did not answer in time')), timeoutMs)
    wire.bytesLeft = ownBytesMax
    try {
      return await query(wire, sql)
    } finally {
      clearTimeout(timer)
    }
  }
  const admin = async (sql: string, timeoutMs?: number) => {
    try {
      if (wire.failure) wire = await open()
      return await withDeadline(wire, sql, timeoutMs)
    } catch (error) {
      // A server that does not answer its own administrator is of no use to anybody.
      if (!(error instanceof ServerError)) await kill()
      throw error
    }
  }
  return {
    launched,
    exited,
    isGone,
    socketPath,
    kill,
    async shutDown() {
      void wire.end()
      launched.interrupt()
      await exited
      if (launched.process.exitCode !== 0)
        throw new Failure('unavailable', `A server did not stop cleanly: ${launched.complaints() || 'it said nothing'}`)
    },
    admin(sql, timeoutMs) {
      const next = last.then(() => admin(sql, timeoutMs))
      last = next.catch(() => {})
      return next
    },
    cancel(wire) {
      const path = isGone() ? null : launched.socketPath()
      if (path) void sendCancel(path, wire)
    },
    async terminate({ processId }) {
      const aside = await open()
      try {
        await withDeadline(aside, `SELECT pg_catalog.pg_terminate_backend(${processId})`)
      } finally {
        void aside.end()
      }
    },
  }
}
