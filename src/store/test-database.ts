/** For tests only: an empty, migrated control plane for each test file, cloned from one server of the test run. */
import type { ConnectionOptions } from '../postgres/connection.ts'
import { silentLog } from '../telemetry/log.ts'
import { connect, type Sql, untilAnswering } from './connect.ts'
import { migrate } from './migrate.ts'
import { startTestServer } from './test-server.ts'

/** A database of one's own. */
export interface TestDatabase {
  sql: Sql
  /** For programs that are to work on this database too. */
  connection: ConnectionOptions
  name: string
  /** Ends the connections and drops the database. */
  drop(): Promise<void>
}

interface Shared {
  socketPath: string
  control: Sql
  count: number
}

// The test runner may load a module once a file: what all files share hangs on the process.
const shared = globalThis as typeof globalThis & { podiumTestServer?: Promise<Shared> }

/** A database with Podium's tables and nothing in them. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createFrom('test_migrated')
}

/** A database with nothing at all. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createFrom('test_empty')
}

async function createFrom(template: string): Promise<TestDatabase> {
  shared.podiumTestServer ??= start()
  const server = await shared.podiumTestServer
  server.count += 1
  const name = `test_${server.count}`
  await server.control.unsafe(`create database ${name} template ${template} strategy file_copy`)
  const connection = connectionTo(server.socketPath, name)
  const sql = connect(connection)
  const drop = async () => {
    await sql.end({ timeout: 2 })
    await server.control.unsafe(`drop database ${name} with (force)`)
  }
  return { sql, connection, name, drop }
}

async function start(): Promise<Shared> {
  const { socketPath } = await startTestServer()
  const control = connect(connectionTo(socketPath, 'postgres'))
  await untilAnswering(control)
  for (const name of ['test_empty', 'test_migrated']) await control.unsafe(`create database ${name} template template0`)
  const template = connect(connectionTo(socketPath, 'test_migrated'))
  await migrate(template, silentLog)
  await template.end({ timeout: 2 })
  return { socketPath, control, count: 0 }
}

function connectionTo(socketPath: string, database: string): ConnectionOptions {
  return { socketPath, database, user: 'podium', password: null }
}
