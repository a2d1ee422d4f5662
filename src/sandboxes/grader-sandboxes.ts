/** Fresh sandboxes for graders: destroyed after use, and their statements wait for turns like everybody's. */
import type { Database } from '../pods/driver.ts'
import type { DatabasePool } from './create-pool.ts'
import type { DatabaseWant } from './databases.ts'
import type { StatementQueue } from './statements.ts'

/** Runs the body with a fresh sandbox, its statements in the turns of a line. */
export type UseDatabase = <Value>(
  want: DatabaseWant,
  body: (database: Database) => Promise<Value>,
  line?: string,
) => Promise<Value>

/** Makes the verb. A use that names no line is one of its own, so a large grading delays nobody more than a person would. */
export function graderSandboxes(pool: DatabasePool, queue: StatementQueue): UseDatabase {
  let uses = 0
  return async (want, body, named) => {
    uses += 1
    const line = named ?? `grading ${uses}`
    return await pool.use(want, (database) => body(inTurn(database, queue, line)))
  }
}

function inTurn(database: Database, queue: StatementQueue, line: string): Database {
  return {
    id: database.id,
    run: (statements, limits, signal) => queue.run(line, () => database.run(statements, limits, signal), signal),
    warm: () => database.warm(),
    drop: () => database.drop(),
  }
}
