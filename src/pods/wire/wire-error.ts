/** Why a connection to a sandbox's server failed or ended. */

/**
 * `refused`: nothing listens there. `authentication`: the server did not take the secret, or did not prove that it knows
 * it. `starting`: it listens, but is not ready yet. `budget`: it sent more than allowed. `protocol`: it said something
 * that makes no sense. `closed`: the connection ended. `timeout`: it did not answer in time.
 */
export type WireErrorReason = 'refused' | 'authentication' | 'starting' | 'budget' | 'protocol' | 'closed' | 'timeout'

/** A broken connection. What the server says about a statement is not one: that is a `ServerError`. */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly reason: WireErrorReason

  constructor(reason: WireErrorReason, message: string) {
    super(message)
    this.reason = reason
  }
}

/** An error that the server reported about a statement of Podium's own. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  /** SQLSTATE. */
  readonly code: string
  readonly fields: ReadonlyMap<string, string>

  constructor(fields: ReadonlyMap<string, string>) {
    super(fields.get('M') ?? 'The server reported an error')
    this.code = fields.get('C') ?? 'XX000'
    this.fields = fields
  }
}
