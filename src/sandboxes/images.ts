/**
 * Images: each is built once however many ask at the same moment, used by pods, and evicted when it was not used for
 * longest and the disk budget is passed.
 *
 * absent    nobody has built it, or it was evicted
 * building  one build is under way; everyone who asks waits for that one
 * failed    the build failed a moment ago; who asks is told the same, without a new build
 * present   it is on disk; while anybody uses it, it stays
 * removing  it is being evicted; who asks waits for that, then builds it anew
 */
import { Failure } from '../failure.ts'
import type { Image, ImageRecipe, PodDriver } from '../pods/driver.ts'
import type { Log } from '../telemetry/log.ts'
import { imageCacheBytes, imageEvictions } from '../telemetry/metrics.ts'
import type { Clock } from './clock.ts'
import type { PoolLimits } from './limits.ts'
import { deadlineAfter, untilAborted, within } from './waiting.ts'
import { WorkQueue } from './work-queue.ts'

/** An image that stays on disk until it is released. */
export interface ImageUse {
  readonly image: Image
  /** Says that this use is over. Idempotent. */
  release(): void
}

/** What this folder's parts are given. */
export interface Surroundings {
  driver: PodDriver
  clock: Clock
  log: Log
  limits: PoolLimits
}

/** Removing an image is deleting files; longer than this it hangs. */
const removeTimeoutMs = 30_000

/** Builds, keeps and evicts images. */
export class Images {
  readonly #given: Surroundings
  readonly #hashes = new WeakMap<ImageRecipe, string>()
  readonly #present = new Map<string, Image>()
  readonly #building = new Map<string, Promise<Image>>()
  readonly #failed = new Map<string, { cause: unknown; untilMs: number }>()
  readonly #removing = new Map<string, Promise<void>>()
  readonly #uses = new Map<string, number>()
  readonly #usedAtMs = new Map<string, number>()
  readonly #builds: WorkQueue
  readonly #stopped = new AbortController()

  constructor(given: Surroundings) {
    this.#given = given
    this.#builds = new WorkQueue({ claims: given.limits.imageBuildsMax, refills: given.limits.imageBuildsMax })
  }

  /** The image's name. Hashing a dataset takes its time, so each recipe object is hashed once. */
  hashOf(recipe: ImageRecipe): string {
    const known = this.#hashes.get(recipe)
    if (known !== undefined) return known
    const hash = this.#given.driver.imageHash(recipe)
    this.#hashes.set(recipe, hash)
    return hash
  }

  /** Bytes of all images known to be on disk, and how many are being built. */
  get state(): { images: number; bytes: number; building: number } {
    const bytes = [...this.#present.values()].reduce((sum, image) => sum + image.bytes, 0)
    return { images: this.#present.size, bytes, building: this.#building.size }
  }

  /**
   * Gives the image, building it where it is absent. The signal ends only the caller's wait: a build goes on for
   * whoever comes next. Throws what the build threw, to everyone who waited for it.
   */
  async acquire(recipe: ImageRecipe, signal: AbortSignal): Promise<ImageUse> {
    const hash = this.hashOf(recipe)
    const release = this.retain(hash)
    try {
      const image = this.#present.get(hash) ?? (await untilAborted(this.#open(hash, recipe), signal))
      return { image, release }
    } catch (cause) {
      release()
      throw cause
    }
  }

  /** Forgets that an image is on disk, where a pod could not start from it: the next use looks again. */
  forget(hash: string): void {
    this.#present.delete(hash)
  }

  /** Aborts builds that are under way. */
  stop(): void {
    this.#stopped.abort(new Failure('unavailable', 'Podium is shutting down', { code: 'stopping' }))
  }

  /** Keeps an image on disk until the returned function was called. */
  retain(hash: string): () => void {
    this.#uses.set(hash, (this.#uses.get(hash) ?? 0) + 1)
    let isReleased = false
    return () => {
      if (isReleased) return
      isReleased = true
      this.#usedAtMs.set(hash, this.#given.clock.now())
      const left = (this.#uses.get(hash) ?? 1) - 1
      if (left > 0) this.#uses.set(hash, left)
      else this.#uses.delete(hash)
    }
  }

  #open(hash: string, recipe: ImageRecipe): Promise<Image> {
    const under = this.#building.get(hash)
    if (under !== undefined) return under
    const failed = this.#failed.get(hash)
    if (failed !== undefined && this.#given.clock.now() < failed.untilMs) return Promise.reject(failed.cause)
    this.#failed.delete(hash)
    const opening = this.#findOrBuild(hash, recipe)
      .catch((cause: unknown) => {
        const untilMs = this.#given.clock.now() + this.#given.limits.imageFailureMs
        this.#failed.set(hash, { cause, untilMs })
        throw cause
      })
      .finally(() => this.#building.delete(hash))
    this.#building.set(hash, opening)
    return opening
  }

  async #findOrBuild(hash: string, recipe: ImageRecipe): Promise<Image> {
    await this.#removing.get(hash)
    const image = (await this.#find(hash)) ?? (await this.#build(hash, recipe))
    this.#present.set(hash, image)
    this.#evict().catch((error: unknown) => this.#given.log.warn('evicting images failed', { error }))
    return image
  }

  async #find(hash: string): Promise<Image | null> {
    const { clock, driver } = this.#given
    const reason = () => new Failure('unavailable', 'The datasets on disk cannot be read', { code: 'image_find' })
    return await within(clock, removeTimeoutMs, driver.findImage(hash), { reason })
  }

  async #build(hash: string, recipe: ImageRecipe): Promise<Image> {
    const { clock, driver, limits, log } = this.#given
    const run = async () => {
      const startedMs = clock.now()
      const reason = () => new Failure('unavailable', 'Loading the dataset took too long', { code: 'image_timeout' })
      const deadline = deadlineAfter(clock, limits.imageBuildTimeoutMs, reason, this.#stopped.signal)
      try {
        const image = await untilAborted(driver.buildImage(recipe, deadline.signal), deadline.signal)
        log.info('image built', { image: hash, bytes: image.bytes, durationMs: Math.round(clock.now() - startedMs) })
        return image
      } finally {
        deadline.clear()
      }
    }
    return await this.#builds.run({ urgency: 'claim', lane: null, signal: this.#stopped.signal, run })
  }

  /** Removes the images that were not used for longest until the rest fits; never one that is in use. */
  async #evict(): Promise<void> {
    const { clock, driver, limits, log } = this.#given
    const images = await within(clock, removeTimeoutMs, driver.listImages(), { reason: () => new Error('no list') })
    let bytes = images.reduce((sum, image) => sum + image.bytes, 0)
    const usedAt = (image: Image) => this.#usedAtMs.get(image.hash) ?? 0
    for (const image of images.toSorted((one, other) => usedAt(one) - usedAt(other))) {
      if (bytes <= limits.imagesDiskBytesMax) break
      if (this.#uses.has(image.hash) || this.#building.has(image.hash) || this.#removing.has(image.hash)) continue
      await this.#remove(image.hash)
      bytes -= image.bytes
      imageEvictions.inc()
      log.info('image evicted', { image: image.hash, bytes: image.bytes })
    }
    imageCacheBytes.set(bytes)
  }

  async #remove(hash: string): Promise<void> {
    this.#present.delete(hash)
    const reason = () => new Error('Removing an image took too long')
    const removing = within(this.#given.clock, removeTimeoutMs, this.#given.driver.removeImage(hash), { reason })
    this.#removing.set(
      hash,
      removing.catch(() => undefined),
    )
    try {
      await removing
    } finally {
      this.#removing.delete(hash)
    }
  }
}
