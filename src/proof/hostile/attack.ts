/**
 * What people try, as tables: the statements, how the run must end, what it must (and must not) say. Every attack is run
 * as an ordinary sandbox role, boxed and unboxed.
 */
import type { RunEnd, RunResult } from '../../pods/run.ts'

/** One attack. */
export interface Attack {
  name: string
  /** The statements of one run; a list of lists is several runs after one another. */
  sql: readonly string[] | readonly (readonly string[])[]
  /** How the last run may end. */
  end: readonly RunEnd[]
  /** What the last error must say, if there is to be one: a pattern for `code message`. */
  error?: RegExp
  /** What no value, notice or error of the last run may contain. */
  never?: RegExp
  /** What the first row of the last statement must be. */
  row?: readonly (string | null)[]
  /** The sandbox itself may be lost: it outgrew its room, or locked its owner out. */
  mayLoseSandbox?: boolean
  /** The whole pod may be lost: nothing short of killing it stops this. Neighbours in it lose their sandboxes. */
  mayLosePod?: boolean
  /** Neighbours in the same pod may see errors (never a wrong answer) while it lasts. */
  mayDisturbMates?: boolean
  /** Sees the last result. */
  check?: (result: RunResult) => string | null
}
