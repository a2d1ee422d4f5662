/** The second kind of sandbox: a box that waits, with its interpreter loaded where that can be, for its one job. */
import { Failure } from '../failure.ts'
import type { BoxRuntime, ExecutionBox, ExecutionDriver, ExecutionLimits } from '../pods/execution.ts'
import type { Clock } from './clock.ts'
import type { Made, MakeOptions, SandboxSource } from './source.ts'
import { untilAborted, within } from './waiting.ts'
import { WorkQueue } from './work-queue.ts'

/** Boxes started at once for people: more would only slow each other down. */
const startsMax = 4
/** Boxes started at once ahead of time. */
const startsAheadMax = 1
const killTimeoutMs = 5_000

/** Which box somebody wants. */
export interface BoxWant {
  runtime: BoxRuntime
  /** The most that the job in it will take; the job's own limits are within these. */
  limits: ExecutionLimits
  /** See `BoxOptions`; a box with a database is started afresh. */
  databaseSocket?: string | null
}

/** Makes boxes. */
export class BoxSource implements SandboxSource<BoxWant, ExecutionBox> {
  readonly kind = 'box'
  readonly #driver: ExecutionDriver
  readonly #clock: Clock
  readonly #starts = new WorkQueue({ claims: startsMax, refills: startsAheadMax })

  constructor({ driver, clock }: { driver: ExecutionDriver; clock: Clock }) {
    this.#driver = driver
    this.#clock = clock
  }

  /** A box's disk has its size from the start, so boxes of other limits are other boxes. */
  keyOf({ runtime, limits }: BoxWant): string {
    return `${this.kind}/${runtime.key}/${Object.values(limits).join('-')}`
  }

  async prepare(): Promise<void> {
    // Nothing is shared by boxes but what is on disk already.
  }

  async make(want: BoxWant, { urgency, signal }: MakeOptions): Promise<Made<ExecutionBox>> {
    const run = async () => {
      const starting = this.start(want)
      return await untilAborted(starting, signal, (late) => void late.destroy())
    }
    return await this.#starts.run({ urgency, lane: null, signal, run })
  }

  /** Starts a box, ready or not for others to start. Throws `Failure('unavailable')` where it does not come up. */
  async start({ runtime, limits, databaseSocket = null }: BoxWant): Promise<Made<ExecutionBox>> {
    const box = await this.#driver.startBox(runtime, { limits, databaseSocket }).catch((cause: unknown) => {
      if (cause instanceof Failure) throw cause
      throw new Failure('unavailable', 'A box for your program did not start; try again in a moment', {
        cause,
        code: 'box_start',
        retryAfterSeconds: 5,
      })
    })
    return {
      sandbox: box,
      id: box.id,
      podId: box.id,
      imageHash: runtime.key,
      lost: box.exited,
      warm: async () => undefined,
      destroy: async () => {
        const reason = () => new Error('Ending the box took too long')
        await within(this.#clock, killTimeoutMs, box.kill(), { reason }).catch(() => undefined)
      },
    }
  }

  async reapOrphans(): Promise<number> {
    return await this.#driver.reapOrphans()
  }

  tend(): void {
    // Nothing outlives its box.
  }

  async stop(): Promise<void> {
    await this.#driver.stop()
  }
}
