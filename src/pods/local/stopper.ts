/**
 * Ends a run from outside, for every limit inside the server can be changed by the person whose SQL it runs: first a
 * cancel request, then the session is terminated, then the pod is killed.
 */
import type { RunEnd } from '../run.ts'
import type { Wire } from '../wire/wire.ts'
import type { Server } from './server.ts'

const terminateAfterMs = 300
const killAfterMs = 1_000

/** Why a run is ended from outside. */
export type StopCause = Extract<RunEnd, 'time_limit' | 'cancelled' | 'disk_limit' | 'memory_limit'>

/** Watches one run. */
export interface Stopper {
  /** The first cause, or null where the run ended by itself. */
  readonly cause: () => StopCause | null
  /** When the run began, as `performance.now()` tells. */
  readonly beganAt: number
  /** The connection the run uses, if it has one yet. */
  readonly wire: () => Wire | null
  /** Resolves with the first cause. */
  readonly stopped: Promise<StopCause>
  /** The connection the run has got; what was asked before takes effect now. */
  watch(wire: Wire): void
  stop(cause: StopCause): void
  /** The run is over: nothing further happens, whoever asks for it. Idempotent. */
  release(): void
}

/** What stopping needs of a server. */
export type StoppingServer = Pick<Server, 'isGone' | 'cancel' | 'terminate' | 'kill'>

/** Stops a run after `timeoutMs` or when `signal` aborts. */
export function createStopper(server: StoppingServer, timeoutMs: number, signal: AbortSignal | undefined): Stopper {
  const timers: Timer[] = []
  const after = (delayMs: number, action: () => void) => timers.push(setTimeout(action, delayMs))
  let cause: StopCause | null = null
  let watched: Wire | null = null
  let isReleased = false
  const { promise: stopped, resolve } = Promise.withResolvers<StopCause>()
  const escalate = (wire: Wire) => {
    if (wire.failure) return
    server.cancel(wire)
    after(terminateAfterMs, () => {
      server.terminate(wire).catch(() => {})
      after(killAfterMs, () => server.kill())
    })
  }
  const stop = (why: StopCause) => {
    if (cause || isReleased) return
    cause = why
    resolve(why)
    if (watched && !server.isGone()) escalate(watched)
  }
  const onAbort = () => stop('cancelled')
  after(timeoutMs, () => stop('time_limit'))
  if (signal?.aborted) onAbort()
  else signal?.addEventListener('abort', onAbort, { once: true })
  return {
    beganAt: performance.now(),
    cause: () => cause,
    wire: () => watched,
    stopped,
    stop,
    watch(wire) {
      watched = wire
      if (cause && !server.isGone()) escalate(wire)
    },
    release() {
      isReleased = true
      for (const timer of timers) clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    },
  }
}
