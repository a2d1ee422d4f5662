/**
 * Where sandboxes come from. The pool knows no more of a sandbox than this: a database in a PostgreSQL pod is the
 * first kind (`databases.ts`), an execution sandbox can be another.
 */
import type { Urgency } from './work-queue.ts'

/** A sandbox that was made, and what the pool must know of it. */
export interface Made<Sandbox> {
  readonly sandbox: Sandbox
  /** Its own name, unique over all sandboxes. */
  readonly id: string
  readonly podId: string
  readonly imageHash: string
  /** Resolves when the sandbox is lost without anybody asking for it. */
  readonly lost: Promise<void>
  /** Makes the first use fast, for example by opening a connection. Never throws. */
  warm(): Promise<void>
  /** Destroys it. Never throws and never hangs. */
  destroy(): Promise<void>
}

/** On whose account a sandbox is. `people`: learners, and the ready stock. `grading`: graders, who must never starve. */
export type Allowance = 'people' | 'grading'

/** How a sandbox is to be made. */
export interface MakeOptions {
  urgency: Urgency
  /** Grading may use the part of the budget that is kept for it. */
  allowance: Allowance
  /** Ends the wait; what is made after that is destroyed by the source. */
  signal: AbortSignal
}

/** Makes sandboxes of one kind. */
export interface SandboxSource<Want, Sandbox> {
  readonly kind: string
  /** Wants with equal keys are served by the same sandboxes. Called on every claim: fast. */
  keyOf(want: Want): string
  /** Does what all sandboxes of this want need once, for example builds the image. May take minutes. */
  prepare(want: Want, signal: AbortSignal): Promise<void>
  /** Makes one. Throws `Failure('exhausted')` where there is no room for it. */
  make(want: Want, options: MakeOptions): Promise<Made<Sandbox>>
  /** Ends what an earlier program left behind; returns how many. */
  reapOrphans(): Promise<number>
  /** Ends what nobody needs: idle pods, images over the budget. Never throws. */
  tend(): void
  /** Ends everything. */
  stop(): Promise<void>
}
