/**
 * A slot: one sandbox from the first step of its making to its end. The pool's whole state is its slots and leases.
 *
 * making    it is being cloned; nobody has it yet
 * ready     it waits in memory for whoever asks next
 * held      a person or a grader works in it
 * dropping  it is being destroyed; what was used is never handed out again
 * gone      it no longer exists: dropped, or lost with its pod
 */
import type { Allowance, Made } from './source.ts'

export type SlotState = 'making' | 'ready' | 'held' | 'dropping' | 'gone'

const edges: Record<SlotState, readonly SlotState[]> = {
  making: ['ready', 'held', 'gone'],
  ready: ['held', 'dropping', 'gone'],
  held: ['dropping', 'gone'],
  dropping: ['gone'],
  gone: [],
}

/** One sandbox and where it stands. */
export interface Slot<Sandbox> {
  state: SlotState
  /** Grows with every transition: whoever waited compares it to see whether the slot is still as it was. */
  generation: number
  /** The shelf it belongs to. */
  readonly shelf: string
  /** On whose account it is. */
  allowance: Allowance
  /** What was made; null while it is being made. */
  made: Made<Sandbox> | null
}

/** A new slot, in the state `making`. */
export function newSlot<Sandbox>(shelf: string, allowance: Allowance): Slot<Sandbox> {
  return { state: 'making', generation: 0, shelf, allowance, made: null }
}

/** Moves a slot along one of the edges above; any other move is a bug and throws. */
export function transition<Sandbox>(slot: Slot<Sandbox>, to: SlotState): void {
  if (!edges[slot.state].includes(to)) throw new Error(`A slot cannot go from ${slot.state} to ${to}`)
  slot.state = to
  slot.generation += 1
}

/** What was made of a slot. A slot that is `making` has nothing yet, and asking is a bug. */
export function madeOf<Sandbox>(slot: Slot<Sandbox>): Made<Sandbox> {
  if (slot.made === null) throw new Error(`A slot that is ${slot.state} has no sandbox`)
  return slot.made
}
