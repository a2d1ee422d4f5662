/**
 * The stock: all sandboxes there are, from the first step of their making to their end (`slot.ts` has the states).
 * Ready ones wait on shelves, one shelf for each kind that people ask for (`refills.ts` keeps them filled). What a sandbox
 * is, only its source knows.
 */
import { Failure } from '../failure.ts'
import type { Log } from '../telemetry/log.ts'
import { ClaimAccount, type ClaimFigures } from './claim-account.ts'
import type { Clock } from './clock.ts'
import type { PoolLimits } from './limits.ts'
import { Refills } from './refills.ts'
import { claimTimeout, isExhausted } from './refusals.ts'
import { newShelf, type Shelf } from './shelf.ts'
import { madeOf, newSlot, type Slot, type SlotState, transition } from './slot.ts'
import type { Allowance, MakeOptions, SandboxSource } from './source.ts'
import { deadlineAfter, untilAborted, within } from './waiting.ts'
import { WorkQueue } from './work-queue.ts'

/** What a stock is made of. */
export interface StockOptions<Want, Sandbox> {
  source: SandboxSource<Want, Sandbox>
  clock: Clock
  log: Log
  limits: PoolLimits
  /** Called when a sandbox went away by itself; the slot is `gone` then. */
  onLost: (slot: Slot<Sandbox>) => void
}

/** A shelf as the administration sees it. */
export interface ShelfStatus {
  key: string
  ready: number
  wanted: number
  /** Claims as they weigh now, old ones less. */
  recentClaims: number
  hits: number
  misses: number
}

/** The stock at one moment. */
export interface StockStatus extends ClaimFigures {
  slots: Record<Exclude<SlotState, 'gone'>, number>
  shelves: ShelfStatus[]
}

/** Who was handed a ready sandbox runs something in it now: the refill leaves that moment to them. */
const afterHandOutMs = 50
/** An announced need is kept ready so long. */
const expectedForMs = 10 * 60_000
/** Sandboxes dropped at once. */
const dropsMax = 4
const stopTimeoutMs = 10_000

/** Makes, keeps and ends sandboxes. */
export class Stock<Want, Sandbox> {
  readonly #source: SandboxSource<Want, Sandbox>
  readonly #clock: Clock
  readonly #log: Log
  readonly #limits: PoolLimits
  readonly #onLost: (slot: Slot<Sandbox>) => void
  readonly #slots = new Set<Slot<Sandbox>>()
  readonly #shelves = new Map<string, Shelf<Want, Sandbox>>()
  readonly #drops = new WorkQueue({ claims: dropsMax, refills: dropsMax })
  readonly #dropping = new Set<Promise<void>>()
  readonly #never = new AbortController().signal
  readonly #stopping = new AbortController()
  readonly #account: ClaimAccount
  readonly #refills: Refills<Want, Sandbox>

