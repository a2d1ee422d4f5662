/**
 * The kinds of failure. A `Failure` is something Podium can explain to a person; anything else that is thrown is a bug,
 * logged with its cause and answered without detail. What a learner's own SQL or code causes is never a Failure: it is
 * a value (see `RunResult`).
 */
export type FailureKind = 'missing' | 'forbidden' | 'conflict' | 'invalid' | 'exhausted' | 'unavailable'

/** Optional facts about a failure. */
export interface FailureOptions {
  /** What went wrong underneath. */
  cause?: unknown
  /** A stable, machine-readable code, for example `pool_full`. Defaults to the kind. */
  code?: string
  /** After how many seconds trying again makes sense (`Retry-After`). */
  retryAfterSeconds?: number
}

/** An error with a kind, a code and a sentence for a person. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly kind: FailureKind
  readonly code: string
  readonly retryAfterSeconds: number | undefined

  constructor(kind: FailureKind, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.kind = kind
    this.code = options.code ?? kind
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
