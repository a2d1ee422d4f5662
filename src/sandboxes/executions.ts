/**
 * Boxes for people's programs. A box runs one job; who has several (cases, a checker beside an answer) takes several.
 */
import type { BoxRuntime, ExecutionBox, ExecutionLimits } from '../pods/execution.ts'

/** Which box somebody wants. */
export interface BoxWant {
  runtime: BoxRuntime
  /** The most that the job in it will take; the job's own limits are within these. */
  limits: ExecutionLimits
  /** See `BoxOptions`; a box with a database is started afresh. */
  databaseSocket?: string | null
}

/** For whom a box is. */
export interface BoxUse {
  /** Turns go round by person. A grading passes a name of its own, so that it counts as one more person. */
  personId: string
  /** Takes it out of the queue; a job that runs is cancelled by `JobListener.signal`. */
  signal?: AbortSignal
}

/**
 * Runs the body with a fresh box when the person's turn has come; afterwards the box is gone, whatever happened. At most
 * about twice the cores run at once, within the memory that is set aside for code. Throws `Failure('exhausted')`
 * (`boxes_full`, with Retry-After) where no turn came in time, `Failure('unavailable')` (`boxes_off`) where programs
 * can't be run here, `Failure('invalid')` (`box_too_large`) where the limits are larger than all memory for code.
 */
export type UseBox = <Value>(want: BoxWant, body: (box: ExecutionBox) => Promise<Value>, use: BoxUse) => Promise<Value>

/**
 * The same with several boxes at once, in one turn: for programs that talk to each other (an answer and its
 * interactor). Never call `useBox` inside the body of another use: that waits for a turn while holding one.
 */
export type UseBoxes = <Value>(
  wants: readonly BoxWant[],
  body: (boxes: readonly ExecutionBox[]) => Promise<Value>,
  use: BoxUse,
) => Promise<Value>
