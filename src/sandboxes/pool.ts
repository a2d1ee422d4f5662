/**
 * The pool: sandboxes made ready before anyone asks, handed out from memory, never handed out twice. It knows slots
 * (`slot.ts` has their states), shelves of ready ones, and leases; what a sandbox is, only its source knows.
 *
 * What it refuses, by name (the code of a Failure):
 *   pool_full        all sandboxes are in use
 *   person_full      the person has as many as allowed, and something runs in each
 *   address_full     guests behind the address have as many as allowed
 *   claim_timeout    none could be made in time; a new dataset may still be loading
 *   sandbox_ended    the lease ended: the message says why
 *   already_running  something runs in the sandbox
 *   stopping         Podium is shutting down
 */
import { Failure } from '../failure.ts'
import type { LeaseRecords } from '../store/leases.ts'
import type { Log } from '../telemetry/log.ts'
import { sandboxClaimSeconds, sandboxClaims, sandboxesInUse, sandboxesReady } from '../telemetry/metrics.ts'
import type { Clock } from './clock.ts'
import { Latencies, type Percentiles } from './latencies.ts'
import { LeaseJournal } from './lease-journal.ts'
import { type Holder, type Lease, LeaseBook, type LeaseEnd, leaseEndSentences } from './leases.ts'
import type { PoolLimits } from './limits.ts'
import { neediest, newShelf, type Shelf } from './shelf.ts'
import { newSlot, type Slot, type SlotState, transition } from './slot.ts'
import type { Made, SandboxSource } from './source.ts'
import { deadlineAfter, untilAborted, within } from './waiting.ts'
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
  signal?: AbortSignal
}

/** A shelf as the administration sees it. */
export interface ShelfStatus {
  key: string
  ready: number
  wanted: number
  recentClaims: number
  hits: number
  misses: number
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
export interface PoolStatus {
  slots: Record<Exclude<SlotState, 'gone'>, number>
  /** Sandboxes that graders use now. */
  grading: number
  sandboxesMax: number
  /** Claims answered from memory, of all claims; null before the first. */
  hitRatio: number | null
  claims: { hit: Percentiles; miss: Percentiles }
  shelves: ShelfStatus[]
  leases: LeaseStatus[]
}

/** After a refill failed, its shelf waits so long. */
const refillRetryMs = 5_000
/** An announced need is kept ready so long. */
const expectedForMs = 10 * 60_000
/** Sandboxes dropped at once. */
const dropsMax = 4
const stopTimeoutMs = 10_000

/** A pool of one kind of sandbox. Use `openPool`. */
export class Pool<Want, Sandbox> {
  readonly #source: SandboxSource<Want, Sandbox>
  readonly #clock: Clock
  readonly #log: Log
  readonly #limits: PoolLimits
  readonly #book: LeaseBook<Sandbox>
  readonly #journal: LeaseJournal
  readonly #slots = new Set<Slot<Sandbox>>()
  readonly #slotOf = new WeakMap<Lease<Sandbox>, Slot<Sandbox>>()
  readonly #leaseOf = new WeakMap<Slot<Sandbox>, Lease<Sandbox>>()
  readonly #droppings = new Set<Promise<void>>()
  readonly #shelves = new Map<string, Shelf<Want, Sandbox>>()
  readonly #grading: WorkQueue
  readonly #drops = new WorkQueue({ claims: dropsMax, refills: dropsMax })
  readonly #never = new AbortController().signal
  readonly #stopping = new AbortController()
  readonly #latencies = { hit: new Latencies(), miss: new Latencies() }
  #cancelTend: (() => void) | null = null
  #cancelRefill: (() => void) | null = null
  #refilling = 0

  constructor({ source, leases, clock, log, limits }: PoolOptions<Want, Sandbox>) {
    this.#source = source
    this.#clock = clock
    this.#log = log
    this.#limits = limits
    this.#book = new LeaseBook({ clock, limits })
    this.#journal = new LeaseJournal({ records: leases, clock, log })
    this.#grading = new WorkQueue({ claims: limits.gradingMax, refills: 0 })
  }