  constructor({ source, clock, log, limits, onLost }: StockOptions<Want, Sandbox>) {
    this.#source = source
    this.#clock = clock
    this.#log = log
    this.#limits = limits
    this.#onLost = onLost
    this.#account = new ClaimAccount(source.kind)
    this.#refills = new Refills({
      ...{ source, clock, log, limits, stopping: this.#stopping.signal },
      shelves: () => this.#shelves.values(),
      count: () => this.#slots.size,
      make: async (shelf, options) => await this.#make(shelf, options),
      drop: async (slot) => await this.drop(slot),
    })
  }

  /**
   * A sandbox for somebody, its slot `held`: from the shelf without waiting, else made now, making room where the
   * house is full. Throws `Failure('exhausted')` where there is none to be had, `Failure('unavailable')` where it took
   * too long.
   */
  async obtain(want: Want, allowance: Allowance, signal: AbortSignal = this.#never): Promise<Slot<Sandbox>> {
    const startedMs = this.#clock.now()
    const shelf = this.#shelf(want)
    shelf.demand.note(startedMs)
    const ready = this.#takeReady(shelf, allowance)
    this.#refills.soon(ready === null ? 0 : afterHandOutMs)
    const slot = ready ?? (await this.#makeNow(shelf, allowance, signal))
    this.#account.note(shelf, ready === null ? 'miss' : 'hit', this.#clock.now() - startedMs)
    return slot
  }

  /** Destroys a sandbox that is ready or held; of one that is past that, nothing is left to do. Never throws. */
  async drop(slot: Slot<Sandbox>): Promise<void> {
    if (slot.state !== 'ready' && slot.state !== 'held') return
    this.#shelves.get(slot.shelf)?.ready.delete(slot)
    transition(slot, 'dropping')
    const run = async () => await madeOf(slot).destroy()
    const dropping = this.#drops.run({ urgency: 'claim', lane: null, signal: this.#never, run })
    this.#dropping.add(dropping)
    await dropping
    this.#dropping.delete(dropping)
    this.#gone(slot)
    this.#refills.soon()
  }

  /** Announces that so many are likely to be claimed soon: they are made ready ahead of time. Returns at once. */
  expect(want: Want, ready: number): void {
    if (this.#stopping.signal.aborted) return
    const shelf = this.#shelf(want)
    shelf.demand.expect(ready, this.#clock.now() + expectedForMs)
    this.#refills.prepare(shelf)
    this.#refills.soon()
  }

  /** Lets go of what nobody asks for any more, and refills. */
  tend(): void {
    for (const shelf of this.#shelves.values()) this.#clear(shelf)
    this.#refills.fill()
    this.#source.tend()
  }

  /** How many slots there are in each state. */
  count(): StockStatus['slots'] {
    const slots = { making: 0, ready: 0, held: 0, dropping: 0 }
    for (const { state } of this.#slots) if (state !== 'gone') slots[state] += 1
    return slots
  }

  /** What the stock holds now. */
  status(): StockStatus {
    return {
      slots: this.count(),
      ...this.#account.figures(),
      shelves: [...this.#shelves.values()].map((shelf) => this.#shelfStatus(shelf)),
    }
  }

  /** Refuses claims under way, and ends all that was made. Never throws. */
  async stop(reason: Failure): Promise<void> {
    this.#stopping.abort(reason)
    this.#refills.stop()
    const late = () => new Error('Ending the sandboxes took too long')
    await within(this.#clock, stopTimeoutMs, this.#source.stop(), { reason: late }).catch((error: unknown) =>
      this.#log.error('sandboxes could not be ended', { error }),
    )
    for (const slot of this.#slots) this.#gone(slot)
    this.#shelves.clear()
  }

  // Handing out

  #takeReady(shelf: Shelf<Want, Sandbox>, allowance: Allowance): Slot<Sandbox> | null {
    const [slot] = shelf.ready
    if (slot === undefined) return null
    shelf.ready.delete(slot)
    slot.allowance = allowance
    transition(slot, 'held')
    return slot
  }

  async #makeNow(shelf: Shelf<Want, Sandbox>, allowance: Allowance, outer: AbortSignal): Promise<Slot<Sandbox>> {
    const deadline = deadlineAfter(this.#clock, this.#limits.claimWaitMs, claimTimeout, outer)
    try {
      for (;;) {
        const slot = await this.#tryMake(shelf, allowance, deadline.signal)
        // Null: there was no room, now there is. Not `making`: its pod went in the same moment. Once more, then.
        if (slot?.state !== 'making') continue
        transition(slot, 'held')
        this.#refills.prepare(shelf)
        return slot
      }
    } finally {
      deadline.clear()
    }
  }

  async #tryMake(
    shelf: Shelf<Want, Sandbox>,
    allowance: Allowance,
    signal: AbortSignal,
  ): Promise<Slot<Sandbox> | null> {
    try {
      if (allowance === 'people') this.#refuseWhenFull()
      return await this.#make(shelf, { allowance, urgency: 'claim', signal })
    } catch (cause) {
      if (!isExhausted(cause)) throw cause
      if (await untilAborted(this.#makeRoom(), signal)) return null
      throw cause
    }
  }

  /** Makes a sandbox. Its slot is `making`, and the caller's to move on; or `gone`, where it was lost at once. */
  async #make(shelf: Shelf<Want, Sandbox>, options: MakeOptions): Promise<Slot<Sandbox>> {
    const slot = newSlot<Sandbox>(shelf.key, options.allowance)
    this.#slots.add(slot)
    const signal = AbortSignal.any([options.signal, this.#stopping.signal])
    try {
      const making = this.#source.make(shelf.want, { ...options, signal })
      slot.made = await untilAborted(making, signal, (late) => void late.destroy())
      void slot.made.lost.then(() => this.#lost(slot))
      return slot
    } catch (cause) {
      this.#gone(slot)
      throw cause
    }
  }

  /** People's places: sandboxes that are held, ready, or made for somebody. Refills under way do not count. */
  #refuseWhenFull(): void {
    let taken = -this.#refills.underWay
    for (const { allowance, state } of this.#slots) {
      if (allowance === 'people' && state !== 'dropping') taken += 1
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
    const ending = chosen.length > 0 ? [Promise.all(chosen.map((slot) => this.drop(slot)))] : [...this.#dropping]
    await Promise.race(ending.length > 0 ? ending : [null])
    return ending.length > 0
  }

  // Going away

  /** A sandbox went away by itself: off the shelf, or away from its holder, who is told on the next use. */
  #lost(slot: Slot<Sandbox>): void {
    if (slot.state === 'gone') return
    this.#shelves.get(slot.shelf)?.ready.delete(slot)
    this.#gone(slot)
    this.#onLost(slot)
    this.#refills.soon()
  }

  #gone(slot: Slot<Sandbox>): void {
    if (slot.state !== 'gone') transition(slot, 'gone')
    this.#slots.delete(slot)
  }

  // Shelves

  /** Drops what is ready beyond twice the demand, and forgets a shelf that nobody asked for in a long time. */
  #clear(shelf: Shelf<Want, Sandbox>): void {
    const wanted = shelf.demand.target(this.#clock.now(), this.#limits.readyMax)
    for (const slot of [...shelf.ready].slice(wanted * 2)) void this.drop(slot)
    if (wanted === 0 && shelf.ready.size === 0 && shelf.refilling === 0) this.#shelves.delete(shelf.key)
  }

  #shelf(want: Want): Shelf<Want, Sandbox> {
    const key = this.#source.keyOf(want)
    const known = this.#shelves.get(key)
    if (known !== undefined) return known
    const shelf = newShelf<Want, Sandbox>(key, want, this.#limits.demandHalfLifeMs)
    this.#shelves.set(key, shelf)
    return shelf
  }

  #shelfStatus({ key, ready, demand, hits, misses }: Shelf<Want, Sandbox>): ShelfStatus {
    const nowMs = this.#clock.now()
    const wanted = demand.target(nowMs, this.#limits.readyMax)
    return { key, ready: ready.size, wanted, recentClaims: demand.recent(nowMs), hits, misses }
  }
}
