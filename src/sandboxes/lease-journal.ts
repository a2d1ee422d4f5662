/** Writes leases to the control plane behind their back: in batches, never on the way of a claim. */
import type { LeaseRecords, LeaseRow } from '../store/leases.ts'
import type { Log } from '../telemetry/log.ts'
import type { Clock } from './clock.ts'
import type { Lease } from './leases.ts'
import { within } from './waiting.ts'

/** Changes are gathered for this long. */
const gatherMs = 250
/** After a failed write, the next one waits this long. */
const retryMs = 5_000
const writeTimeoutMs = 10_000
/** A larger batch would keep the main loop busy for too long. */
const batchMax = 500
/** So many changes wait for a control plane that does not answer; further ones push out the oldest. */
const waitingMax = 20_000
/** Ended leases are kept so long. */
const keptMs = 7 * 24 * 3600 * 1000
const deleteEveryMs = 3600 * 1000

/** Gathers changes of leases and writes them. */
export class LeaseJournal {
  readonly #records: LeaseRecords
  readonly #clock: Clock
  readonly #log: Log
  readonly #changed = new Map<string, LeaseRow>()
  #cancelTimer: (() => void) | null = null
  #writing: Promise<void> = Promise.resolve()
  #deletedAtMs = 0

  constructor({ records, clock, log }: { records: LeaseRecords; clock: Clock; log: Log }) {
    this.#records = records
    this.#clock = clock
    this.#log = log
  }

  /** Closes what an earlier program left open. Throws where the control plane does not answer. */
  async open(): Promise<number> {
    return await this.#inTime(this.#records.closeOpen(new Date(this.#clock.now())))
  }

  /** Notes a lease as it is now. Returns at once and never throws. */
  note(kind: string, lease: Lease<unknown>): void {
    this.#changed.delete(lease.id)
    this.#changed.set(lease.id, rowOf(kind, lease, this.#clock.now()))
    const [oldest] = this.#changed.keys()
    if (this.#changed.size > waitingMax && oldest !== undefined) this.#changed.delete(oldest)
    this.#cancelTimer ??= this.#clock.after(gatherMs, () => void this.flush())
  }

  /** Writes what is waiting. Never throws: what could not be written is tried again. */
  async flush(): Promise<void> {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    this.#writing = this.#writing.then(() => this.#write())
    await this.#writing
  }

  async #write(): Promise<void> {
    const rows = [...this.#changed.values()].slice(0, batchMax)
    for (const { id } of rows) this.#changed.delete(id)
    try {
      await this.#inTime(this.#records.write(rows))
      await this.#deleteOld()
      if (this.#changed.size > 0) await this.#write()
    } catch (error) {
      this.#log.warn('leases could not be written', { leases: rows.length, error })
      // What changed again in the meantime is newer.
      for (const row of rows) if (!this.#changed.has(row.id)) this.#changed.set(row.id, row)
      this.#cancelTimer ??= this.#clock.after(retryMs, () => void this.flush())
    }
  }

  async #deleteOld(): Promise<void> {
    const nowMs = this.#clock.now()
    if (nowMs - this.#deletedAtMs < deleteEveryMs) return
    this.#deletedAtMs = nowMs
    await this.#inTime(this.#records.deleteEnded(new Date(nowMs - keptMs)))
  }

  /** Stops trying: what could not be written by now stays unwritten. */
  async stop(): Promise<void> {
    await this.flush()
    this.#cancelTimer?.()
    this.#cancelTimer = null
  }

  async #inTime<Value>(promise: Promise<Value>): Promise<Value> {
    const reason = () => new Error('The control plane does not answer')
    return await within(this.#clock, writeTimeoutMs, promise, { reason })
  }
}

function rowOf(kind: string, lease: Lease<unknown>, nowMs: number): LeaseRow {
  return {
    id: lease.id,
    kind,
    sandbox: lease.made.id,
    pod: lease.made.podId,
    image: lease.made.imageHash,
    userId: lease.holder.personId,
    address: lease.holder.address.slice(0, 64),
    purpose: lease.purpose,
    createdAt: new Date(lease.createdAtMs),
    renewedAt: new Date(lease.renewedAtMs),
    expiresAt: new Date(lease.expiresAtMs),
    endedAt: lease.end === null ? null : new Date(nowMs),
    endReason: lease.end,
  }
}
