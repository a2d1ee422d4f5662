/** What people's programs try, as tables: the program, how the job must end, what it must (and must not) say. */
import type { ExecutionEnd, ExecutionLimits, ExecutionResult, LimitName } from '../../../pods/execution.ts'
import type { PartialJob } from '../../../pods/execution-contract.ts'
import type { Victim } from './box-arena.ts'

/** One attack. */
export interface BoxAttack {
  name: string
  /** A Python program. It is run as `main.py`, with the victim as JSON in its first argument. */
  python?: string
  /** A shell script in place of a Python program. */
  shell?: string
  /** What else the job has. */
  job?: Omit<PartialJob, 'limits'>
  limits?: Partial<ExecutionLimits>
  /** How it may end. */
  end: readonly ExecutionEnd[]
  /** The limit that must be named where it ends with one. */
  limit?: readonly LimitName[]
  /** What its standard output must be, or match. */
  stdout?: string | RegExp
  /** Sees the result and the victim. */
  check?: (result: ExecutionResult, victim: Victim) => string | null
}
