/** The pool of databases: what the rest of Podium asks for sandboxes. */
import type { Database, PodDriver, PodUsage } from '../pods/driver.ts'
import type { LeaseRecords } from '../store/leases.ts'
import type { Log } from '../telemetry/log.ts'
import { type Clock, systemClock } from './clock.ts'
import { DatabaseSource, type DatabaseWant } from './databases.ts'
import type { Lease } from './leases.ts'
import { type PoolLimits, poolLimits } from './limits.ts'
import { Pool, type PoolStatus } from './pool.ts'

/** What a pool of databases is made of. */
export interface DatabasePoolOptions {
  driver: PodDriver
  /** Where leases are written along, for example `leaseRecords(sql)`. */
  leases: LeaseRecords
  log: Log
  /** What differs from `defaultLimits`; `sandboxesMax` and `memoryBudgetBytes` depend on the machine. */
  limits?: Partial<PoolLimits>
  clock?: Clock
}

/** A leased database. */
export type DatabaseLease = Lease<Database>

/** The pool with its pods and images. */
export type DatabasePoolStatus = PoolStatus & ReturnType<DatabaseSource['status']>

/** A pool of databases. */
export class DatabasePool extends Pool<DatabaseWant, Database> {
  readonly #source: DatabaseSource

  constructor({ driver, leases, log, limits: replaced, clock = systemClock }: DatabasePoolOptions) {
    const limits = poolLimits(replaced)
    const source = new DatabaseSource({ driver, clock, log, limits })
    super({ source, leases, clock, log, limits })
    this.#source = source
  }

  override status(): DatabasePoolStatus {
    return { ...super.status(), ...this.#source.status() }
  }

  /** What all pods together use now. */
  async usage(): Promise<PodUsage> {
    return await this.#source.usage()
  }
}

/** Makes the pool and ends what an earlier program left behind. Throws where the control plane does not answer. */
export async function createPool(options: DatabasePoolOptions): Promise<DatabasePool> {
  const pool = new DatabasePool(options)
  await pool.open()
  return pool
}
