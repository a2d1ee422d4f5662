/** One sandbox: a database (or a role in the shared one), its sessions, its end. */
import { Failure } from '../../failure.ts'
import type { Database, Isolation, Relay, RelayLimits, RunStatement } from '../driver.ts'
import { requirePositive } from '../positive.ts'
import type { RunEnd, RunLimits, RunResult } from '../run.ts'
import { openWire, query, type Wire } from '../wire/wire.ts'
import { ServerError, WireError } from '../wire/wire-error.ts'
import { openRelay } from './relay.ts'
import type { Server } from './server.ts'
import { runSession } from './session.ts'
import { createStopper, type Stopper } from './stopper.ts'

/** What a sandbox's sessions always begin with; a role's own settings come after these in rank. */
const sessionParameters = {
  client_encoding: 'UTF8',
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  application_name: 'podium',
}
const connectTimeoutMs = 5_000
/** A session that was cut gets this time to notice before it is terminated. */
const lingerMs = 300

/** What a sandbox is made of. */
export interface DatabaseParts {
  server: Server
  id: string
  /** The database its sessions connect to. */
  databaseName: string
  secret: string
  /** Where sockets for programs are made. */
  relayDirectory: string
  isolation: Isolation
  /** See `DatabaseOptions`. */
  keepsSession: boolean
  /** Whether the pod has little room left. */
  isTight: () => Promise<boolean>
  /** Called once, when it is dropped. */
  onDrop: () => void
}

/** A sandbox in this server. */
export function createDatabase(parts: DatabaseParts): LocalDatabase {
  return new LocalDatabase(parts)
}

/** See `Database`. */
export class LocalDatabase implements Database {
  readonly id: string
  private readonly parts: DatabaseParts
  private ready: Promise<Wire> | null = null
  private stopper: Stopper | null = null
  private dropping: Promise<void> | null = null
  private readonly relays = new Set<Relay>()
  /** The last session's goodbye. */
  private leaving: Promise<void> = Promise.resolve()

  constructor(parts: DatabaseParts) {
    this.id = parts.id
    this.parts = parts
  }

  /** The run that is under way, for those who watch over memory and disk. */
  get running(): Stopper | null {
    return this.stopper
  }

  /** The server's number of the session that runs. */
  get backendId(): number | null {
    return this.stopper?.wire()?.processId ?? null
  }

  /** Whether programs are connected through relays. */
  get isRelaying(): boolean {
    return [...this.relays].some(({ connections }) => connections > 0)
  }

  /** Whether it is being dropped. */
  get isLeaving(): boolean {
    return this.dropping !== null
  }

  /**
   * Stops the run because it fills the disk; as only dropping gives the room back, the sandbox is dropped then. Where it
   * is programs that fill it, they lose it at once.
   */
  outgrow(): void {
    if (this.stopper) this.stopper.stop('disk_limit')
    else if (this.isRelaying) void this.drop()
  }

  /** The database that its sessions work in. */
  get databaseName(): string {
    return this.parts.databaseName
  }

  async run(statements: readonly RunStatement[], limits: RunLimits, signal?: AbortSignal): Promise<RunResult> {
    if (this.stopper) throw new Failure('conflict', 'A run is already under way here')
    requirePositive(limits)
    const beganAt = performance.now()
    if (this.dropping || this.parts.server.isGone()) return unrun('lost', beganAt)
    const stopper = createStopper(this.parts.server, limits.timeoutMs, signal)
    this.stopper = stopper
    try {
      const wire = await this.takeWire(stopper)
      if (!wire) return unrun(stopper.cause() ?? 'lost', beganAt)
      stopper.watch(wire)
      const result = await runSession(wire, statements, limits, stopper)
      // Else dropping it below would stop the session that is ending, and in the end the pod, where dropping takes long.
      stopper.release()
      if (this.mayKeep(statements, result)) this.keep(wire)
      else this.leave(wire)
      if (result.end === 'disk_limit') await this.giveRoomBack()
      return { ...result, durationMs: performance.now() - beganAt }
    } finally {
      stopper.release()
      this.stopper = null
    }
  }

  async warm(): Promise<void> {
    const wire = await this.ready?.catch(() => null)
    if ((wire && !wire.failure) || this.dropping) return
    this.ready = this.open()
    await this.ready
  }

