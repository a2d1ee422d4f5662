/** The first kind of sandbox: a database in a PostgreSQL pod, cloned from the template of its image. */
import { Failure } from '../failure.ts'
import type { Database, Image, ImageRecipe, Isolation, PodUsage } from '../pods/driver.ts'
import { sandboxCloneSeconds } from '../telemetry/metrics.ts'
import { Images, type Surroundings } from './images.ts'
import { PodHouse, type PodStatus, type Seat } from './pod-house.ts'
import type { Made, MakeOptions, SandboxSource } from './source.ts'
import { within } from './waiting.ts'
import { WorkQueue } from './work-queue.ts'

/** Which database somebody wants. The same recipe object should be passed each time: it is hashed once. */
export interface DatabaseWant {
  recipe: ImageRecipe
  /** `server`: a pod of one's own, where the driver is boxed. */
  isolation: Isolation
  /** `read`: people share one database in which they may only select. */
  access: 'write' | 'read'
}

/** Makes databases, and tells of the pods they are in. */
export class DatabaseSource implements SandboxSource<DatabaseWant, Database> {
  readonly kind = 'database'
  readonly #given: Surroundings
  readonly #images: Images
  readonly #house: PodHouse
  readonly #clones: WorkQueue

  constructor(given: Surroundings) {
    const { creatorsMax, refillersMax } = given.limits
    this.#given = given
    this.#images = new Images(given)
    this.#house = new PodHouse(given, this.#images)
    this.#clones = new WorkQueue({ claims: creatorsMax, refills: refillersMax })
  }

  keyOf({ recipe, isolation, access }: DatabaseWant): string {
    return `${this.kind}/${isolation}/${access}/${this.#images.hashOf(recipe)}`
  }

  async prepare({ recipe }: DatabaseWant, signal: AbortSignal): Promise<void> {
    const use = await this.#images.acquire(recipe, signal)
    use.release()
  }

  /** Clones the template, in another pod where the first one fails. Throws the last failure. */
  async make(want: DatabaseWant, options: MakeOptions): Promise<Made<Database>> {
    this.#refuseUnboxed(want)
    const { image, release } = await this.#images.acquire(want.recipe, options.signal)
    const arrive = options.urgency === 'claim' ? this.#announce() : () => undefined
    try {
      return await this.#cloneSomewhere(want, image, options)
    } finally {
      arrive()
      release()
    }
  }

  async reapOrphans(): Promise<number> {
    return await this.#given.driver.reapOrphans()
  }

  tend(): void {
    this.#house.retireIdle()
  }

  async stop(): Promise<void> {
    this.#images.stop()
    await this.#given.driver.stop()
  }

  /** What the pods hold, and the images. */
  status(): { pods: PodStatus[]; images: Images['state']; clones: WorkQueue['load'] } {
    return { pods: this.#house.status(), images: this.#images.state, clones: this.#clones.load }
  }

  /** What all pods use together; a pod that does not answer in time is left out. */
  async usage(): Promise<PodUsage> {
    const { clock, limits } = this.#given
    const reason = () => new Error('The pod does not answer')
    const asked = this.#house.pods.map((pod) => within(clock, limits.dropTimeoutMs, pod.usage(), { reason }))
    const total: PodUsage = { memoryBytes: 0, diskBytes: 0, cpuMs: 0, ioBytes: 0 }
    for (const answer of await Promise.allSettled(asked)) {
      if (answer.status === 'rejected') continue
      total.memoryBytes += answer.value.memoryBytes
      total.diskBytes += answer.value.diskBytes
      total.cpuMs += answer.value.cpuMs
      total.ioBytes += answer.value.ioBytes
    }
    return total
  }

  #refuseUnboxed({ isolation }: DatabaseWant): void {
    if (isolation === 'database' || this.#given.driver.isBoxed) return
    throw new Failure('unavailable', 'A server of your own needs bubblewrap, which this machine does not have', {
      code: 'needs_box',
    })
  }

  /** Refills wait until the claim has its sandbox, wherever on the way it is. */
  #announce(): () => void {
    const arrivals = [this.#house.announce(), this.#clones.announce()]
    return () => {
      for (const arrive of arrivals) arrive()
    }
  }

  async #cloneSomewhere(want: DatabaseWant, image: Image, options: MakeOptions): Promise<Made<Database>> {
    for (let tries = 1; ; tries += 1) {
      const seat = await this.#house.takeSeat(want, image, options)
      try {
        return await this.#clone(want, seat, options)
      } catch (cause) {
        seat.leave()
        if (options.signal.aborted || tries >= this.#given.limits.claimTriesMax) throw cause
        this.#given.log.warn('clone failed, trying another pod', { pod: seat.pod.id, error: cause })
      }
    }
  }

  async #clone(want: DatabaseWant, seat: Seat, { urgency, signal }: MakeOptions): Promise<Made<Database>> {
    const run = async () => await this.#create(want, seat)
    const database = await this.#clones.run({ urgency, lane: seat.pod.id, signal, run })
    return this.#made(database, want, seat)
  }

  async #create({ access }: DatabaseWant, seat: Seat): Promise<Database> {
    const { clock, limits } = this.#given
    const startedMs = clock.now()
    const reason = () => new Failure('unavailable', 'The database server does not answer', { code: 'clone_timeout' })
    const late = (database: Database) => void this.#drop(database, seat)
    try {
      const creating = seat.pod.createDatabase({ access })
      const database = await within(clock, limits.cloneTimeoutMs, creating, { reason, late })
      sandboxCloneSeconds.observe((clock.now() - startedMs) / 1000)
      return database
    } catch (cause) {
      // Whatever it is, it is likely to happen again in this pod.
      seat.close()
      throw cause
    }
  }

  #made(database: Database, { isolation }: DatabaseWant, seat: Seat): Made<Database> {
    return {
      sandbox: database,
      id: database.id,
      podId: seat.pod.id,
      imageHash: seat.pod.image,
      lost: seat.pod.exited,
      warm: async () => await database.warm().catch(() => undefined),
      destroy: async () => {
        await (isolation === 'server' ? seat.kill() : this.#drop(database, seat))
        seat.leave()
      },
    }
  }

  async #drop(database: Database, seat: Seat): Promise<void> {
    const { clock, limits, log } = this.#given
    const reason = () => new Error('Dropping the database took too long')
    try {
      await within(clock, limits.dropTimeoutMs, database.drop(), { reason })
    } catch (error) {
      log.warn('database could not be dropped, ending its pod', { pod: seat.pod.id, error })
      await seat.kill()
    }
  }
}
