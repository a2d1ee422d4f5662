/** Every wait in this folder has an end: a signal, a deadline, and someone who cleans up what arrives too late. */
import type { Clock } from './clock.ts'

/**
 * Waits for a promise until the signal aborts, then rejects with the signal's reason. What the promise brings after
 * that goes to `late`, so that nothing made in vain is left behind.
 */
export async function untilAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal,
  late: (value: Value) => void = () => undefined,
): Promise<Value> {
  return await new Promise<Value>((resolve, reject) => {
    const abandon = () => reject(signal.reason)
    if (signal.aborted) abandon()
    else signal.addEventListener('abort', abandon, { once: true })
    promise.then(
      (value) => {
        signal.removeEventListener('abort', abandon)
        if (signal.aborted) late(value)
        else resolve(value)
      },
      (cause: unknown) => {
        signal.removeEventListener('abort', abandon)
        reject(cause)
      },
    )
  })
}

/** A signal that aborts after a time, or when another one does. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Stops the timer; to be called when the wait is over. */
  clear(): void
}

/** Starts a deadline whose reason is made when it strikes. */
export function deadlineAfter(
  clock: Clock,
  timeoutMs: number,
  reason: () => Error,
  outer: AbortSignal | undefined = undefined,
): Deadline {
  const controller = new AbortController()
  const follow = () => controller.abort(outer?.reason)
  const cancel = clock.after(timeoutMs, () => controller.abort(reason()))
  if (outer?.aborted) follow()
  outer?.addEventListener('abort', follow, { once: true })
  return {
    signal: controller.signal,
    clear() {
      cancel()
      outer?.removeEventListener('abort', follow)
    },
  }
}

/** Waits for a promise at most `timeoutMs`, then rejects with `reason()`; what comes later goes to `late`. */
export async function within<Value>(
  clock: Clock,
  timeoutMs: number,
  promise: Promise<Value>,
  { reason, late }: { reason: () => Error; late?: (value: Value) => void },
): Promise<Value> {
  const deadline = deadlineAfter(clock, timeoutMs, reason)
  try {
    return await untilAborted(promise, deadline.signal, late)
  } finally {
    deadline.clear()
  }
}
