/**
 * What programs print while they run, by attempt: the page that started one follows it, and so does one that was loaded
 * in the middle of it. In memory only; what was printed is kept with the run's result.
 */

/** A piece of output. */
export interface OutputPiece {
  stream: 'stdout' | 'stderr'
  text: string
}

/** Characters that are kept for who comes later; what is beyond them is in the result. */
const keptCharactersMax = 64 * 1024
/** How long who follows waits for a run that has just been asked for. */
const beginWaitMs = 1_000

interface Live {
  pieces: OutputPiece[]
  characters: number
  isOver: boolean
  /** Told of every change. */
  listeners: Set<() => void>
}

/** A run that is under way. */
export interface LiveRun {
  write(stream: OutputPiece['stream'], bytes: Uint8Array): void
  /** Ends what others follow. */
  end(): void
}

/** Output of runs that are under way. */
export class LiveOutput {
  readonly #live = new Map<string, Live>()
  readonly #expecting = new Map<string, Set<(live: Live) => void>>()

  /** Whether something runs in the attempt. */
  isRunning(attemptId: string): boolean {
    return this.#live.has(attemptId)
  }

  /** Begins a run; of one attempt there is one at a time. */
  begin(attemptId: string): LiveRun {
    const live: Live = { pieces: [], characters: 0, isOver: false, listeners: new Set() }
    const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
    this.#live.set(attemptId, live)
    for (const tell of this.#expecting.get(attemptId) ?? []) tell(live)
    return {
      write(stream, bytes) {
        const left = keptCharactersMax - live.characters
        const text = decoders[stream].decode(bytes, { stream: true }).slice(0, Math.max(0, left))
        if (text === '') return
        live.pieces.push({ stream, text })
        live.characters += text.length
        for (const tell of live.listeners) tell()
      },
      end: () => {
        live.isOver = true
        if (this.#live.get(attemptId) === live) this.#live.delete(attemptId)
        for (const tell of live.listeners) tell()
      },
    }
  }

  /** What was printed so far, then each piece as it comes. Ends with the run, or soon where none begins. */
  async *follow(attemptId: string, signal: AbortSignal): AsyncGenerator<OutputPiece> {
    const live = this.#live.get(attemptId) ?? (await this.#expect(attemptId, signal))
    if (live === null) return
    for (let next = 0; !signal.aborted; ) {
      const piece = live.pieces[next]
      if (piece !== undefined) {
        next += 1
        yield piece
      } else if (live.isOver) return
      else await told(live.listeners, signal)
    }
  }

  async #expect(attemptId: string, signal: AbortSignal): Promise<Live | null> {
    const waiting = this.#expecting.get(attemptId) ?? new Set()
    this.#expecting.set(attemptId, waiting)
    const live = await told(waiting, AbortSignal.any([signal, AbortSignal.timeout(beginWaitMs)]))
    if (waiting.size === 0 && this.#expecting.get(attemptId) === waiting) this.#expecting.delete(attemptId)
    return live
  }
}

/** What somebody tells, as soon as they do; null where the wait is over before. */
async function told<Value = void>(listeners: Set<(value: Value) => void>, signal: AbortSignal): Promise<Value | null> {
  if (signal.aborted) return null
  const { promise, resolve } = Promise.withResolvers<Value | null>()
  const end = () => resolve(null)
  listeners.add(resolve)
  signal.addEventListener('abort', end, { once: true })
  const value = await promise
  listeners.delete(resolve)
  signal.removeEventListener('abort', end)
  return value
}
