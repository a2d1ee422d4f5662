/**
 * One running PostgreSQL server: started in its own session with a minimal environment, ready when it says so in
 * postmaster.pid (what pg_ctl waits for; no password needed), stopped with a deadline. What it writes goes to the log.
 */
import { join } from 'node:path'
import type { Log } from '../telemetry/log.ts'
import { type Identity, spawnAs } from './identity.ts'
import { isAlive, readPostmasterFile, startTicksOf } from './process.ts'
import type { ServerFiles } from './server-files.ts'
import { explainServerOutput } from './server-output.ts'
import { ensurePrivateDirectory } from './socket-directory.ts'

/** Only names the socket file: servers listen on no network address. */
export const serverPort = 5432

/** How a server is asked to stop: `fast` rolls back what is open and writes everything; `immediate` recovers later. */
export type StopMode = 'fast' | 'immediate'

/** A running server, started by this program or adopted from an earlier one. */
export interface Server {
  pid: number
  socketDirectory: string
  port: number
  /** Resolves when it is gone, whatever ended it. Never rejects. */
  exited: Promise<void>
  /** Stops it, going from fast to immediate to kill when it takes too long. Resolves when it is gone. Idempotent. */
  stop(options: { mode: StopMode }): Promise<void>
}

export interface StartOptions {
  files: ServerFiles
  /** A cluster that belongs to `identity`, mode 0700. */
  dataDirectory: string
  /** Made 0700 for `identity` where it is missing. The path of the socket in it must fit in 107 bytes. */
  socketDirectory: string
  identity: Identity
  /** Given on the command line, so they win over the cluster's own configuration. */
  settings: Readonly<Record<string, string>>
  log: Log
  /** How long to wait for it to be ready, recovery from a crash included. */
  timeoutMs?: number
}

const fastStopMs = 8_000
const immediateStopMs = 3_000
/** How often the start and the end of a server are looked for. */
const pollMs = 5
const adoptedPollMs = 100

/** Starts a server and waits until it takes connections. Throws `Failure` with the mend where it can't start. */
export async function startServer(options: StartOptions): Promise<Server> {
  const { files, dataDirectory, socketDirectory, identity, log } = options
  ensurePrivateDirectory(socketDirectory, identity)
  const settings = {
    listen_addresses: '',
    unix_socket_directories: quoteListItem(socketDirectory),
    port: String(serverPort),
    ...options.settings,
  }
  const child = spawnAs(
    identity,
    [
      join(files.directory, 'bin/postgres'),
      '-D',
      dataDirectory,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { stdin: 'ignore', stdout: 'ignore', stderr: 'pipe', isDetached: true },
  )
  const output = followOutput(child.stderr, log)
  const exited = child.exited.then(() => {})
  const isReady = await waitUntilReady(child, dataDirectory, options.timeoutMs ?? 60_000)
  if (!isReady) {
    if (child.exitCode === null) child.kill('SIGQUIT')
    await Promise.race([output.ended, Bun.sleep(immediateStopMs)])
    throw explainServerOutput(output.tail(), dataDirectory)
  }
  return serverOf(child.pid, socketDirectory, exited)
}

/**
 * Takes over a server that an earlier program started; the caller has proven whose it is. `null` where it is gone.
 */
export function adoptServer(pid: number, socketDirectory: string): Server | null {
  const startTicks = startTicksOf(pid)
  if (startTicks === null) return null
  const exited = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (isAlive({ pid, startTicks })) return
      clearInterval(timer)
      resolve()
    }, adoptedPollMs)
    timer.unref()
  })
  return serverOf(pid, socketDirectory, exited)
}

function serverOf(pid: number, socketDirectory: string, exited: Promise<void>): Server {
  const startTicks = startTicksOf(pid)
  let stopping: Promise<void> | null = null
  const signal = (name: NodeJS.Signals) => {
    if (startTicks !== null && isAlive({ pid, startTicks })) process.kill(pid, name)
  }
  const stop = async (mode: StopMode) => {
    if (mode === 'fast') {
      signal('SIGINT')
      if (await endsWithin(exited, fastStopMs)) return
    }
    signal('SIGQUIT')
    if (await endsWithin(exited, immediateStopMs)) return
    signal('SIGKILL')
    await exited
  }
  return {
    pid,
    socketDirectory,
    port: serverPort,
    exited,
    stop({ mode }) {
      stopping ??= stop(mode)
      return stopping
    },
  }
}

async function endsWithin(exited: Promise<void>, timeoutMs: number): Promise<boolean> {
  return Promise.race([exited.then(() => true), Bun.sleep(timeoutMs).then(() => false)])
}

async function waitUntilReady(
  child: { pid: number; exitCode: number | null; signalCode: string | number | null },
  dataDirectory: string,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  while (performance.now() < deadline) {
    const file = readPostmasterFile(dataDirectory)
    if (file?.pid === child.pid && file.status === 'ready') return true
    if (child.exitCode !== null || child.signalCode !== null) return false
    await Bun.sleep(pollMs)
  }
  return false
}

/** Items of unix_socket_directories are separated by commas and may be quoted. */
function quoteListItem(path: string): string {
  return `"${path.replaceAll('"', '""')}"`
}

const tailLinesMax = 30
const lineCharactersMax = 2_000

/** Sends each line to the log and keeps the last ones to explain a failed start. Bounded, whatever the server writes. */
function followOutput(stream: ReadableStream<Uint8Array>, log: Log) {
  const lines: string[] = []
  const take = (line: string) => {
    if (line.trim() === '') return
    lines.push(line)
    if (lines.length > tailLinesMax) lines.shift()
    const isNotice = /\b(LOG|DETAIL|HINT|CONTEXT):/.test(line)
    if (isNotice) log.debug('PostgreSQL', { line })
    else log.warn('PostgreSQL', { line })
  }
  const follow = async () => {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of stream) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = (parts.pop() ?? '').slice(0, lineCharactersMax)
      for (const part of parts) take(part.slice(0, lineCharactersMax))
    }
    take(rest)
  }
  const ended = follow().catch((error: unknown) => log.warn('The output of PostgreSQL could not be read', { error }))
  return { ended, tail: () => lines.join('\n') }
}
