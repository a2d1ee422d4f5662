/** The program under proof: starts Podium as a person would, talks to it over HTTP, ends it gently or not. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The compiled file. Proofs run against it, never against the sources. */
export const binary = join(import.meta.dir, '../../dist/podium')

/** A running Podium. */
export interface Program {
  readonly url: string
  readonly dataDir: string
  readonly pid: number
  /** From the start of the process to the first 200 of /health/ready, in ms. */
  readonly startMs: number
  /** All that it printed so far. */
  output(): string
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number>
  /** SIGKILL to the program alone; its servers are left behind. */
  kill(): Promise<void>
}

/** How to start it. */
export interface ProgramOptions {
  dataDir?: string
  /** Where left out, a port that is free now. */
  port?: number
  env?: Record<string, string>
  /** Put in front of the command, for example `['setpriv', '--reuid', '54321', …]`. */
  prefix?: readonly string[]
  command?: readonly string[]
}

/** A directory that only this proof uses; short, for a socket's path ends at 107 bytes. */
export async function scratchDirectory(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'pd-'))
}

/** Removes a scratch directory. */
export async function removeDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true })
}

/**
 * A port that nobody listens on now. Not one of those that the system gives away by itself (from 32768 on): a program that is
 * killed and started anew could find it taken by somebody's connection.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (await isFree(port)) return port
  }
  throw new Error('No port is free')
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** Starts Podium and waits until it is ready; throws with its output when it ends or is not ready in two minutes. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const dataDir = options.dataDir ?? (await scratchDirectory())
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const startedAt = performance.now()
  const argv = [...(options.prefix ?? []), ...(options.command ?? [binary]), 'serve']
  const child = Bun.spawn(argv, {
    env: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      PODIUM_DATA: dataDir,
      PODIUM_PORT: String(port),
      ...options.env,
    },
    cwd: dataDir,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  let output = ''
  const collect = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder()
    for await (const chunk of stream) output = (output + decoder.decode(chunk, { stream: true })).slice(-200_000)
  }
  const collected = Promise.all([collect(child.stdout), collect(child.stderr)])
  await untilReady(url, child, () => output)
  let isEnding = false
  void child.exited.then(async (code) => {
    await Promise.race([collected, Bun.sleep(1000)])
    // Who asks it afterwards learns only that nobody answers. It may have been the test runner: where a test takes longer
    // than it may, Bun sends SIGTERM to all programs that its file has started.
    if (!isEnding)
      console.error(`podium ended, and no proof had ended it: ${child.signalCode ?? code}\n${output.slice(-20_000)}`)
  })
  return {
    url,
    dataDir,
    pid: child.pid,
    startMs: performance.now() - startedAt,
    output: () => output,
    async stop() {
      isEnding = true
      child.kill('SIGTERM')
      const code = await child.exited
      await Promise.race([collected, Bun.sleep(1000)])
      return code
    },
    async kill() {
      isEnding = true
      child.kill('SIGKILL')
      await child.exited
    },
  }
}

async function untilReady(url: string, child: Bun.Subprocess, output: () => string): Promise<void> {
  // A second on a machine with nothing else to do.
  const deadline = Date.now() + 120_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`podium ended with ${child.exitCode}:\n${output()}`)
    const response = await fetch(`${url}/health/ready`).catch(() => null)
    // Another program may have come by the same port in the same moment: then it is that one which answers.
    if (response?.ok && output().includes('Podium is ready')) return
    await Bun.sleep(5)
  }
  child.kill('SIGKILL')
  throw new Error(`podium was not ready in two minutes:\n${output()}`)
}

/** Runs a command of the binary against a data directory and returns what it printed. */
export async function runCommand(
  dataDir: string,
  args: readonly string[],
  stdin = '',
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = Bun.spawn([binary, ...args], {
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', PODIUM_DATA: dataDir },
    stdin: Buffer.from(stdin),
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { code, stdout, stderr }
}

/** A person with a browser's cookies but no scripts: what `fetch` alone can do. */
export interface Visitor {
  /** The `Cookie` line that this visitor sends. */
  cookies(): string
  get(path: string): Promise<Response>
  /** Posts a form as the page would, with the session's token. */
  post(path: string, fields: Record<string, string>): Promise<Response>
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
}

/** A new visitor without cookies; `send` takes the place of the network. */
export function createVisitor(
  url: string,
  send: (request: Request) => Promise<Response> = (request) => fetch(request, { redirect: 'manual' }),
): Visitor {
  const cookies = new Map<string, string>()
  let csrf = ''
  const cookieLine = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    headers.set('cookie', cookieLine())
    const response = await send(new Request(url + path, { ...init, headers }))
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
  return {
    cookies: cookieLine,
    async get(path) {
      const response = await request(path)
      const copy = response.clone()
      const token = /name="csrf" value="([^"]+)"/.exec(await copy.text())?.[1]
      if (token !== undefined) csrf = token
      return response
    },
    post: (path, fields) => request(path, { method: 'POST', body: new URLSearchParams({ ...fields, csrf }) }),
    api: (method, path, body, headers = {}) =>
      request(path, {
        method,
        headers: { 'content-type': 'application/json', 'x-csrf': csrf, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}
