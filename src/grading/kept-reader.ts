/**
 * When a reader may serve a second time. Who may only select leaves nothing in the database that readers share anyway; what
 * could be left is what a role keeps for itself, and plain queries leave none of that either.
 */
import type { Database } from '../pods/driver.ts'

/** A database that knows whether anything but plain queries was run in it. */
export interface KeptReader extends Database {
  /** Whether it is as it was when it was made. */
  isFresh(): boolean
}

const plainQuery = /^[\s(]*(select|with|values|table|explain|show|set)\b/i

/** Watches over a database of one who may only read. */
export function keepReader(database: Database): KeptReader {
  let isFresh = true
  return {
    id: database.id,
    isFresh: () => isFresh,
    warm: () => database.warm(),
    relay: (limits) => database.relay(limits),
    drop: () => database.drop(),
    async run(statements, limits, signal) {
      isFresh &&= statements.every(({ text }) => plainQuery.test(text))
      const run = await database.run(statements, limits, signal)
      // A session that was cut may still be at work.
      isFresh &&= run.end === 'completed' || run.end === 'error'
      return run
    },
  }
}
