/** Reads what a box says, up to a number of bytes: never more than a pipe's worth at a time, and nothing after the end. */
import type { PipeReader } from './pipe.ts'

/** What has been read of one pipe. */
export interface Collector {
  /** Resolves at the end of the pipe, or when it was stopped. Never rejects. */
  readonly done: Promise<void>
  bytes(): Uint8Array
  stop(): void
}

/** Options of a collector. */
export interface CollectOptions {
  bytesMax: number
  /** What was read from the pipe before; it counts. */
  begun?: Uint8Array
  onBytes?: (bytes: Uint8Array) => void
  /** More than `bytesMax` came. Reading has stopped. */
  onOverflow: () => void
}

/** Collects a pipe. */
export function collect(reader: PipeReader, options: CollectOptions): Collector {
  const parts: Uint8Array[] = []
  let length = 0
  let isStopped = false
  const take = (part: Uint8Array): boolean => {
    const kept = part.subarray(0, options.bytesMax - length)
    if (kept.length > 0) {
      parts.push(kept.slice())
      length += kept.length
      options.onBytes?.(kept)
    }
    return kept.length === part.length
  }
  const read = async () => {
    let fits = options.begun ? take(options.begun) : true
    while (fits && !isStopped) {
      const { value, done } = await reader.read()
      if (done || isStopped) return
      fits = take(value)
    }
    if (!fits && !isStopped) options.onOverflow()
  }
  return {
    done: read().catch(() => {}),
    bytes: () => joined(parts, length),
    stop: () => {
      isStopped = true
      void reader.cancel().catch(() => {})
    },
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
