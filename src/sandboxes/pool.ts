/**
 * The pool: who works in which sandbox, until when. Sandboxes come from the stock, ready or made at once; a lease says
 * who holds one; none is ever handed out twice.
 *
 * What is refused, by name (the code of a Failure):
 *   pool_full        all sandboxes are in use
 *   person_full      the person has as many as allowed, and something runs in each
 *   address_full     guests behind the address have as many as allowed
 *   claim_timeout    none could be made in time; a new dataset may still be loading
 *   needs_box        a server of one's own, where pods are not boxed
 *   sandbox_ended    the lease ended: the message says why
 *   already_running  something runs in the sandbox
 *   stopping         Podium is shutting down
 */
import { Failure } from '../failure.ts'
import type { LeaseRecords } from '../store/leases.ts'
import type { Log } from '../telemetry/log.ts'
import { sandboxesInUse, sandboxesReady } from '../telemetry/metrics.ts'
import type { Clock } from './clock.ts'
import { LeaseJournal } from './lease-journal.ts'
import { type Holder, type Lease, LeaseBook, type LeaseEnd, leaseEndSentences } from './leases.ts'
import type { PoolLimits } from './limits.ts'
import { claimTimeout, isExhausted } from './refusals.ts'
import { madeOf, type Slot } from './slot.ts'
import type { SandboxSource } from './source.ts'
import { Stock, type StockStatus } from './stock.ts'
import { deadlineAfter } from './waiting.ts'
import { WorkQueue } from './work-queue.ts'

/** What a pool is made of. */
export interface PoolOptions<Want, Sandbox> {
  source: SandboxSource<Want, Sandbox>
  leases: LeaseRecords
  clock: Clock
  log: Log
  limits: PoolLimits
}

/** Who asks for a sandbox, and what for. */
export interface Claim {
  holder: Holder
  /** For the lease's row and the administration, for example `attempt 0198…`. */
  purpose: string
  /** Ends the wait. */
  signal?: AbortSignal
}

/** A lease as the administration sees it. */
export interface LeaseStatus {
  id: string
  sandboxId: string
  podId: string
  holder: Holder
  purpose: string
  createdAtMs: number
  renewedAtMs: number
  expiresAtMs: number
  isBusy: boolean
}

/** The pool at one moment. */
export interface PoolStatus extends StockStatus {
  /** Sandboxes that graders use now. */
  grading: number
  sandboxesMax: number
  leases: LeaseStatus[]
}

/** A pool of one kind of sandbox. `create-pool.ts` makes the one of databases. */
export class Pool<Want, Sandbox> {
  readonly #source: SandboxSource<Want, Sandbox>
  readonly #clock: Clock
  readonly #log: Log
  readonly #limits: PoolLimits
  readonly #stock: Stock<Want, Sandbox>
  readonly #book: LeaseBook<Sandbox>
  readonly #journal: LeaseJournal
  readonly #slotOf = new WeakMap<Lease<Sandbox>, Slot<Sandbox>>()
  readonly #leaseOf = new WeakMap<Slot<Sandbox>, Lease<Sandbox>>()
  readonly #grading: WorkQueue
  #stopped: Failure | null = null
  #cancelTend: (() => void) | null = null

  constructor({ source, leases, clock, log, limits }: PoolOptions<Want, Sandbox>) {
    this.#source = source
    this.#clock = clock
    this.#log = log
    this.#limits = limits
    this.#stock = new Stock({ source, clock, log, limits, onLost: (slot) => this.#lost(slot) })
    this.#book = new LeaseBook({ clock, limits })
    this.#journal = new LeaseJournal({ records: leases, clock, log })
    this.#grading = new WorkQueue({ claims: limits.gradingMax, refills: 1 })
  }

  /** Ends what an earlier program left behind, then begins to look after itself. To be called once, before claims. */
  async open(): Promise<void> {
    const pods = await this.#source.reapOrphans()
    const leases = await this.#journal.open()
    if (pods + leases > 0) this.#log.info('ended what an earlier program left', { pods, leases })
    this.#tendLater()
  }

  /**
   * Leases a sandbox: a ready one from memory, else one made at once. Throws `Failure('exhausted')` where a limit is
   * reached, `Failure('unavailable')` where none could be made in time, and what loading the image threw.
   */
  async claim(want: Want, { holder, purpose, signal }: Claim): Promise<Lease<Sandbox>> {
    this.#refuseWhenStopped()
    const { admission, replaced } = this.#book.admit(holder)
    if (replaced !== null) void this.#end(replaced, 'replaced')
    try {
      const slot = await this.#stock.obtain(want, 'people', signal)
      const lease = this.#book.open(admission, madeOf(slot), purpose)
      this.#slotOf.set(lease, slot)
      this.#leaseOf.set(slot, lease)
      this.#journal.note(this.#source.kind, lease)
      return lease
    } catch (cause) {
      this.#book.cancel(admission)
      throw isExhausted(cause) ? this.#full(cause) : cause
    }
  }