  async relay(limits: RelayLimits): Promise<Relay> {
    requirePositive(limits)
    const { server, id, secret, databaseName, relayDirectory } = this.parts
    const target = { socketPath: () => server.socketPath(), user: id, database: databaseName, secret }
    const relay = await openRelay(relayDirectory, target, limits)
    if (this.dropping) {
      await relay.close()
      throw new Failure('unavailable', 'The sandbox is gone')
    }
    this.relays.add(relay)
    relay.closed.then(() => this.relays.delete(relay))
    return relay
  }

  drop(): Promise<void> {
    this.dropping ??= this.dropOnce()
    return this.dropping
  }

  private async dropOnce(): Promise<void> {
    const { server, id, isolation, onDrop } = this.parts
    this.stopper?.stop('cancelled')
    for (const relay of this.relays) void relay.close()
    const wire = await this.ready?.catch(() => null)
    try {
      // A session that is still going away would make DROP DATABASE sleep for 100 ms.
      await Promise.all([wire?.end(), this.leaving])
      if (server.isGone()) return
      if (isolation === 'server') return await server.kill()
      await server.admin(this.dropStatement())
      await server.admin(`DROP ROLE ${id}`)
    } catch {
      await server.kill()
    } finally {
      onDrop()
    }
  }

  private dropStatement(): string {
    const { id, databaseName } = this.parts
    if (databaseName === id) return `DROP DATABASE ${id} WITH (FORCE)`
    return `SELECT pg_catalog.pg_terminate_backend(pid, 2000) FROM pg_catalog.pg_stat_activity WHERE usename = '${id}'`
  }

  /** The session made ready before, else a new one; null where the pod is gone or the run was stopped meanwhile. */
  private async takeWire(stopper: Stopper): Promise<Wire | null> {
    const ready = this.ready
    this.ready = null
    try {
      const warm = await ready?.catch(() => null)
      if (warm && !warm.failure) return warm
      const opening = this.open()
      const wire = await Promise.race([opening, stopper.stopped.then(() => null)])
      if (!wire) opening.then((late) => late.end()).catch(() => {})
      return wire
    } catch (error) {
      // What the server refuses Podium itself: its superuser has taken the role away.
      if (error instanceof WireError || error instanceof ServerError || error instanceof Failure) return null
      throw error
    }
  }

  /** Opens a session. A person may change their own password: then it is set again. */
  private async open(): Promise<Wire> {
    try {
      return await this.connect()
    } catch (error) {
      if (!(error instanceof WireError) || error.reason !== 'authentication' || this.parts.server.isGone()) throw error
      await this.parts.server.admin(`ALTER ROLE ${this.id} PASSWORD '${this.parts.secret}'`)
      return await this.connect()
    }
  }

  private connect(): Promise<Wire> {
    const { server, id, secret, databaseName } = this.parts
    const path = server.socketPath()
    return openWire({
      path,
      user: id,
      database: databaseName,
      secret,
      parameters: sessionParameters,
      timeoutMs: connectTimeoutMs,
    })
  }

  /** Whether the next run may go on in the session of this one. */
  private mayKeep(statements: readonly RunStatement[], { end }: RunResult): boolean {
    const isOver = end === 'completed' || end === 'error'
    return this.parts.keepsSession && isOver && !statements.some(({ text }) => lasting.test(text))
  }

  /** Clears a session for the next run; one that can't be cleared is ended, and the next run opens its own. */
  private keep(wire: Wire): void {
    this.ready = query(wire, 'DISCARD ALL').then(() => wire)
    this.ready.catch(() => this.leave(wire))
  }

  /** Ends a session after the answer has been given; one that was cut may still be at work, and is terminated. */
  private leave(wire: Wire): void {
    const { server } = this.parts
    if (!wire.failure) this.leaving = wire.end()
    else if (!server.isGone()) this.linger(wire)
  }

  /**
   * A table that an aborted statement made larger stays as large as it is. Where the pod has no room left, the sandbox is
   * given up for its neighbours: the next run says `lost`.
   */
  private async giveRoomBack(): Promise<void> {
    const { server, databaseName, id } = this.parts
    if (databaseName === id && !server.isGone() && (await this.parts.isTight())) await this.drop()
  }

  private linger(wire: Wire): void {
    const { server } = this.parts
    server.cancel(wire)
    setTimeout(() => {
      if (!server.isGone()) server.terminate(wire).catch(() => {})
    }, lingerMs)
  }
}

/** What clearing a session does not undo, or what only a new session sees. */
const lasting = /\b(alter\s+(role|user|database)|load|setseed)\b/i

/** A run in which no statement was sent. */
function unrun(end: RunEnd, beganAt: number): RunResult {
  return { statements: [], end, isRolledBack: false, durationMs: performance.now() - beganAt }
}
