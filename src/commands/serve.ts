/** `podium serve`: the site, until Ctrl-C or SIGTERM. */

import { sweepGuests } from '../accounts/guests.ts'
import { makeAdminLink } from '../accounts/links.ts'
import { sweepSessions } from '../accounts/sessions.ts'
import { sweepRefusals } from '../accounts/sign-in.ts'
import { createApp } from '../app.ts'
import { beganWith } from '../attempts/attempt.ts'
import { wantOf } from '../attempts/sandboxes.ts'
import { judgeLeftovers } from '../attempts/submit.ts'
import { type Config, readConfig } from '../config.ts'
import { Failure } from '../failure.ts'
import { createConsoleLog, type Log } from '../telemetry/log.ts'
import { watchEventLoop } from '../telemetry/process-metrics.ts'
import type { CommandInput } from './command.ts'
import { strangeVariables } from './config.ts'
import { announce } from './serve/console.ts'
import { type StartedParts, startParts } from './serve/parts.ts'
import { outliveStrays } from './serve/strays.ts'

/** Open requests get so long to finish after the signal to stop. */
const graceMs = 5_000
/** A stop that takes longer than this ends by force; what was acknowledged is on disk in any case. */
const stopTimeoutMs = 20_000
const sweepEveryMs = 60 * 60_000

/** Serves until it is told to stop; resolves with the exit code. */
export async function run({ env, flags, print }: CommandInput): Promise<number> {
  const startedMs = performance.now()
  const config = readConfig({ env, flags })
  const log = createConsoleLog(config.logLevel)
  for (const warning of strangeVariables(env)) log.warn(warning)
  outliveStrays(log)
  const stopped = untilStopped()
  const parts = await startParts(config, log)
  try {
    const app = createApp(parts)
    const server = listen(app, config)
    const adminSecret = await makeAdminLink(parts.sql, { now: new Date() })
    const startMs = performance.now() - startedMs
    announce(print, { config, parts, port: server.port ?? config.port, startMs, adminSecret })
    const endBackground = startBackground(parts, log)
    const signal = await stopped
    print(`Stopping (${signal}) …`)
    endBackground()
    // New connections are refused from here on; requests under way get a moment.
    await Promise.race([server.stop(), Bun.sleep(graceMs)])
    void server.stop(true)
  } finally {
    await Promise.race([parts.stop(), Bun.sleep(stopTimeoutMs)])
  }
  print('Stopped.')
  return 0
}

function listen(
  app: ReturnType<typeof createApp>,
  { host, port }: Config,
): NonNullable<ReturnType<typeof createApp>['server']> {
  try {
    const { server } = app.listen({ hostname: host, port })
    if (server === null) throw new Error('the server did not start')
    return server
  } catch (cause) {
    throw explainListen(cause, host, port)
  }
}

function explainListen(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  if (code === 'EADDRINUSE') {
    const mend = `Stop it, or start Podium with --port ${port === 3000 ? 3001 : 3000}.`
    return new Failure('conflict', `Port ${port} is taken: another program listens on ${host}:${port}. ${mend}`, {
      cause,
    })
  }
  if (code === 'EACCES') {
    return new Failure('forbidden', `Port ${port} is for root only. Use a port from 1024 on: --port 3000.`, { cause })
  }
  // What is no address is looked up, and is no valid one where the name is unknown.
  if (code === 'EADDRNOTAVAIL' || code === 'EINVAL' || code === 'ENOTFOUND') {
    return new Failure('invalid', `This machine has no address ${host}. Use --host 127.0.0.1 or --host 0.0.0.0.`, {
      cause,
    })
  }
  return cause
}

/** The first signal stops gently; the second one at once. */
function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    let isFirst = true
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (!isFirst) process.exit(130)
        isFirst = false
        resolve(signal)
      })
    }
  })
}

/** Work that nobody waits for: answers a crash left ungraded, the first dataset, tidying up. */
function startBackground(parts: StartedParts, log: Log): () => void {
  const { library, versions, pool, desk, sql } = parts
  const first = library.current().tracks[0]?.exercises[0]
  if (first?.kind === 'sql') pool.expect(wantOf(first))
  const find = async (slug: string, exerciseVersion: string) =>
    (await beganWith(parts, { slug, exerciseVersion }, 'all')) ?? library.find(slug, 'all')
  const tell = (error: unknown) => log.error('background work failed', { error })
  judgeLeftovers(desk, find).then(
    (count) => (count > 0 ? log.info('graded what was left', { answers: count }) : undefined),
    tell,
  )
  const sweep = () => {
    const now = new Date()
    const guests = sweepGuests(sql, { now }).then(() => versions.sweep())
    Promise.all([guests, sweepSessions(sql, { now }), sweepRefusals(sql, { now })]).catch(tell)
  }
  const timer = setInterval(sweep, sweepEveryMs)
  const endWatch = watchEventLoop()
  return () => {
    clearInterval(timer)
    endWatch()
  }
}
