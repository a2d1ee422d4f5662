/** What a run is given and what comes back from it: plain values, the same for every driver. */

/** A column of a result. */
export interface Column {
  name: string
  /** PostgreSQL's short name of the type, for example `int8`, `numeric`, `text`, `_int4`. */
  type: string
}

/** A value as PostgreSQL writes it; `null` is NULL. */
export type Cell = string | null

/** A notice, warning or other message that the server sent on the side. */
export interface Notice {
  severity: string
  message: string
  detail: string | null
  hint: string | null
}

/** An error as PostgreSQL gives it. */
export interface SqlError {
  /** SQLSTATE, for example `42703`. */
  code: string
  message: string
  detail: string | null
  hint: string | null
  /** Zero-based position in the whole text the person wrote, in UTF-16 code units; null where PostgreSQL names none. */
  position: number | null
}

/** One statement's outcome. */
export interface StatementResult {
  text: string
  offset: number
  /** The command tag's word, for example `SELECT`, `INSERT`, `CREATE TABLE`; empty where it failed. */
  command: string
  columns: Column[]
  rows: Cell[][]
  /** Rows that the statement returned or changed, as its command tag says; null where it has no count. */
  rowCount: number | null
  /** Set where not every row was kept. */
  truncatedBy: 'rows' | 'bytes' | null
  notices: Notice[]
  /** From sending the statement to its last kept row. */
  durationMs: number
  error: SqlError | null
}

/**
 * How a run ended. `lost`: the pod went away; the sandbox is gone. After `disk_limit` the sandbox may be gone too (the next
 * run says `lost`): where a pod has no room left, the one that took it is given up for its neighbours.
 */
export type RunEnd =
  | 'completed'
  | 'error'
  | 'time_limit'
  | 'memory_limit'
  | 'disk_limit'
  | 'output_limit'
  | 'cancelled'
  | 'lost'

/** A whole run's outcome. */
export interface RunResult {
  statements: StatementResult[]
  end: RunEnd
  /** A transaction was still open at the end and has been rolled back. */
  isRolledBack: boolean
  durationMs: number
}

/** What a run may take. Every number is positive and finite. */
export interface RunLimits {
  timeoutMs: number
  /** Rows kept of each statement. */
  rowsMax: number
  /** Bytes taken from the server over the whole run, counted on the socket. */
  bytesMax: number
  /** Longest single value kept, in bytes; a longer one is cut and the statement marked truncated. */
  cellBytesMax: number
}
