/** Pods and pools in the bench's own process, with a control plane for their leases: what Podium is made of, without HTTP. */
import { join } from 'node:path'
import type { Image, ImageRecipe, Isolation, Pod, PodDriver, PodLimits } from '../../pods/driver.ts'
import { createLocalDriver } from '../../pods/local/local-driver.ts'
import type { RunLimits } from '../../pods/run.ts'
import { openControlPlane } from '../../postgres/control-plane.ts'
import { unpackServer } from '../../postgres/server-files.ts'
import { createPool, type DatabaseLease, type DatabasePool } from '../../sandboxes/create-pool.ts'
import type { DatabaseWant } from '../../sandboxes/databases.ts'
import type { PoolLimits } from '../../sandboxes/limits.ts'
import { connect } from '../../store/connect.ts'
import { type LeaseRecords, leaseRecords } from '../../store/leases.ts'
import { migrate } from '../../store/migrate.ts'
import { newId } from '../../store/storable.ts'
import { silentLog } from '../../telemetry/log.ts'
import { query, recipeOf } from './content.ts'
import { once } from './once.ts'
import { openPlainServer, type PlainServer } from './plain-server.ts'
import type { Scratch } from './scratch.ts'

/** The laboratory. */
export interface Laboratory {
  readonly driver: PodDriver
  /** A database of the bench's dataset. */
  readonly want: DatabaseWant
  /** A plain connection to a pod that no pool uses: the raw cost is measured there. */
  plainServer(): Promise<PlainServer>
  /** A plain connection to a pod that a pool uses too. */
  plainServerIn(pod: Pod): Promise<PlainServer>
  /** Runs the body with a pool of its own and ends everything in it. `pods` are those that the pool started. */
  withPool<Value>(
    limits: Partial<PoolLimits>,
    body: (pool: DatabasePool, pods: readonly Pod[]) => Promise<Value>,
  ): Promise<Value>
}

const gigabyte = 1024 ** 3

/** A pool that makes nothing ready by itself: only `expect` does. */
export const noDemand: Partial<PoolLimits> = { demandHalfLifeMs: 0.001 }

/** Room for many: the budget is what may be admitted, not what is taken. */
export const roomy: Partial<PoolLimits> = { sandboxesMax: 450, memoryBudgetBytes: 64 * gigabyte, tendEveryMs: 100 }

/** The database that the bench's pools are asked for. */
export function wantOf(recipe: ImageRecipe): DatabaseWant {
  return { recipe, isolation: 'database', access: 'write' }
}

/** Claims for somebody who never came before. */
export async function claimAsStranger(pool: DatabasePool, want: DatabaseWant): Promise<DatabaseLease> {
  const holder = { personId: newId(), address: '192.0.2.1', isGuest: false }
  return await pool.claim(want, { holder, purpose: 'bench' })
}

/** Runs the bench's query in a leased sandbox. Throws where it does not come to its end. */
export async function firstRow(lease: DatabaseLease): Promise<void> {
  const { end } = await lease.sandbox.run([{ text: query, offset: 0 }], runLimits)
  if (end !== 'completed') throw new Error(`the query ended with ${end}`)
}

const runLimits: RunLimits = { timeoutMs: 10_000, rowsMax: 100, bytesMax: 1_000_000, cellBytesMax: 10_000 }

/** Waits until the pool has so many ready. Throws after 30 s. */
export async function untilReady(pool: DatabasePool, count: number): Promise<void> {
  await until(() => pool.status().slots.ready >= count, `${count} ready sandboxes`)
}

/** Waits for something. Throws after 30 s, naming it. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 30_000
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(`waited 30 s for ${what}`)
    await Bun.sleep(2)
  }
}

/** Opens it in the bench's directory; its end is noted there. */
export async function openLaboratory(scratch: Scratch): Promise<Laboratory> {
  const dataDir = join(scratch.directory, 'lab')
  const files = await unpackServer({ dataDir, log: silentLog })
  const control = await openControlPlane({ files, dataDir, log: silentLog })
  scratch.onEnd(async () => await control.stop())
  const sql = connect(control.connection)
  scratch.onEnd(async () => await sql.end({ timeout: 2 }))
  await migrate(sql, silentLog, { backupDirectory: join(dataDir, 'backups') })
  const directory = join(dataDir, 'sandboxes')
  const driver = await createLocalDriver({ files, directory, log: silentLog })
  scratch.onEnd(async () => await driver.stop())
  const want = wantOf(recipeOf('first'))
  const plainServer = once(async () => {
    const image = await driver.buildImage(want.recipe)
    const pod = await driver.startPod(image, { isolation: 'database', limits: plainLimits })
    return await openPlainServer(pod, directory)
  })
  return {
    driver,
    want,
    plainServer,
    plainServerIn: async (pod) => await openPlainServer(pod, directory),
    withPool: async (limits, body) => await withPool({ driver, leases: leaseRecords(sql), limits }, body),
  }
}

const plainLimits: PodLimits = { capacity: 8, memoryBytesMax: gigabyte / 2, diskBytesMax: gigabyte / 2 }

async function withPool<Value>(
  given: { driver: PodDriver; leases: LeaseRecords; limits: Partial<PoolLimits> },
  body: (pool: DatabasePool, pods: readonly Pod[]) => Promise<Value>,
): Promise<Value> {
  const driver = new SharedDriver(given.driver)
  const pool = await createPool({ ...given, driver, log: silentLog })
  try {
    return await body(pool, driver.pods)
  } finally {
    await pool.stop()
  }
}

/** A driver for one of several pools: it knows the pods that it started, and ends no others. */
class SharedDriver implements PodDriver {
  readonly pods: Pod[] = []
  readonly #driver: PodDriver

  constructor(driver: PodDriver) {
    this.#driver = driver
  }

  get name(): PodDriver['name'] {
    return this.#driver.name
  }

  get isBoxed(): boolean {
    return this.#driver.isBoxed
  }

  get serverVersion(): string {
    return this.#driver.serverVersion
  }

  imageHash(recipe: ImageRecipe): string {
    return this.#driver.imageHash(recipe)
  }

  async findImage(hash: string): Promise<Image | null> {
    return await this.#driver.findImage(hash)
  }

  async buildImage(recipe: ImageRecipe, signal?: AbortSignal): Promise<Image> {
    return await this.#driver.buildImage(recipe, signal)
  }

  async listImages(): Promise<Image[]> {
    return await this.#driver.listImages()
  }

  async removeImage(hash: string): Promise<void> {
    await this.#driver.removeImage(hash)
  }

  keepsInMemory(image: Image): boolean {
    return this.#driver.keepsInMemory(image)
  }

  async startPod(image: Image, options: { isolation: Isolation; limits: PodLimits }): Promise<Pod> {
    const pod = await this.#driver.startPod(image, options)
    this.pods.push(pod)
    return pod
  }

  async reapOrphans(): Promise<number> {
    return 0
  }

  async stop(): Promise<void> {
    await Promise.all(this.pods.map((pod) => pod.kill()))
  }
}
