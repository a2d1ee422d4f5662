/** A shelf: the sandboxes of one kind that wait to be handed out, and how many of them are wanted. */
import { Demand } from './demand.ts'
import type { Slot } from './slot.ts'

/** What the pool keeps for each key of a source. */
export interface Shelf<Want, Sandbox> {
  readonly key: string
  /** One of the wants with this key; refills are made by it. */
  readonly want: Want
  readonly demand: Demand
  /** Slots in the state `ready`, the oldest first. */
  readonly ready: Set<Slot<Sandbox>>
  /** Refills under way. */
  refilling: number
  /** The source was asked to prepare for it. */
  isPrepared: boolean
  /** Refills wait until then: until the source is prepared, and for a while after a failure. */
  refillsFromMs: number
  /** Claims answered at once, and claims that had to wait for a clone. */
  hits: number
  misses: number
}

/** An empty shelf, which is not refilled before its source is prepared. */
export function newShelf<Want, Sandbox>(key: string, want: Want, halfLifeMs: number): Shelf<Want, Sandbox> {
  const demand = new Demand(halfLifeMs)
  return {
    key,
    want,
    demand,
    ready: new Set(),
    refilling: 0,
    isPrepared: false,
    refillsFromMs: Infinity,
    hits: 0,
    misses: 0,
  }
}

/** The shelf that needs a refill most: the one with the smallest part of what is wanted; null where all are full. */
export function neediest<Want, Sandbox>(
  shelves: Iterable<Shelf<Want, Sandbox>>,
  { nowMs, readyMax }: { nowMs: number; readyMax: number },
): Shelf<Want, Sandbox> | null {
  let needy: Shelf<Want, Sandbox> | null = null
  let least = 1
  for (const shelf of shelves) {
    const wanted = shelf.demand.target(nowMs, readyMax)
    if (wanted === 0 || nowMs < shelf.refillsFromMs) continue
    const part = (shelf.ready.size + shelf.refilling) / wanted
    if (part >= least) continue
    needy = shelf
    least = part
  }
  return needy
}
