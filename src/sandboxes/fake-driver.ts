/** A pod driver for tests: takes the time that was measured of the real one, on a fake clock, and fails on demand. */
import { createHash } from 'node:crypto'
import { Failure } from '../failure.ts'
import type { Database, Image, ImageRecipe, Isolation, Pod, PodDriver, PodLimits } from '../pods/driver.ts'
import type { RunResult } from '../pods/run.ts'
import type { Clock } from './clock.ts'

type Call = 'buildImage' | 'removeImage' | 'startPod' | 'createDatabase' | 'warm' | 'drop' | 'run'

const durationsMs: Record<Call, number> = {
  buildImage: 500,
  removeImage: 20,
  startPod: 45,
  createDatabase: 10,
  warm: 4,
  drop: 5,
  run: 2,
}

const mebibyte = 1024 * 1024

/** A recipe of one file, the same name giving the same image. */
export function fakeRecipe(name: string): ImageRecipe {
  return { files: [{ name: `${name}.sql`, format: 'sql', text: `create table ${name} ()` }], seed: 1 }
}

/** A pod that exists only in memory. */
export interface FakePod extends Pod {
  readonly databases: Set<Database>
}

/** A driver whose pods exist only in memory. */
export class FakeDriver implements PodDriver {
  readonly name = 'local'
  readonly isBoxed: boolean
  readonly serverVersion = '18.4'
  /** How often each call began. */
  readonly calls: Record<Call, number> = {
    buildImage: 0,
    removeImage: 0,
    startPod: 0,
    createDatabase: 0,
    warm: 0,
    drop: 0,
    run: 0,
  }
  /** Calls that do not come back before `resume`. */
  readonly hanging = new Set<Call>()
  /** Calls that throw. */
  readonly failing = new Map<Call, Error>()
  /** All clones and starts in the order they began, by pod. */
  readonly journal: string[] = []
  readonly images = new Map<string, Image>()
  readonly livePods = new Set<FakePod>()
  imageBytes = 11 * mebibyte
  templateBytes = 8 * mebibyte
  orphans = 0
  readonly #clock: Clock
  readonly #held = new Set<() => void>()
  #serial = 0

  constructor(clock: Clock, { isBoxed = true }: { isBoxed?: boolean } = {}) {
    this.#clock = clock
    this.isBoxed = isBoxed
  }

  imageHash(recipe: ImageRecipe): string {
    return createHash('sha256').update(JSON.stringify(recipe)).digest('hex')
  }

  async findImage(hash: string): Promise<Image | null> {
    return this.images.get(hash) ?? null
  }

  async buildImage(recipe: ImageRecipe): Promise<Image> {
    await this.#take('buildImage')
    const image = { hash: this.imageHash(recipe), bytes: this.imageBytes, templateBytes: this.templateBytes }
    this.images.set(image.hash, image)
    return image
  }

  async listImages(): Promise<Image[]> {
    return [...this.images.values()]
  }

  async removeImage(hash: string): Promise<void> {
    await this.#take('removeImage')
    this.images.delete(hash)
  }

  keepsInMemory(): boolean {
    return true
  }

  async startPod(image: Image, { isolation, limits }: { isolation: Isolation; limits: PodLimits }): Promise<Pod> {
    await this.#take('startPod')
    const { promise: exited, resolve } = Promise.withResolvers<void>()
    const pod: FakePod = {
      id: this.#name('p'),
      image: image.hash,
      isolation,
      limits,
      exited,
      databases: new Set(),
      createDatabase: async () => await this.#createDatabase(pod),
      usage: async () => ({ memoryBytes: 8 * mebibyte, diskBytes: image.bytes, cpuMs: 1, ioBytes: 1 }),
      kill: async () => {
        this.livePods.delete(pod)
        pod.databases.clear()
        resolve()
      },
    }
    this.livePods.add(pod)
    return pod
  }

  async reapOrphans(): Promise<number> {
    const { orphans } = this
    this.orphans = 0
    return orphans
  }

  async stop(): Promise<void> {
    for (const pod of this.livePods) await pod.kill()
  }

  /** Ends all hanging: calls that hung come back now, late. */
  resume(): void {
    this.hanging.clear()
    for (const comeBack of this.#held) comeBack()
    this.#held.clear()
  }

  /** All databases that exist. */
  get databases(): Database[] {
    return [...this.livePods].flatMap(({ databases }) => [...databases])
  }

  async #createDatabase(pod: FakePod): Promise<Database> {
    if (pod.databases.size >= pod.limits.capacity) throw new Failure('exhausted', 'The pod is full')
    const database: Database = {
      id: this.#name('s'),
      run: async () => await this.#run(pod, database),
      warm: async () => await this.#take('warm'),
      relay: async () => ({ socketPath: `/nowhere/${database.id}`, connections: 0, close: async () => undefined }),
      drop: async () => {
        await this.#take('drop')
        pod.databases.delete(database)
      },
    }
    pod.databases.add(database)
    this.journal.push(pod.image)
    try {
      await this.#take('createDatabase')
    } catch (cause) {
      pod.databases.delete(database)
      throw cause
    }
    if (!this.livePods.has(pod)) throw new Error('The pod is gone')
    return database
  }

  async #run(pod: FakePod, database: Database): Promise<RunResult> {
    await this.#take('run')
    const end = pod.databases.has(database) ? 'completed' : 'lost'
    return { statements: [], end, isRolledBack: false, durationMs: durationsMs.run }
  }

  async #take(call: Call): Promise<void> {
    this.calls[call] += 1
    await new Promise<void>((resolve) => {
      if (this.hanging.has(call)) this.#held.add(resolve)
      else this.#clock.after(durationsMs[call], resolve)
    })
    const failure = this.failing.get(call)
    if (failure !== undefined) throw failure
  }

  #name(prefix: string): string {
    this.#serial += 1
    return `${prefix}_${this.#serial}`
  }
}
