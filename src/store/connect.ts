/**
 * The connection to the control plane, and the few rules every query of this folder shares. The library is installed
 * with `postgres.patch`: without it, a transaction that asks once more after its connection was lost leaves a
 * connection that never answers again.
 */
import postgres from 'postgres'
import { Failure } from '../failure.ts'
import type { ConnectionOptions } from '../postgres/connection.ts'

/** A pool of connections to the control plane. Verbs that open a transaction of their own take this. */
export type Sql = postgres.Sql

/** The pool or a transaction on it. Verbs that are one statement take this, so that callers can put them together. */
export type Queries = postgres.ISql

/** How many connections the program holds at most; the embedded server allows more than twice as many. */
export const connectionsMax = 12

const connectTimeoutSeconds = 10
/** A socket of this machine answers at once or belongs to a server that has just died: trying anew is faster. */
const socketConnectTimeoutSeconds = 1
/** Between two tries to connect. The library's own pauses grow to 20 s, which people would wait after a restart. */
const reconnectPauseSeconds = 0.2

/** Opens the pool. Connections are made when the first query needs one, and again after the server went away. */
export function connect(options: ConnectionOptions): Sql {
  const shared = {
    max: connectionsMax,
    connect_timeout: connectTimeoutSeconds,
    backoff: () => reconnectPauseSeconds,
    // Columns are snake_case in the database and camelCase in the program; keys inside jsonb stay as they were stored.
    transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
    connection: { application_name: 'podium' },
    onnotice: () => undefined,
  }
  if ('url' in options) return postgres(options.url, shared)
  return postgres({
    ...shared,
    connect_timeout: socketConnectTimeoutSeconds,
    path: options.socketPath,
    database: options.database,
    user: options.user,
    ...(options.password === null ? {} : { password: options.password }),
  })
}

/** So long a server of one's own may take to its first answer, where the machine has much else to do. */
const firstAnswerMs = 60_000

/** Waits until a server that was just started answers: its first connection may take longer than any later one is given. */
export async function untilAnswering(sql: Sql): Promise<void> {
  const deadline = performance.now() + firstAnswerMs
  for (;;) {
    try {
      await sql`select 1`
      return
    } catch (error) {
      if (connectionFailure(error) === null || performance.now() > deadline) throw error
      await Bun.sleep(reconnectPauseSeconds * 1000)
    }
  }
}

/** Codes with which a connection, not a query, has failed: of the client, of the system, of PostgreSQL. */
const connectionLossCodes = new Set([
  ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE'],
  ...['57P01', '57P02', '57P03', '53300', '08006', '08001', '08003'],
])

/** Says what a lost connection to the control plane means for a person; null where the error is something else. */
export function connectionFailure(error: unknown): Failure | null {
  const { code, syscall } = Object(error instanceof Error ? error : null)
  // A socket that is not there yet; a file or a program that is missing is another trouble.
  const isSocketMissing = code === 'ENOENT' && syscall === 'connect'
  if (!isSocketMissing && !connectionLossCodes.has(code)) return null
  return new Failure('unavailable', "Podium's database is being restarted. What was saved is safe.", {
    code: 'database',
    cause: error,
    retryAfterSeconds: 1,
  })
}

/** Whether a query failed because a value that must be unique is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === '23505'
}
