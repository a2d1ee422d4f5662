/** The connection to the control plane, and the few rules every query of this folder shares. */
import postgres from 'postgres'
import type { ConnectionOptions } from '../postgres/connection.ts'

/** A pool of connections to the control plane. Verbs that open a transaction of their own take this. */
export type Sql = postgres.Sql

/** The pool or a transaction on it. Verbs that are one statement take this, so that callers can put them together. */
export type Queries = postgres.ISql

/** How many connections the program holds at most; the embedded server allows more than twice as many. */
export const connectionsMax = 12

const connectTimeoutSeconds = 10

/** Opens the pool. Connections are made when the first query needs one, and again after the server went away. */
export function connect(options: ConnectionOptions): Sql {
  const shared = {
    max: connectionsMax,
    connect_timeout: connectTimeoutSeconds,
    // Columns are snake_case in the database and camelCase in the program; keys inside jsonb stay as they were stored.
    transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
    connection: { application_name: 'podium' },
    onnotice: () => undefined,
  }
  if ('url' in options) return postgres(options.url, shared)
  return postgres({
    ...shared,
    path: options.socketPath,
    database: options.database,
    user: options.user,
    ...(options.password === null ? {} : { password: options.password }),
  })
}

/** Whether a query failed because a value that must be unique is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === '23505'
}
