/** A pod of this machine: a server made from an image, and the sandboxes in it. */
import { Failure } from '../../failure.ts'
import type { Database, DatabaseOptions, Isolation, Pod, PodLimits, PodUsage } from '../driver.ts'
import { createDatabase, type LocalDatabase } from './database.ts'
import { randomName, randomSecret } from './names.ts'
import type { Server } from './server.ts'
import { adminName, datasetName, readersName, sharedName } from './settings.ts'
import { shareStatements } from './share.ts'
import type { StopCause } from './stopper.ts'
import { measureUsage } from './usage.ts'

/** What a pod is made of. */
export interface PodParts {
  id: string
  image: string
  isolation: Isolation
  limits: PodLimits
  server: Server
  /** Where sockets for programs are made. */
  relayDirectory: string
  /** Connects to a database of the pod as Podium itself, runs these statements, and closes. */
  runIn: (database: string, sql: string) => Promise<void>
}

/** A gigabyte on a slow disk takes its time. */
const cloneTimeoutMs = 120_000
/** From this share of its room on, a pod gives up a sandbox that asks for more. */
const tightShare = 0.6

/** See `Pod`. */
export class LocalPod implements Pod {
  readonly id: string
  readonly image: string
  readonly isolation: Isolation
  readonly limits: PodLimits
  readonly databases = new Set<LocalDatabase>()
  private readonly parts: PodParts
  private taken = 0
  private sharing: Promise<void> | null = null

  constructor(parts: PodParts) {
    this.parts = parts
    this.id = parts.id
    this.image = parts.image
    this.isolation = parts.isolation
    this.limits = parts.limits
  }

  get exited(): Promise<void> {
    return this.parts.server.exited
  }

  async createDatabase(options: DatabaseOptions): Promise<Database> {
    const { server, limits, isolation, relayDirectory } = this.parts
    if (server.isGone()) throw new Failure('unavailable', 'The pod is gone', { code: 'pod_gone' })
    if (this.taken >= limits.capacity) throw new Failure('exhausted', 'The pod is full', { code: 'pod_full' })
    this.taken += 1
    try {
      const id = randomName('s_')
      const secret = randomSecret()
      const databaseName = await (options.access === 'read' ? this.addReader(id, secret) : this.clone(id, secret))
      const isTight = async () => (await server.launched.diskBytes()) > limits.diskBytesMax * tightShare
      const onDrop = () => {
        this.taken -= 1
        this.databases.delete(database)
      }
      const keepsSession = options.keepsSession === true
      const own = { server, id, databaseName, secret, relayDirectory, isolation, keepsSession }
      const database = createDatabase({ ...own, isTight, onDrop })
      this.databases.add(database)
      return database
    } catch (error) {
      this.taken -= 1
      throw error
    }
  }

  get isGone(): boolean {
    return this.parts.server.isGone()
  }

  /** The first process of the pod. */
  get processId(): number {
    return this.parts.server.launched.process.pid
  }

  /** Where its data is on disk; null where it is in memory. */
  get diskDirectory(): string | null {
    return this.parts.server.launched.diskDirectory
  }

  /** Its data as this process reaches it. */
  get dataPath(): string | null {
    return this.parts.server.launched.dataPath()
  }

  /** Sizes of the databases by name, in bytes. */
  async databaseSizes(): Promise<Map<string, number>> {
    const rows = await this.parts.server.admin(
      'SELECT datname, pg_catalog.pg_database_size(oid) FROM pg_catalog.pg_database',
    )
    return new Map(rows.map(([name, bytes]) => [name ?? '', Number(bytes)]))
  }

  /** Sizes of temporary files, which belong to no database, by the number of the session that wrote them, in bytes. */
  async temporarySizes(): Promise<Map<number, number>> {
    const rows = await this.parts.server.admin(
      "SELECT pg_catalog.substring(name, '^pgsql_tmp([0-9]+)'), pg_catalog.sum(size) FROM pg_catalog.pg_ls_tmpdir() GROUP BY 1",
    )
    return new Map(rows.map(([session, bytes]) => [Number(session), Number(bytes)]))
  }

  /** Ends a session by the server's number of it. False where it is none, or Podium's own. */
  async endSession(backendId: number): Promise<boolean> {
    const ending = 'SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity'
    const ended = await this.parts.server.admin(`${ending} WHERE pid = ${backendId} AND usename <> '${adminName}'`)
    return ended.length > 0
  }

  /** Kills the pod; the runs in it end for this reason. */
  killFor(cause: StopCause): void {
    for (const database of this.databases) database.running?.stop(cause)
    void this.kill()
  }

  usage(): Promise<PodUsage> {
    return measureUsage(this.processId, this.parts.server.launched.diskBytes)
  }

  kill(): Promise<void> {
    return this.parts.server.kill()
  }

  /**
   * A database of one's own. It belongs to Podium: an owner could shut its door (`ALTER DATABASE … CONNECTION LIMIT 0`)
   * or mark it a template, which nobody can drop.
   */
  private async clone(id: string, secret: string): Promise<string> {
    const { server, isolation } = this.parts
    const privileges = isolation === 'server' ? 'SUPERUSER' : ''
    await server.admin(
      `CREATE ROLE ${id} LOGIN ${privileges} PASSWORD '${secret}'; GRANT ${datasetName} TO ${id} WITH INHERIT TRUE, SET FALSE`,
    )
    await server.admin(`CREATE DATABASE ${id} TEMPLATE ${datasetName} STRATEGY file_copy`, cloneTimeoutMs)
    await server.admin(`REVOKE ALL ON DATABASE ${id} FROM PUBLIC; GRANT ALL ON DATABASE ${id} TO ${id}`)
    return id
  }

  /** A role that may only select in the database that all readers of this pod share. */
  private async addReader(id: string, secret: string): Promise<string> {
    this.sharing ??= this.share()
    await this.sharing
    await this.parts.server.admin(
      `CREATE ROLE ${id} LOGIN BYPASSRLS PASSWORD '${secret}'; GRANT ${readersName} TO ${id} WITH INHERIT FALSE, SET FALSE`,
    )
    return sharedName
  }

  private async share(): Promise<void> {
    const { server, runIn } = this.parts
    await server.admin(`CREATE DATABASE ${sharedName} TEMPLATE ${datasetName} STRATEGY file_copy`, cloneTimeoutMs)
    await server.admin(`REVOKE TEMPORARY ON DATABASE ${sharedName} FROM PUBLIC`)
    await runIn(sharedName, shareStatements)
  }
}
