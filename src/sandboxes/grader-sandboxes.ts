/** Fresh sandboxes for graders: destroyed after use, and their statements wait for turns like everybody's. */
import type { Database } from '../pods/driver.ts'
import { type Clock, systemClock } from './clock.ts'
import type { DatabasePool } from './create-pool.ts'
import type { DatabaseWant } from './databases.ts'
import { defaultLimits } from './limits.ts'
import { StatementQueue } from './statements.ts'

/** Runs the body with a fresh sandbox, its statements in the turns of a line. */
export type UseDatabase = <Value>(
  want: DatabaseWant,
  body: (database: Database) => Promise<Value>,
  line?: string,
) => Promise<Value>

/** A line has at most half of the sandboxes for grading, so that slow answers of some don't take all there are. */
const placeLimits = {
  runsMax: defaultLimits.gradingMax,
  personRunsMax: defaultLimits.gradingMax / 2,
  waitingMax: 1_000,
  waitMs: defaultLimits.gradingWaitMs,
}

/** Makes the verb. A use that names no line is one of its own, so a large grading delays nobody more than a person would. */
export function graderSandboxes(pool: DatabasePool, queue: StatementQueue, clock: Clock = systemClock): UseDatabase {
  const places = new StatementQueue({ clock, limits: placeLimits })
  let uses = 0
  return async (want, body, named) => {
    uses += 1
    const line = named ?? `grading ${uses}`
    return await places.run(line, () => pool.use(want, (database) => body(inTurn(database, queue, line))))
  }
}

function inTurn(database: Database, queue: StatementQueue, line: string): Database {
  return {
    id: database.id,
    run: (statements, limits, signal) => queue.run(line, () => database.run(statements, limits, signal), signal),
    warm: () => database.warm(),
    relay: (limits) => database.relay(limits),
    drop: () => database.drop(),
  }
}
