/** A budget of memory that work reserves before it starts. Who asks first is served first, so that large work comes about. */
import { untilAborted } from './waiting.ts'

interface Waiting {
  bytes: number
  start: () => void
}

/** Bytes that may be reserved together. */
export class MemoryBudget {
  readonly #bytesMax: number
  readonly #waiting = new Set<Waiting>()
  #reserved = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get bytesMax(): number {
    return this.#bytesMax
  }

  /** Bytes that are reserved now. */
  get reserved(): number {
    return this.#reserved
  }

  /** Waits until so much is free and returns what gives it back. More than all there is is a bug. Throws the signal's reason. */
  async reserve(bytes: number, signal: AbortSignal): Promise<() => void> {
    if (bytes > this.#bytesMax) throw new Error(`${bytes} bytes can't be had of ${this.#bytesMax}`)
    signal.throwIfAborted()
    const { promise, resolve } = Promise.withResolvers<void>()
    const waiting = { bytes, start: resolve }
    this.#waiting.add(waiting)
    this.#startNext()
    try {
      await untilAborted(promise, signal, () => this.#giveBack(bytes))
    } catch (cause) {
      if (this.#waiting.delete(waiting)) this.#startNext()
      throw cause
    }
    let isReserved = true
    return () => {
      if (isReserved) this.#giveBack(bytes)
      isReserved = false
    }
  }

  #giveBack(bytes: number): void {
    this.#reserved -= bytes
    this.#startNext()
  }

  #startNext(): void {
    for (const waiting of this.#waiting) {
      if (this.#reserved + waiting.bytes > this.#bytesMax) return
      this.#waiting.delete(waiting)
      this.#reserved += waiting.bytes
      waiting.start()
    }
  }
}
