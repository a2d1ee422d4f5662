/** A fresh database for an attempt, and running again what was run in the one before. */
import type { SqlExercise } from '../catalog/exercise.ts'
import type { RunResult } from '../pods/run.ts'
import type { Holder } from '../sandboxes/leases.ts'
import { runInSandbox } from '../sandboxes/statements.ts'
import type { Attempt } from '../store/attempts.ts'
import { insertRunEvent } from '../store/events.ts'
import { changesOf, replayable } from './log.ts'
import { readOwnSchema } from './own-schema.ts'
import { limitsFor, type Workbench } from './run.ts'

/** What became of a wish to reset: a question first where something was changed, else it is done. */
export type ResetOutcome = { isDone: false } | { isDone: true; replayTexts: number }

/** Gives the attempt a fresh database. Where it was changed and this is not confirmed, nothing happens. */
export async function reset(
  bench: Workbench,
  { attempt, isConfirmed }: { attempt: Attempt; isConfirmed: boolean },
): Promise<ResetOutcome> {
  const { after, texts } = await changesOf(bench.sql, attempt.id)
  if (texts.length > 0 && !isConfirmed) return { isDone: false }
  await insertRunEvent(bench.sql, { attemptId: attempt.id, kind: 'reset', payload: { after } })
  await bench.sandboxes.close(attempt.id)
  return { isDone: true, replayTexts: texts.length }
}

/** What came of a replay. */
export interface ReplayOutcome {
  texts: number
  failed: number
  last: { sql: string; result: RunResult } | null
}

/** Runs again, in a fresh database, what changed the one before the latest reset or loss. */
export async function replay(
  bench: Workbench,
  { attempt, exercise, holder }: { attempt: Attempt; exercise: SqlExercise; holder: Holder },
): Promise<ReplayOutcome> {
  await bench.room.require()
  const running = bench.sandboxes.startRun(attempt.id)
  const outcome: ReplayOutcome = { texts: 0, failed: 0, last: null }
  try {
    // Only now, and noted before another run may begin: what is asked for twice is run again once.
    const { after, texts } = await replayable(bench.sql, attempt.id)
    for (const sql of texts) {
      const split = await bench.parser.split(sql)
      if ('error' in split) continue
      const lease = await bench.sandboxes.open(attempt.id, exercise, holder)
      await running.turn
      const run = { statements: split.statements, limits: limitsFor(bench.limits, exercise), signal: running.signal }
      const result = await runInSandbox(bench, lease, run)
      outcome.texts += 1
      outcome.last = { sql, result }
      if (result.end !== 'completed') outcome.failed += 1
      if (result.end === 'lost' || result.end === 'cancelled') break
    }
    const lease = bench.sandboxes.liveOf(attempt.id)
    if (lease !== null) await readOwnSchema(bench, lease, running.signal)
    const payload = { after, texts: outcome.texts }
    await insertRunEvent(bench.sql, { attemptId: attempt.id, kind: 'replay', payload })
  } finally {
    running.finish()
  }
  return outcome
}
