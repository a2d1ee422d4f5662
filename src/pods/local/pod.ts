/** A pod of this machine: a server made from an image, and the sandboxes in it. */
import { Failure } from '../../failure.ts'
import type { Database, DatabaseOptions, Isolation, Pod, PodLimits, PodUsage } from '../driver.ts'
import { createDatabase, type LocalDatabase } from './database.ts'
import { randomName, randomSecret } from './names.ts'
import type { Server } from './server.ts'
import { datasetName, readersName, sharedName } from './settings.ts'
import { shareStatements } from './share.ts'
import { measureUsage } from './usage.ts'

/** What a pod is made of. */
export interface PodParts {
  id: string
  image: string
  isolation: Isolation
  limits: PodLimits
  server: Server
  /** Connects to a database of the pod as Podium itself, runs these statements, and closes. */
  runIn: (database: string, sql: string) => Promise<void>
}

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
    const { server, limits, isolation } = this.parts
    if (server.isGone()) throw new Failure('unavailable', 'The pod is gone', { code: 'pod_gone' })
    if (this.taken >= limits.capacity) throw new Failure('exhausted', 'The pod is full', { code: 'pod_full' })
    this.taken += 1
    try {
      const id = randomName('s_')
      const secret = randomSecret()
      const databaseName = await (options.access === 'read' ? this.addReader(id, secret) : this.clone(id, secret))
      const onDrop = () => {
        this.taken -= 1
        this.databases.delete(database)
      }
      const database = createDatabase({ server, id, databaseName, secret, isolation, onDrop })
      this.databases.add(database)
      return database
    } catch (error) {
      this.taken -= 1
      throw error
    }
  }

  usage(): Promise<PodUsage> {
    return measureUsage(this.parts.server.launched)
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
    await server.admin(`CREATE DATABASE ${id} TEMPLATE ${datasetName} STRATEGY file_copy`)
    await server.admin(`REVOKE ALL ON DATABASE ${id} FROM PUBLIC; GRANT ALL ON DATABASE ${id} TO ${id}`)
    return id
  }

  /** A role that may only select in the database that all readers of this pod share. */
  private async addReader(id: string, secret: string): Promise<string> {
    this.sharing ??= this.share()
    await this.sharing
    await this.parts.server.admin(`CREATE ROLE ${id} LOGIN PASSWORD '${secret}' IN ROLE ${readersName}`)
    return sharedName
  }

  private async share(): Promise<void> {
    const { server, runIn } = this.parts
    await server.admin(`CREATE DATABASE ${sharedName} TEMPLATE ${datasetName} STRATEGY file_copy`)
    await server.admin(
      `REVOKE ALL ON DATABASE ${sharedName} FROM PUBLIC; GRANT CONNECT ON DATABASE ${sharedName} TO ${readersName}`,
    )
    await runIn(sharedName, shareStatements)
  }
}