  /** Ends what an earlier program left behind, then begins to look after itself. To be called once, before claims. */
  async open(): Promise<void> {
    const orphans = await this.#source.reapOrphans()
    const closed = await this.#journal.open()
    if (orphans + closed > 0) this.#log.info('ended what an earlier program left', { pods: orphans, leases: closed })
    this.#tendLater()
  }

  /**
   * Leases a sandbox: a ready one from memory, else one made at once. Throws `Failure('exhausted')` where a limit is
   * reached, `Failure('unavailable')` where none could be made in time, and what loading the image threw.
   */
  async claim(want: Want, { holder, purpose, signal }: Claim): Promise<Lease<Sandbox>> {
    this.#refuseWhenStopping()
    const { admission, replaced } = this.#book.admit(holder)
    if (replaced !== null) void this.#end(replaced, 'replaced')
    try {
      const slot = await this.#obtain(this.#shelf(want), 'people', signal)
      const made = madeOf(slot)
      const lease = this.#book.open(admission, made, purpose)
      this.#slotOf.set(lease, slot)
      this.#leaseOf.set(slot, lease)
      this.#journal.note(this.#source.kind, lease)
      return lease
    } catch (cause) {
      this.#book.cancel(admission)
      throw cause
    }
  }

  /**
   * Runs the body with a fresh sandbox of its own and destroys it afterwards, whatever happens. For grading: it has an
   * allowance of its own, and waits its turn in it.
   */
  async use<Value>(
    want: Want,
    body: (sandbox: Sandbox) => Promise<Value>,
    { signal = this.#never }: { signal?: AbortSignal } = {},
  ): Promise<Value> {
    this.#refuseWhenStopping()
    const deadline = deadlineAfter(this.#clock, this.#limits.gradingWaitMs, claimTimeout, signal)
    const run = async () => {
      deadline.clear()
      const slot = await this.#obtain(this.#shelf(want), 'grading', signal)
      try {
        return await body(madeOf(slot).sandbox)
      } finally {
        void this.#drop(slot)
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
      throw new Failure('conflict', 'Something is still running here; wait for it or cancel it', {
        code: 'already_running',
      })
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

  /** Gives a sandbox back; it is destroyed. Resolves when it is gone. Never throws. */
  async release(lease: Lease<Sandbox>): Promise<void> {
    await this.#end(lease, 'released')
  }

  /** Says that a sandbox turned out to be lost. */
  async lose(lease: Lease<Sandbox>): Promise<void> {
    await this.#end(lease, 'lost')
  }

  /** Ends somebody's lease. False where it does not live. */
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
    if (this.#stopping.signal.aborted) return
    const shelf = this.#shelf(want)
    shelf.demand.expect(ready, this.#clock.now() + expectedForMs)
    this.#prepare(shelf)
  }

  /** What the pool holds now. */
  status(): PoolStatus {
    const shelves = [...this.#shelves.values()]
    const hits = shelves.reduce((sum, shelf) => sum + shelf.hits, 0)
    const claims = hits + shelves.reduce((sum, shelf) => sum + shelf.misses, 0)
    return {
      slots: this.#countSlots(),
      grading: this.#grading.load.running.claim,
      sandboxesMax: this.#limits.sandboxesMax,
      hitRatio: claims === 0 ? null : hits / claims,
      claims: { hit: this.#latencies.hit.percentiles(), miss: this.#latencies.miss.percentiles() },
      shelves: shelves.map((shelf) => this.#shelfStatus(shelf)),
      leases: this.#book.live.map(leaseStatus),
    }
  }

  /** Ends all leases and everything that was made. Claims under way are refused. Never throws. */
  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return
    this.#stopping.abort(new Failure('unavailable', 'Podium is shutting down', { code: 'stopping' }))
    this.#cancelTend?.()
    this.#cancelRefill?.()
    for (const lease of this.#book.live) {
      this.#book.end(lease, 'stopped')
      this.#journal.note(this.#source.kind, lease)
    }
    const reason = () => new Error('Ending the sandboxes took too long')
    await within(this.#clock, stopTimeoutMs, this.#source.stop(), { reason }).catch((error: unknown) =>
      this.#log.error('sandboxes could not be ended', { error }),
    )
    for (const slot of this.#slots) this.#gone(slot)
    for (const shelf of this.#shelves.values()) shelf.ready.clear()
    await this.#journal.stop()
  }

  // Handing out

  /** A sandbox for somebody: from the shelf, else made now, making room where the house is full. */
  async #obtain(
    shelf: Shelf<Want, Sandbox>,
    allowance: Slot<Sandbox>['allowance'],
    signal: AbortSignal = this.#never,
  ): Promise<Slot<Sandbox>> {
    const startedMs = this.#clock.now()
    shelf.demand.note(startedMs)
    this.#refillSoon()
    const ready = this.#takeReady(shelf, allowance)
    const slot = ready ?? (await this.#makeNow(shelf, allowance, signal))
    const result = ready === null ? 'miss' : 'hit'
    const durationMs = this.#clock.now() - startedMs
    shelf[result === 'hit' ? 'hits' : 'misses'] += 1
    this.#latencies[result].note(durationMs)
    sandboxClaims.inc({ result })
    sandboxClaimSeconds.observe({ result }, durationMs / 1000)
    return slot
  }

  #takeReady(shelf: Shelf<Want, Sandbox>, allowance: Slot<Sandbox>['allowance']): Slot<Sandbox> | null {
    const [slot] = shelf.ready
    if (slot === undefined) return null
    shelf.ready.delete(slot)
    slot.allowance = allowance
    transition(slot, 'held')
    return slot
  }

  async #makeNow(
    shelf: Shelf<Want, Sandbox>,
    allowance: Slot<Sandbox>['allowance'],
    outer: AbortSignal,
  ): Promise<Slot<Sandbox>> {
    const deadline = deadlineAfter(this.#clock, this.#limits.claimWaitMs, claimTimeout, outer)
    try {
      for (;;) {
        try {
          if (allowance === 'people') this.#refuseWhenFull()
          const slot = await this.#make(shelf, { allowance, urgency: 'claim', signal: deadline.signal })
          // Its pod may have gone in the same moment: then once more.
          if (slot.state !== 'making') continue
          transition(slot, 'held')
          this.#prepare(shelf)
          return slot
        } catch (cause) {
          if (!isExhausted(cause)) throw cause
          const isRoomier = await untilAborted(this.#makeRoom(), deadline.signal)
          if (!isRoomier) throw this.#explained(cause)
        }
      }
    } finally {
      deadline.clear()
    }
  }

  /** Makes a sandbox; its slot is `making` until then, and the caller's to move on. */
  async #make(
    shelf: Shelf<Want, Sandbox>,
    {
      allowance,
      urgency,
      signal,
    }: { allowance: 'people' | 'grading'; urgency: 'claim' | 'refill'; signal: AbortSignal },
  ): Promise<Slot<Sandbox>> {
    const slot = newSlot<Sandbox>(shelf.key, allowance)
    this.#slots.add(slot)
    const stopped = AbortSignal.any([signal, this.#stopping.signal])
    try {
      const making = this.#source.make(shelf.want, { urgency, allowance, signal: stopped })
      slot.made = await untilAborted(making, stopped, (late) => void late.destroy())
      void slot.made.lost.then(() => this.#lost(slot))
      return slot
    } catch (cause) {
      this.#gone(slot)
      throw cause
    }
  }

  /** People's places: sandboxes that are held, ready or made for somebody. Refills under way give way. */
  #refuseWhenFull(): void {
    let taken = -this.#refilling
    for (const { allowance, state } of this.#slots) {
      if (allowance === 'people' && state !== 'dropping' && state !== 'gone') taken += 1
    }
    if (taken >= this.#limits.sandboxesMax) throw new Failure('exhausted', 'All sandboxes are in use')
  }

  /**
   * Drops ready sandboxes nobody asked for: all of one pod that has no others, so that the pod can make room, else a
   * single one. Where nothing is ready, it waits for one that is being dropped. False where there is none of these.
   */
  async #makeRoom(): Promise<boolean> {
    const pods = Map.groupBy(this.#slots, (slot) => slot.made?.podId ?? '')
    const idle = [...pods.values()].find((slots) => slots.every(({ state }) => state === 'ready'))
    const [single] = [...this.#slots].filter(({ state }) => state === 'ready')
    const chosen = idle ?? (single === undefined ? [] : [single])
    const ending = chosen.length > 0 ? [Promise.all(chosen.map((slot) => this.#drop(slot)))] : [...this.#droppings]
    await Promise.race(ending.length > 0 ? ending : [null])
    return ending.length > 0
  }

  #explained(cause: unknown): Failure {
    const ends = this.#book.live.map(({ expiresAtMs }) => expiresAtMs)
    const waitMs = Math.min(60_000, Math.max(1_000, Math.min(...ends) - this.#clock.now()))
    return new Failure('exhausted', 'All sandboxes are in use; try again in a moment', {
      cause,
      code: 'pool_full',
      retryAfterSeconds: Math.ceil(waitMs / 1000),
    })
  }

  // Ending

  async #end(lease: Lease<Sandbox>, reason: LeaseEnd): Promise<void> {
    if (!this.#book.end(lease, reason)) return
    this.#journal.note(this.#source.kind, lease)
    const slot = this.#slotOf.get(lease)
    if (slot !== undefined) await this.#drop(slot)
  }

  /** Destroys a sandbox that is ready or held; of one that is past that, nothing is left to do. */
  async #drop(slot: Slot<Sandbox>): Promise<void> {
    if (slot.state !== 'ready' && slot.state !== 'held') return
    this.#shelves.get(slot.shelf)?.ready.delete(slot)
    transition(slot, 'dropping')
    const run = async () => await madeOf(slot).destroy()
    const dropping = this.#drops.run({ urgency: 'claim', lane: null, signal: this.#never, run })
    this.#droppings.add(dropping)
    await dropping
    this.#droppings.delete(dropping)
    this.#gone(slot)
    this.#refillSoon()
  }

  /** A sandbox went away by itself: off the shelf, or away from its holder, who is told on the next use. */
  #lost(slot: Slot<Sandbox>): void {
    if (slot.state === 'gone') return
    this.#shelves.get(slot.shelf)?.ready.delete(slot)
    const lease = this.#leaseOf.get(slot)
    this.#gone(slot)
    if (lease !== undefined) void this.#end(lease, 'lost')
    this.#refillSoon()
  }

  #gone(slot: Slot<Sandbox>): void {
    if (slot.state !== 'gone') transition(slot, 'gone')
    this.#slots.delete(slot)
  }

  // Looking after itself

  #tendLater(): void {
    if (this.#stopping.signal.aborted) return
    this.#cancelTend = this.#clock.after(this.#limits.tendEveryMs, () => {
      this.#tend()
      this.#tendLater()
    })
  }

  /** Refills after whoever asks now has been answered. */
  #refillSoon(): void {
    if (this.#stopping.signal.aborted) return
    this.#cancelRefill ??= this.#clock.after(0, () => {
      this.#cancelRefill = null
      this.#refill()
    })
  }

  #tend(): void {
    for (const { lease, reason } of this.#book.expired()) void this.#end(lease, reason)
    for (const shelf of this.#shelves.values()) this.#clear(shelf)
    this.#refill()
    this.#source.tend()
    const { ready, held } = this.#countSlots()
    sandboxesReady.set(ready)
    sandboxesInUse.set(held)
  }

  /** Drops what is ready beyond twice the demand, and forgets a shelf that nobody asked for in a long time. */
  #clear(shelf: Shelf<Want, Sandbox>): void {
    const wanted = shelf.demand.target(this.#clock.now(), this.#limits.readyMax)
    for (const slot of [...shelf.ready].slice(wanted * 2)) void this.#drop(slot)
    if (wanted === 0 && shelf.ready.size === 0 && shelf.refilling === 0) this.#shelves.delete(shelf.key)
  }

  #countSlots(): PoolStatus['slots'] {
    const slots = { making: 0, ready: 0, held: 0, dropping: 0 }
    for (const { state } of this.#slots) if (state !== 'gone') slots[state] += 1
    return slots
  }

  #refill(): void {
    const nowMs = this.#clock.now()
    while (this.#refilling < this.#limits.refillsAheadMax && this.#slots.size < this.#limits.sandboxesMax) {
      const shelf = neediest(this.#shelves.values(), { nowMs, readyMax: this.#limits.readyMax })
      if (shelf === null) return
      void this.#refillOne(shelf)
    }
  }

  async #refillOne(shelf: Shelf<Want, Sandbox>): Promise<void> {
    this.#refilling += 1
    shelf.refilling += 1
    const deadline = deadlineAfter(this.#clock, this.#limits.claimWaitMs, claimTimeout)
    try {
      const slot = await this.#make(shelf, { allowance: 'people', urgency: 'refill', signal: deadline.signal })
      await madeOf(slot).warm()
      if (slot.state === 'making') {
        transition(slot, 'ready')
        shelf.ready.add(slot)
      }
    } catch (error) {
      shelf.refillsFromMs = this.#clock.now() + refillRetryMs
      if (!isExhausted(error)) this.#log.debug('refill failed', { shelf: shelf.key, error })
    } finally {
      deadline.clear()
      this.#refilling -= 1
      shelf.refilling -= 1
      this.#refillSoon()
    }
  }

  /** Lets refills of a shelf begin once its source is prepared for it. */
  #prepare(shelf: Shelf<Want, Sandbox>): void {
    if (shelf.refillsFromMs !== Infinity) return
    shelf.refillsFromMs = Number.MAX_VALUE
    this.#source.prepare(shelf.want, this.#stopping.signal).then(
      () => {
        shelf.refillsFromMs = this.#clock.now()
        this.#refillSoon()
      },
      (error: unknown) => {
        shelf.refillsFromMs = Infinity
        this.#log.debug('a shelf could not be prepared', { shelf: shelf.key, error })
      },
    )
  }

  #shelf(want: Want): Shelf<Want, Sandbox> {
    const key = this.#source.keyOf(want)
    const known = this.#shelves.get(key)
    if (known !== undefined) return known
    const shelf = newShelf<Want, Sandbox>(key, want, this.#limits.demandHalfLifeMs)
    this.#shelves.set(key, shelf)
    return shelf
  }

  #shelfStatus(shelf: Shelf<Want, Sandbox>): ShelfStatus {
    const nowMs = this.#clock.now()
    return {
      key: shelf.key,
      ready: shelf.ready.size,
      wanted: shelf.demand.target(nowMs, this.#limits.readyMax),
      recentClaims: shelf.demand.recent(nowMs),
      hits: shelf.hits,
      misses: shelf.misses,
    }
  }

  #refuseWhenStopping(): void {
    this.#stopping.signal.throwIfAborted()
  }
}

function madeOf<Sandbox>(slot: Slot<Sandbox>): Made<Sandbox> {
  if (slot.made === null) throw new Error(`A slot that is ${slot.state} has no sandbox`)
  return slot.made
}

function leaseStatus<Sandbox>(lease: Lease<Sandbox>): LeaseStatus {
  const { id, made, holder, purpose, createdAtMs, renewedAtMs, expiresAtMs, isBusy } = lease
  const { id: sandboxId, podId } = made
  return { id, sandboxId, podId, holder, purpose, createdAtMs, renewedAtMs, expiresAtMs, isBusy }
}

function isExhausted(cause: unknown): boolean {
  return cause instanceof Failure && cause.kind === 'exhausted'
}

function claimTimeout(): Failure {
  return new Failure('unavailable', 'Your database is not ready yet; try again in a moment', {
    code: 'claim_timeout',
    retryAfterSeconds: 5,
  })
}
