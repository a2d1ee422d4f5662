/**
 * The control plane for commands that look into it or change it: `DATABASE_URL`'s, else that of the Podium running on
 * the data directory, else the embedded server, started for the command's time only.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { Failure } from '../failure.ts'
import type { ConnectionOptions } from '../postgres/connection.ts'
import { controlDatabase, controlSecret, controlUser } from '../postgres/control-cluster.ts'
import { openControlPlane } from '../postgres/control-plane.ts'
import { openDataDirectory } from '../postgres/data-directory.ts'
import { readPostmasterFile } from '../postgres/process.ts'
import { serverPort } from '../postgres/server.ts'
import { unpackServer } from '../postgres/server-files.ts'
import { connect, type Sql, untilAnswering } from '../store/connect.ts'
import { explainDatabaseAddress } from '../store/database-address.ts'
import { migrate } from '../store/migrate.ts'
import { migrations } from '../store/migrations.ts'
import { schemaVersion } from '../store/schema-version.ts'
import { createConsoleLog, type Log } from '../telemetry/log.ts'
import type { CommandInput } from './command.ts'

/** What a command does about a schema that is not of this program's version. */
export interface ControlPlaneUse {
  /** `present`: bring it to the present. `any`: leave it as it is, as a backup does. */
  schema: 'present' | 'any'
  /** Refuses while a Podium runs on the data directory. */
  isAlone?: boolean
  /** Refuses where nothing is stored yet. */
  isStored?: boolean
}

/** Opens the control plane, does the work, and closes it whatever happens. */
export async function withControlPlane<Result>(
  { env, flags }: Pick<CommandInput, 'env' | 'flags'>,
  use: ControlPlaneUse,
  work: (sql: Sql, config: Config) => Promise<Result>,
): Promise<Result> {
  const config = readConfig({ env, flags })
  // A command's own words are its output; what servers say matters only where something is wrong.
  const log = createConsoleLog(config.logLevel === 'info' ? 'warn' : config.logLevel)
  const { connection, isShared, close } = await open(config, use, log)
  const sql = connect(connection)
  try {
    if (config.databaseUrl === null) await untilAnswering(sql)
    if (use.schema === 'present') await bringToPresent(sql, { isShared, config, log })
    return await work(sql, config)
  } catch (error) {
    throw config.databaseUrl === null ? error : explainDatabaseAddress(error, config.databaseUrl)
  } finally {
    await sql.end({ timeout: 5 })
    await close()
  }
}

/** A way in, whether another program is at work behind it, and how to leave. */
interface OpenControlPlane {
  connection: ConnectionOptions
  isShared: boolean
  close(): Promise<void>
}

async function open(config: Config, use: ControlPlaneUse, log: Log): Promise<OpenControlPlane> {
  if (config.databaseUrl !== null) return { connection: { url: config.databaseUrl }, isShared: true, close: nothing }
  if (use.isStored === true && !existsSync(join(config.dataDir, 'control'))) {
    throw new Failure('missing', `There is no data of Podium in ${config.dataDir}. Name its folder with --data DIR.`)
  }
  try {
    const directory = openDataDirectory(config.dataDir)
    try {
      const files = await unpackServer({ dataDir: directory.path, log })
      const controlPlane = await openControlPlane({ files, dataDir: directory.path, log })
      const close = async () => {
        await controlPlane.stop()
        directory.close()
      }
      return { connection: controlPlane.connection, isShared: false, close }
    } catch (error) {
      directory.close()
      throw error
    }
  } catch (error) {
    const isInUse = error instanceof Failure && error.code === 'data_directory_in_use'
    if (!isInUse || use.isAlone === true) throw error
    return { connection: runningControlPlane(config.dataDir), isShared: true, close: nothing }
  }
}

/** The server of the Podium that holds the data directory. */
function runningControlPlane(dataDir: string): ConnectionOptions {
  const file = readPostmasterFile(join(dataDir, 'control'))
  if (file === null || file.status !== 'ready') {
    throw new Failure('unavailable', `A Podium is just starting or stopping on ${dataDir}. Try again in a moment.`)
  }
  const socketPath = join(file.socketDirectory, `.s.PGSQL.${serverPort}`)
  const { password } = controlSecret(dataDir)
  return { socketPath, database: controlDatabase, user: controlUser, password }
}

/** Never changes the schema under another program's feet, unless the database is still empty. */
async function bringToPresent(
  sql: Sql,
  { isShared, config, log }: { isShared: boolean; config: Config; log: Log },
): Promise<void> {
  const version = await schemaVersion(sql)
  if (isShared && version !== 0 && version !== migrations.length) {
    const which = version < migrations.length ? 'an older' : 'a newer'
    throw new Failure('conflict', `The database belongs to ${which} Podium. Use the same version as the one that runs.`)
  }
  await migrate(sql, log, { backupDirectory: join(config.dataDir, 'backups') })
}

async function nothing(): Promise<void> {}
