/** A Podium that the bench starts as a person would: `podium serve` on a directory and a port of its own. */
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isCompiled } from '../../embedded.ts'
import { findServerProcesses } from '../../postgres/process.ts'
import { once } from './once.ts'
import type { Scratch } from './scratch.ts'

/** The running program. */
export interface Program {
  url: string
  dataDir: string
  pid: number
  /** From the start of the process to the first 200 of /health/ready. */
  startMs: number
  /** Gently, then by force. Idempotent. */
  stop(): Promise<void>
  /** As a power cut does: the program and its control plane at once, without a word. */
  kill(): Promise<void>
}

const startTimeoutMs = 30_000
const stopTimeoutMs = 15_000

/** Starts it and waits until it is ready. Throws with what it said where it is not. */
export async function startProgram(
  scratch: Scratch,
  { dataDir, env = {} }: { dataDir: string; env?: Record<string, string> },
): Promise<Program> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  const port = freePort()
  const startedMs = performance.now()
  const child = Bun.spawn([process.execPath, ...(isCompiled ? [] : [Bun.main]), 'serve'], {
    // From source, the directory tells Bun how JSX is made.
    cwd: isCompiled ? scratch.directory : join(dirname(Bun.main), '..'),
    env: {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      PODIUM_DATA: dataDir,
      PODIUM_PORT: String(port),
      PODIUM_LOG_LEVEL: 'warn',
      ...env,
    },
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
  })
  const stop = once(async () => await stopChild(child, dataDir))
  scratch.onEnd(stop)
  const complaints = collect(child.stderr)
  const url = `http://127.0.0.1:${port}`
  while ((await fetch(`${url}/health/ready`).catch(() => null))?.ok !== true) {
    if (child.exitCode !== null || performance.now() - startedMs > startTimeoutMs) {
      throw new Error(`podium serve did not start: ${complaints()}`)
    }
    await Bun.sleep(3)
  }
  return {
    url,
    dataDir,
    pid: child.pid,
    startMs: performance.now() - startedMs,
    stop,
    kill: async () => await killChild(child, dataDir),
  }
}

async function stopChild(child: Bun.Subprocess, dataDir: string): Promise<void> {
  child.kill('SIGTERM')
  await Promise.race([child.exited, Bun.sleep(stopTimeoutMs)])
  if (child.exitCode === null) await killChild(child, dataDir)
}

async function killChild(child: Bun.Subprocess, dataDir: string): Promise<void> {
  child.kill('SIGKILL')
  await child.exited
  for (const { pid } of findServerProcesses(join(dataDir, 'control'))) process.kill(pid, 'SIGKILL')
}

function collect(stream: ReadableStream<Uint8Array>): () => string {
  let text = ''
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of stream) text = (text + decoder.decode(chunk, { stream: true })).slice(-4_000)
  }
  void read().catch(() => undefined)
  return () => text.trim()
}

function freePort(): number {
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  const { port } = server
  void server.stop(true)
  if (port === undefined) throw new Error('no free port')
  return port
}