  /**
   * Runs the body with a fresh sandbox of its own and destroys it afterwards, whatever happens. For grading: it has an
   * allowance of its own, and waits its turn in it.
   */
  async use<Value>(
    want: Want,
    body: (sandbox: Sandbox) => Promise<Value>,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<Value> {
    this.#refuseWhenStopped()
    const deadline = deadlineAfter(this.#clock, this.#limits.gradingWaitMs, claimTimeout, signal)
    const run = async () => {
      deadline.clear()
      const slot = await this.#stock.obtain(want, 'grading', signal)
      try {
        return await body(madeOf(slot).sandbox)
      } finally {
        void this.#stock.drop(slot)
      }
    }
    const work = { urgency: 'claim', lane: null, signal: deadline.signal, run } as const
    return await this.#grading.run(work).finally(() => deadline.clear())
  }

  /**
   * Runs the body in a leased sandbox: one at a time, renewed before and after, not expiring meanwhile. Throws
   * `Failure('conflict')` with code `sandbox_ended` or `already_running`.
   */
  async work<Value>(lease: Lease<Sandbox>, body: (sandbox: Sandbox) => Promise<Value>): Promise<Value> {
    if (lease.end !== null) throw new Failure('conflict', leaseEndSentences[lease.end], { code: 'sandbox_ended' })
    if (lease.isBusy) {
      const message = 'A run of yours is still going on here. Wait for it or cancel it.'
      throw new Failure('conflict', message, { code: 'already_running' })
    }
    lease.isBusy = true
    this.renew(lease)
    try {
      return await body(lease.sandbox)
    } finally {
      lease.isBusy = false
      this.renew(lease)
    }
  }

  /** Says that a lease is needed further on. */
  renew(lease: Lease<Sandbox>): void {
    if (lease.end !== null) return
    this.#book.renew(lease)
    this.#journal.note(this.#source.kind, lease)
  }

  /** Gives a sandbox back; it is destroyed. Its holder may claim the next one without awaiting this. Never throws. */
  async release(lease: Lease<Sandbox>): Promise<void> {
    await this.#end(lease, 'released')
  }

  /** Says that a sandbox turned out to be lost. Never throws. */
  async lose(lease: Lease<Sandbox>): Promise<void> {
    await this.#end(lease, 'lost')
  }

  /** Ends somebody's lease, for the administration. False where it does not live. */
  async endLease(leaseId: string): Promise<boolean> {
    const lease = this.#book.find(leaseId)
    if (lease === null) return false
    await this.#end(lease, 'administrator')
    return true
  }

  /** The lease if it lives. */
  find(leaseId: string): Lease<Sandbox> | null {
    return this.#book.find(leaseId)
  }

  /** Why a lease ended; null where it lives or is not remembered, as those of an earlier program. */
  endOf(leaseId: string): LeaseEnd | null {
    return this.#book.endOf(leaseId)
  }

  /** Announces that so many are likely to be claimed soon: they are made ready ahead of time. Returns at once. */
  expect(want: Want, ready = 1): void {
    if (this.#stopped === null) this.#stock.expect(want, ready)
  }

  /** What the pool holds now. */
  status(): PoolStatus {
    return {
      ...this.#stock.status(),
      grading: this.#grading.load.running.claim,
      sandboxesMax: this.#limits.sandboxesMax,
      leases: this.#book.live.map(leaseStatus),
    }
  }

  /** Ends all leases and everything that was made. Claims under way are refused. Never throws. */
  async stop(): Promise<void> {
    if (this.#stopped !== null) return
    this.#stopped = new Failure('unavailable', 'Podium is shutting down', { code: 'stopping', retryAfterSeconds: 10 })
    this.#cancelTend?.()
    for (const lease of this.#book.live) {
      this.#book.end(lease, 'stopped')
      this.#journal.note(this.#source.kind, lease)
    }
    await this.#stock.stop(this.#stopped)
    await this.#journal.stop()
  }

  async #end(lease: Lease<Sandbox>, reason: LeaseEnd): Promise<void> {
    if (!this.#book.end(lease, reason)) return
    this.#journal.note(this.#source.kind, lease)
    const slot = this.#slotOf.get(lease)
    if (slot !== undefined) await this.#stock.drop(slot)
  }

  #lost(slot: Slot<Sandbox>): void {
    const lease = this.#leaseOf.get(slot)
    if (lease !== undefined) void this.#end(lease, 'lost')
  }

  #tendLater(): void {
    this.#cancelTend = this.#clock.after(this.#limits.tendEveryMs, () => {
      this.#tend()
      this.#tendLater()
    })
  }

  #tend(): void {
    for (const { lease, reason } of this.#book.expired()) void this.#end(lease, reason)
    this.#stock.tend()
    const { ready, held } = this.#stock.count()
    const { kind } = this.#source
    sandboxesReady.set({ kind }, ready)
    sandboxesInUse.set({ kind }, held)
  }

  /** The refusal of a full house; whoever comes again when the next lease ends has a chance. */
  #full(cause: unknown): Failure {
    const nextEndMs = Math.min(...this.#book.live.map(({ expiresAtMs }) => expiresAtMs)) - this.#clock.now()
    return new Failure('exhausted', 'All sandboxes are in use; try again in a moment', {
      cause,
      code: 'pool_full',
      retryAfterSeconds: Math.ceil(Math.min(60_000, Math.max(1_000, nextEndMs)) / 1000),
    })
  }

  #refuseWhenStopped(): void {
    if (this.#stopped !== null) throw this.#stopped
  }
}

function leaseStatus<Sandbox>(lease: Lease<Sandbox>): LeaseStatus {
  const { id, made, holder, purpose, createdAtMs, renewedAtMs, expiresAtMs, isBusy } = lease
  const { id: sandboxId, podId } = made
  return { id, sandboxId, podId, holder, purpose, createdAtMs, renewedAtMs, expiresAtMs, isBusy }
}
