/** An execution driver without processes, for tests of what is built on it: boxes start at once and end when they are told. */
import type { BoxOptions, BoxRuntime, ExecutionBox, ExecutionDriver, ExecutionResult } from '../pods/execution.ts'

/** A box that only keeps account. */
export class FakeBox implements ExecutionBox {
  readonly id: string
  readonly runtime: string
  readonly options: BoxOptions
  readonly exited: Promise<void>
  isGone = false
  #end: () => void = () => undefined

  constructor(id: string, runtime: string, options: BoxOptions) {
    this.id = id
    this.runtime = runtime
    this.options = options
    this.exited = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  async run(): Promise<ExecutionResult> {
    await this.kill()
    const nothing = new Uint8Array()
    return {
      end: 'exited',
      exitCode: 0,
      signal: null,
      limit: null,
      stdout: nothing,
      stderr: nothing,
      channel: nothing,
      archive: null,
      wallMs: 1,
      cpuMs: 1,
      memoryBytesPeak: 1,
    }
  }

  async kill(): Promise<void> {
    this.isGone = true
    this.#end()
  }
}

/** Makes fake boxes and remembers them. */
export class FakeExecutionDriver implements ExecutionDriver {
  readonly name = 'local'
  problem: string | null = null
  /** Thrown by the next starts. */
  failure: Error | null = null
  readonly boxes: FakeBox[] = []

  /** Boxes that are not gone. */
  get live(): FakeBox[] {
    return this.boxes.filter(({ isGone }) => !isGone)
  }

  async startBox(runtime: BoxRuntime, options: BoxOptions): Promise<ExecutionBox> {
    if (this.failure !== null) throw this.failure
    const box = new FakeBox(`box-${this.boxes.length + 1}`, runtime.key, options)
    this.boxes.push(box)
    return box
  }

  async usage() {
    return { memoryBytes: 0, processes: 0, boxes: this.live.length }
  }

  async reapOrphans(): Promise<number> {
    return 0
  }

  async stop(): Promise<void> {
    await Promise.all(this.live.map((box) => box.kill()))
  }
}
