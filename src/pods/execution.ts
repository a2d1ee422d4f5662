/**
 * What an execution box is: the one interface between Podium and the place where people's programs run. A box is used
 * once: it is started, perhaps waits ready, runs one job, and is gone with everything in it. The `local` driver makes
 * boxes with bubblewrap on this machine. Nothing in this folder knows what an exercise or a language is.
 *
 * What comes out of a box is untrusted: bytes of a bounded number, and nothing else. Nobody outside opens a path in it.
 */

/** A file that goes into a box, below its workspace. */
export interface BoxFile {
  /** Relative, with forward slashes, without `..`, empty parts or NUL; at most 4096 bytes. */
  path: string
  content: Uint8Array
  isExecutable?: boolean
}

/** Something of this machine that is shown inside a box, read-only. */
export interface BoxBind {
  /** On this machine, absolute. */
  from: string
  /** Inside the box, absolute. */
  to: string
}

/** The programs that a box offers: what may run in it and what of this machine it shows. Plain data. */
export interface BoxRuntime {
  /** For example `python-3.11`; boxes of equal keys are interchangeable. */
  key: string
  /** A root filesystem on this machine; null: the system directories of this machine (`/usr`, `/lib`, …), read-only. */
  root: string | null
  binds: readonly BoxBind[]
  env: Readonly<Record<string, string>>
  /**
   * A program that is started before anyone asks, with its interpreter loaded, and takes over the job when it comes
   * (see `warm.ts` for what it is told); null: the job's command is started afresh in the waiting box.
   */
  warm: { argv: readonly string[] } | null
  /** Whether memory is bounded by the address space too; false for runtimes that reserve gigabytes (Node, Java, Go). */
  boundsAddressSpace: boolean
}

/** What a job may take. Every number is positive and finite: no limit means "unlimited". */
export interface ExecutionLimits {
  /** From the job's start to its end. */
  wallMs: number
  /** Processor time of all processes. */
  cpuMs: number
  /** Memory of all processes together, files in the box included. */
  memoryBytesMax: number
  processesMax: number
  openFilesMax: number
  /** The largest file. */
  fileBytesMax: number
  /** All files of the box together. */
  diskBytesMax: number
  /** Files and folders of the box together. */
  filesMax: number
  /** Standard output, standard error and the channel, each. */
  outputBytesMax: number
}

/** The names of the limits, as results and settings have them. */
export type LimitName = keyof ExecutionLimits

/** What is to be done in a box. */
export interface Job {
  /** The command; argv, never a shell line. `argv[0]` is absolute or found in the box's PATH. */
  argv: readonly string[]
  /** Added to the runtime's. */
  env: Readonly<Record<string, string>>
  /** Unpacked in order into the workspace, `/work`, before the command starts there. */
  files: readonly BoxFile[]
  /** An archive that another box gave (`ExecutionResult.archive`), unpacked before `files`. */
  archive: Uint8Array | null
  /** All of standard input, or what comes bit by bit; the end of it is the end of standard input. */
  stdin: Uint8Array | AsyncIterable<Uint8Array>
  limits: ExecutionLimits
  /** Opens file descriptor 3 for the command to write to: results that must not mix with its output. */
  hasChannel: boolean
  /** Returns the workspace as it is after every process of the job has ended. */
  archives: boolean
}

/**
 * How a job ended. `limit`: one was hit, `ExecutionResult.limit` says which. `lost`: the box went away for no fault of
 * the job; nothing is known of it.
 */
export type ExecutionEnd = 'exited' | 'signalled' | 'limit' | 'cancelled' | 'lost'

/** What a job came to. Everything in it is untrusted. */
export interface ExecutionResult {
  end: ExecutionEnd
  /** Of the command; null unless it `exited`. */
  exitCode: number | null
  /** For example `SIGSEGV`; null unless it was `signalled`. */
  signal: string | null
  /** The limit that was hit and its value; null unless `end` is `limit`. */
  limit: { name: LimitName; value: number } | null
  /** At most `outputBytesMax` each. */
  stdout: Uint8Array
  stderr: Uint8Array
  /** What was written to file descriptor 3; empty without a channel. */
  channel: Uint8Array
  /** The workspace afterwards, to be unpacked in another box only; null where it was not asked for or is too large. */
  archive: Uint8Array | null
  wallMs: number
  cpuMs: number
  /**
   * The most that was seen, what a warm program held before the job came included; a lower bound where the kernel does not
   * count it.
   */
  memoryBytesPeak: number
}

/** Who listens to a job while it runs. */
export interface JobListener {
  /** Called with each piece as it comes, within `outputBytesMax`. */
  onOutput?(stream: 'stdout' | 'stderr', bytes: Uint8Array): void
  /** Cancels: the box is killed at once. */
  signal?: AbortSignal
}

/** A box that waits for its one job. */
export interface ExecutionBox {
  readonly id: string
  /** The runtime's key. */
  readonly runtime: string
  /** Resolves when the box is gone, whatever ended it. Never rejects. */
  readonly exited: Promise<void>
  /** Runs the box's only job; the box is gone afterwards. Never throws for what the job does. */
  run(job: Job, listener?: JobListener): Promise<ExecutionResult>
  /** Ends the box and everything in it at once. Idempotent. Resolves when nothing of it is left. */
  kill(): Promise<void>
}

/** How a box is made. */
export interface BoxOptions {
  /** The most that its job may take. */
  limits: ExecutionLimits
  /** A unix socket of this machine that is shown inside as `/run/podium/.s.PGSQL.5432`; null: none. */
  databaseSocket: string | null
}

/** Makes boxes. */
export interface ExecutionDriver {
  readonly name: 'local' | 'kubernetes'
  /** Why programs can't be run here, as a sentence with the mend; null where they can. */
  readonly problem: string | null
  /** Starts a box that can take any job up to its limits. Throws where it does not start. */
  startBox(runtime: BoxRuntime, options: BoxOptions): Promise<ExecutionBox>
  /** What all boxes use now. */
  usage(): Promise<{ memoryBytes: number; processes: number; boxes: number }>
  /** Ends what an earlier program left behind; returns how many. */
  reapOrphans(): Promise<number>
  /** Ends all boxes. */
  stop(): Promise<void>
}
