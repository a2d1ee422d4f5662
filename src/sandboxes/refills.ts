/**
 * Refills: sandboxes made ahead of time, by recent demand, while nobody waits. Which shelf is next is decided for each one
 * anew; one that could not be made lets its shelf wait a while.
 */
import type { Log } from '../telemetry/log.ts'
import type { Clock } from './clock.ts'
import type { PoolLimits } from './limits.ts'
import { claimTimeout, isExhausted } from './refusals.ts'
import { neediest, type Shelf } from './shelf.ts'
import { madeOf, type Slot, transition } from './slot.ts'
import type { MakeOptions, SandboxSource } from './source.ts'
import { deadlineAfter, untilAborted } from './waiting.ts'

/** What refills ask of the stock. */
export interface RefillOptions<Want, Sandbox> {
  source: Pick<SandboxSource<Want, Sandbox>, 'prepare'>
  clock: Clock
  log: Log
  limits: PoolLimits
  shelves: () => Iterable<Shelf<Want, Sandbox>>
  /** All sandboxes there are, in whatever state. */
  count: () => number
  /** Makes one; its slot is `making`, and the caller's to move on, or `gone`. */
  make: (shelf: Shelf<Want, Sandbox>, options: MakeOptions) => Promise<Slot<Sandbox>>
  drop: (slot: Slot<Sandbox>) => Promise<void>
  /** Aborted when the stock stops. */
  stopping: AbortSignal
}

/** After a refill failed, its shelf waits so long. */
const retryMs = 5_000

/** Keeps shelves filled. */
export class Refills<Want, Sandbox> {
  readonly #given: RefillOptions<Want, Sandbox>
  #cancel: (() => void) | null = null
  #underWay = 0

  constructor(given: RefillOptions<Want, Sandbox>) {
    this.#given = given
  }

  /** How many are being made. */
  get underWay(): number {
    return this.#underWay
  }

  /** Refills after whoever asks now has been answered. */
  soon(delayMs = 0): void {
    if (this.#given.stopping.aborted) return
    this.#cancel ??= this.#given.clock.after(delayMs, () => {
      this.#cancel = null
      this.fill()
    })
  }

  /** Begins as many refills as are wanted and may be under way. */
  fill(): void {
    const { clock, shelves, count } = this.#given
    const { refillsAheadMax, sandboxesMax, readyMax } = this.#given.limits
    const nowMs = clock.now()
    while (this.#underWay < refillsAheadMax && count() < sandboxesMax) {
      const shelf = neediest(shelves(), { nowMs, readyMax })
      if (shelf === null) return
      void this.#one(shelf)
    }
  }

  /** Lets refills of a shelf begin once its source is prepared for it: a long build must not take their places. */
  prepare(shelf: Shelf<Want, Sandbox>): void {
    if (shelf.isPrepared) return
    const { source, clock, log, stopping } = this.#given
    shelf.isPrepared = true
    source.prepare(shelf.want, stopping).then(
      () => {
        shelf.refillsFromMs = clock.now()
        this.soon()
      },
      (error: unknown) => {
        shelf.isPrepared = false
        log.debug('a shelf could not be prepared', { shelf: shelf.key, error })
      },
    )
  }

  /** Begins no more of them. */
  stop(): void {
    this.#cancel?.()
  }

  async #one(shelf: Shelf<Want, Sandbox>): Promise<void> {
    const { clock, log, limits, make } = this.#given
    this.#underWay += 1
    shelf.refilling += 1
    const deadline = deadlineAfter(clock, limits.claimWaitMs, claimTimeout)
    try {
      const slot = await make(shelf, { allowance: 'people', urgency: 'refill', signal: deadline.signal })
      const { generation } = slot
      const warming = untilAborted(madeOf(slot).warm(), deadline.signal)
      const isWarm = await warming.then(
        () => true,
        () => false,
      )
      // Its pod may have gone while it was warmed.
      if (slot.generation === generation) this.#putOnShelf(slot, shelf, isWarm)
    } catch (error) {
      shelf.refillsFromMs = clock.now() + retryMs
      if (!isExhausted(error)) log.debug('refill failed', { shelf: shelf.key, error })
    } finally {
      deadline.clear()
      this.#underWay -= 1
      shelf.refilling -= 1
      this.soon()
    }
  }

  /** One that could not be warmed in time is of no use to anybody. */
  #putOnShelf(slot: Slot<Sandbox>, shelf: Shelf<Want, Sandbox>, isWarm: boolean): void {
    transition(slot, 'ready')
    if (isWarm) shelf.ready.add(slot)
    else void this.#given.drop(slot)
  }
}
