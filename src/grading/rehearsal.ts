/**
 * A rehearsal: an answer and what is looked at after it run in one transaction that is rolled back, so that the next finds
 * the sandbox as it was. Grading looks in sessions of its own instead; where a text could make that a difference, the
 * rehearsal says that it does not know.
 */
import type { SqlExercise } from '../catalog/exercise.ts'
import type { Database } from '../pods/driver.ts'
import type { RunResult } from '../pods/run.ts'
import type { ProofParts } from './check-parts.ts'
import { errorOf, type Inspection, lastResult, nothingFound } from './inspection.ts'
import { judge } from './judge.ts'
import { rehearsable } from './rehearsable.ts'
import { lookFor } from './rehearsal-looks.ts'
import { safeSession } from './safe-session.ts'
import { restoreSequences } from './sequences.ts'

/** Whether the answer does the same as the reference; `unknown`: only grading can say. */
export type Outcome = 'alike' | 'different' | 'unknown'

interface Stage {
  database: Database
  /** What the references find on the stage's dataset. */
  expected: readonly Inspection[]
}

/** Gives the verb that rehearses a text; null where this exercise can't be rehearsed. Throws where the pod goes away. */
export async function openRehearsal(
  parts: ProofParts,
  exercise: SqlExercise,
  { database, expected }: Stage,
): Promise<((sql: string) => Promise<Outcome>) | null> {
  const look = await lookFor(parts.parser, exercise)
  const restore = await restoreSequences(database, parts.limits)
  if (look === null || restore === null) return null
  return async (sql) => {
    const answer = await rehearsable(parts.parser, sql)
    if (answer === null) return 'unknown'
    const before = [...restore, 'BEGIN']
    const behind = [...fireDeferred, ...safeSession(...look.statements).map(({ text }) => text)]
    const texts = [...before, ...answer, ...behind]
    const run = await database.run(
      texts.map((text) => ({ text, offset: 0 })),
      { ...parts.limits, timeoutMs: rehearsalTimeoutMs, cellBytesMax: parts.limits.bytesMax },
    )
    if (run.end === 'lost') throw new Error('The database went away while mutants ran')
    if (run.end === 'error') return isOwnError(run) ? 'different' : 'unknown'
    if (run.end !== 'completed') return 'unknown'
    const own = run.statements.slice(before.length, before.length + answer.length)
    const seen = look.read(run.statements.slice(texts.length - look.statements.length))
    const isRows = exercise.grading.compare === 'rows'
    const given = { ...nothingFound, ...seen, ...(isRows ? { results: lastResult({ statements: own }) } : {}) }
    const judged = { comparer: parts.comparer, exercise, answer: sql, timeoutMs: parts.limits.timeoutMs }
    const { words } = await judge(
      judged,
      given,
      expected.map((one) => async () => one),
    )
    return words.kind === 'accepted' ? 'alike' : 'different'
  }
}

/** What takes longer is graded, with all the time that an answer has. */
const rehearsalTimeoutMs = 5_000

/** Checks at commit happen now; afterwards constraints are deferred as they were. */
const fireDeferred = ['SAVEPOINT podium', 'SET CONSTRAINTS ALL IMMEDIATE', 'ROLLBACK TO SAVEPOINT podium']

/** Of the session or the transaction rather than of the answer: 25 and 55 say that something can't be done in one. */
function isOwnError(run: RunResult): boolean {
  return /^(21|22|23|42|44|P0|27)/.test(errorOf(run)?.code ?? '')
}
