/** The last hour of a few measures, in memory: a ring of samples, for the lines of the health page. */
import type { DatabasePool } from '../sandboxes/create-pool.ts'
import type { ExecutionPool } from '../sandboxes/executions.ts'
import type { StatementQueue } from '../sandboxes/statements.ts'
import type { Sql } from '../store/connect.ts'
import { type DiskRoom, diskRoom } from './disk.ts'

/** One look at everything. Times in milliseconds; null where nothing answered or nothing was measured. */
export interface Sample {
  atMs: number
  inUse: number
  ready: number
  running: number
  waiting: number
  programsRunning: number
  programsWaiting: number
  boxesReady: number
  /** Of all boxes together. */
  boxMemoryBytes: number
  /** Claims since the sample before. */
  claims: number
  hitP95Ms: number | null
  missP95Ms: number | null
  /** How long the control plane took for the smallest question. */
  databaseMs: number | null
  memoryBytes: number
  podDiskBytes: number
  disk: DiskRoom | null
}

/** What is looked at. */
export interface HistorySources {
  sql: Sql
  pool: DatabasePool
  boxes: ExecutionPool
  queue: StatementQueue
  dataDir: string
}

/** How often a look is taken, and how many are kept: one hour. */
export const sampleEveryMs = 30_000
const samplesMax = 120

/** A control plane that says nothing for so long is shown as silent. */
const databaseTimeoutMs = 2_000

/** The samples of the last hour, and a fresh one. */
export class History {
  readonly #sources: HistorySources
  readonly #samples: Sample[] = []
  #claims = 0
  #timer: ReturnType<typeof setInterval> | null = null
  #isLooking = false

  constructor(sources: HistorySources) {
    this.#sources = sources
  }

  /** Begins to look, at once and then by the clock. Does not keep the program alive. */
  start(): void {
    void this.#note()
    this.#timer = setInterval(() => void this.#note(), sampleEveryMs)
    this.#timer.unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
  }

  /** The kept samples, the oldest first. */
  samples(): readonly Sample[] {
    return this.#samples
  }

  /** How things are now; it is not kept. */
  async look(): Promise<Sample> {
    const { sql, pool, boxes, queue, dataDir } = this.#sources
    const [usage, boxUsage, disk, databaseMs] = await Promise.all([
      pool.usage().catch(() => ({ memoryBytes: 0, diskBytes: 0 })),
      boxes.usage().catch(() => ({ memoryBytes: 0 })),
      diskRoom(dataDir),
      answerTime(sql),
    ])
    const { slots, leases, claims } = pool.status()
    const { hit, miss } = claims
    const programs = boxes.status()
    return {
      atMs: Date.now(),
      inUse: leases.length,
      ready: slots.ready,
      ...queue.load,
      programsRunning: programs.running,
      programsWaiting: programs.waiting,
      boxesReady: programs.pool.slots.ready,
      boxMemoryBytes: boxUsage.memoryBytes,
      claims: hit.count + miss.count - this.#claims,
      hitP95Ms: hit.count === 0 ? null : hit.p95Ms,
      missP95Ms: miss.count === 0 ? null : miss.p95Ms,
      databaseMs,
      memoryBytes: usage.memoryBytes,
      podDiskBytes: usage.diskBytes,
      disk,
    }
  }

  async #note(): Promise<void> {
    // A look that takes longer than the time between two must not be joined by others.
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      const sample = await this.look()
      this.#claims += sample.claims
      this.#samples.push(sample)
      if (this.#samples.length > samplesMax) this.#samples.shift()
    } finally {
      this.#isLooking = false
    }
  }
}

async function answerTime(sql: Sql): Promise<number | null> {
  const startedMs = performance.now()
  const late = Bun.sleep(databaseTimeoutMs).then(() => false)
  const answered = sql`select 1`.then(
    () => true,
    () => false,
  )
  return (await Promise.race([answered, late])) ? performance.now() - startedMs : null
}
