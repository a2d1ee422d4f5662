/** Refusals that stock and pool share. */
import { Failure } from '../failure.ts'

/** Whether something was refused for want of room. */
export function isExhausted(cause: unknown): boolean {
  return cause instanceof Failure && cause.kind === 'exhausted'
}

/** The refusal where a sandbox could not be had in time. */
export function claimTimeout(): Failure {
  return new Failure('unavailable', 'Your sandbox is not ready yet; try again in a moment', {
    code: 'claim_timeout',
    retryAfterSeconds: 5,
  })
}
