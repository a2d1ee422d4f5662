/**
 * What a pod driver is: the one interface between Podium and the place where people's work runs. The `local` driver
 * implements it with processes on this machine; a cluster driver implements it with Pods. Nothing above this folder
 * knows which one it talks to, and nothing in this folder knows what an exercise is.
 *
 * image: a prepared data directory, named by the hash of what made it.
 * pod: one PostgreSQL server started from an image. Nothing of a pod survives its end.
 * database: one sandbox in a pod, a clone of the image's template database with a login role of its own.
 */
import type { RunLimits, RunResult } from './run.ts'

/** A file that goes into an image. Files are loaded in the order given. */
export interface ImageFile {
  /** For messages only, for example `datasets/cinema/10-schema.sql`. */
  name: string
  /** `sql`: statements, as psql or pg_dump would write them. `csv`: rows with a header line for `table`. */
  format: 'sql' | 'csv'
  /** The table that a `csv` file loads into. */
  table?: string
  text: string
}

/** Everything that decides the content of an image; equal recipes share one image. */
export interface ImageRecipe {
  files: readonly ImageFile[]
  /** Replaces `:seed` in files that begin with `-- generator`. */
  seed: number
}

/** A built image. */
export interface Image {
  /** Hex SHA-256 of the recipe, the server's version and the pod settings. */
  hash: string
  /** Size of the data directory on disk. */
  bytes: number
  /** Size of the template database. */
  templateBytes: number
}

/** How much a pod may take. Every number is positive and finite. */
export interface PodLimits {
  /** Most databases in one pod: the blast radius of a crash. */
  capacity: number
  /** Address space of a server process, in bytes. */
  memoryBytesMax: number
  /** Room for the data directory, image included, in bytes. */
  diskBytesMax: number
}

/** What a pod uses now. */
export interface PodUsage {
  memoryBytes: number
  diskBytes: number
  cpuMs: number
  /** What the processes that live now have read and written so far, in memory or on disk. */
  ioBytes: number
}

/** `database`: many sandboxes share a pod. `server`: a pod of one's own, in which the role is a superuser (boxed only). */
export type Isolation = 'database' | 'server'

/** One sandbox: a database with a login role of its own. */
export interface Database {
  /** Name of the database and of its role, for example `s_k3v9…`. */
  readonly id: string
  /**
   * Runs statements as the sandbox's own role in a session of their own. Never throws for what the person's SQL does:
   * that is in the result. `signal` cancels. At most one run at a time; a second throws `Failure('conflict')`.
   */
  run(statements: readonly RunStatement[], limits: RunLimits, signal?: AbortSignal): Promise<RunResult>
  /** Opens the next session's connection ahead of time, so that the next run need not wait for it. */
  warm(): Promise<void>
  /**
   * Opens a unix socket on which a program in a box reaches this sandbox as its own role, without a password. To be
   * closed before the sandbox is dropped. Throws where no socket can be made.
   */
  relay(limits: RelayLimits): Promise<Relay>
  /** Drops the database and its role. Never throws: where it cannot, the pod is killed. */
  drop(): Promise<void>
}

/**
 * Connections that every program with a relay can count on: ten, which Bun's `sql` opens at its first query and pools of
 * other languages in time, and two besides. So many relays a pod has room for, whose programs all have that many.
 */
export const relayConnectionsMax = 12
export const relaysPerPodMax = 8

/** How much may go through a relay. Every number is positive and finite. */
export interface RelayLimits {
  /** At most `relayConnectionsMax`. */
  connectionsMax: number
  /** The longest that one more waits for another one's end; then it is refused, as PostgreSQL does. */
  waitMs: number
  /** In both directions and over all connections; then they are cut. */
  bytesMax: number
  /** After this time it closes by itself. */
  timeoutMs: number
}

/** A way for programs to a sandbox. */
export interface Relay {
  /** For `BoxOptions.databaseSocket`. */
  socketPath: string
  /** Connections that are let in now. */
  readonly connections: number
  /** Cuts all connections and removes the socket. Idempotent. Never throws. */
  close(): Promise<void>
}

/** One statement to run. */
export interface RunStatement {
  text: string
  /** Where it begins in what the person wrote, in UTF-16 code units, so that error positions can be mapped back. */
  offset: number
}

/** Options of a new database in a pod. */
export interface DatabaseOptions {
  /** `shared` databases are made once for a pod; its roles may only select. */
  access: 'write' | 'read'
  /**
   * Runs may follow one another in one session, cleared in between (DISCARD ALL), which spares starting a server process
   * for each: for content whose author is trusted, never for people's answers. Otherwise each has a session of its own.
   */
  keepsSession?: boolean
}

/** A running pod. */
export interface Pod {
  readonly id: string
  readonly image: string
  readonly isolation: Isolation
  readonly limits: PodLimits
  /** Resolves when the pod is gone, whatever ended it. Never rejects. */
  readonly exited: Promise<void>
  /** Clones the template. Throws where the pod is gone or full. */
  createDatabase(options: DatabaseOptions): Promise<Database>
  usage(): Promise<PodUsage>
  /** Ends the pod and everything in it at once. Idempotent. */
  kill(): Promise<void>
}

/** Makes images and pods. */
export interface PodDriver {
  readonly name: 'local' | 'kubernetes'
  /** Whether pods are boxed: no network, no host files, bounded disk and memory. Without it `server` isolation is off. */
  readonly isBoxed: boolean
  /** The PostgreSQL version pods run, for example `18.4`. */
  readonly serverVersion: string
  /** The name an image of this recipe has, without building it. */
  imageHash(recipe: ImageRecipe): string
  findImage(hash: string): Promise<Image | null>
  /** Builds an image. A file that does not load is `Failure('invalid')` with file, line and the server's message. */
  buildImage(recipe: ImageRecipe, signal?: AbortSignal): Promise<Image>
  listImages(): Promise<Image[]>
  removeImage(hash: string): Promise<void>
  /** Whether the data of this image's pods is in memory, where it counts; else it is on disk. */
  keepsInMemory(image: Image): boolean
  startPod(image: Image, options: { isolation: Isolation; limits: PodLimits }): Promise<Pod>
  /** Ends what an earlier program left behind (found by a marker, never by a process id alone); returns how many. */
  reapOrphans(): Promise<number>
  /** Ends all pods. */
  stop(): Promise<void>
}
