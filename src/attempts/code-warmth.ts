/** Makes the first run of a program fast: what it needs is made ready when somebody opens its page. */
import type { CodeExercise } from '../catalog/code-exercise.ts'
import { boxWantOf } from '../grading/code/program.ts'
import type { ExecutionLimits } from '../pods/execution.ts'
import type { Runtimes } from '../runtimes/runtime.ts'
import type { DatabasePool } from '../sandboxes/create-pool.ts'
import type { DiskRoom } from '../sandboxes/disk-room.ts'
import type { ExecutionPool } from '../sandboxes/executions.ts'
import { startOf } from './sandboxes.ts'

/** What programs run with. */
export interface CodeGround {
  runtimes: Runtimes
  pool: Pick<ExecutionPool, 'expect'>
  /** What a program may take where neither its exercise nor its language says otherwise. */
  limits: ExecutionLimits
}

/** The pools and the disk that are asked. */
interface Warmth {
  bench: { pool: Pick<DatabasePool, 'expect'>; room: Pick<DiskRoom, 'status'> }
  code: CodeGround
}

/**
 * Announces a run to the pools, within their limits: a box with the language loaded, or, as a box with a database can't be
 * started before that is there, a clone of the database. Returns at once; nothing comes of it where the language is not
 * here.
 */
export function expectRun(warmth: Warmth, exercise: CodeExercise): void {
  announce(warmth, exercise).catch(() => undefined)
}

async function announce({ bench, code }: Warmth, exercise: CodeExercise): Promise<void> {
  const want = await boxWantOf(code, exercise)
  const start = startOf(exercise)
  if (start === null) code.pool.expect(want)
  else if (!(await bench.room.status()).isLow) bench.pool.expect(start)
}
