/** The one table from a kind of failure to its HTTP status and to the words of a problem document. */
import { Failure, type FailureKind } from '../failure.ts'

const statusOfKind: Record<FailureKind, number> = {
  missing: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 422,
  exhausted: 429,
  unavailable: 503,
}

/** Exhaustion that is the house's, not that of who asks. */
const houseIsFull: ReadonlySet<string> = new Set(['pool_full', 'disk_low'])

/** The HTTP status of a failure. Where the house is full it is 503; other exhaustion is 429 (you asked too much). */
export function statusOf(failure: Failure): number {
  if (houseIsFull.has(failure.code)) return 503
  if (failure.code === 'sign_in_needed') return 401
  if (failure.code === 'internal') return 500
  return statusOfKind[failure.kind]
}

/** A problem document as RFC 9457 defines it, with Podium's own `code` and the request's id to quote. */
export interface Problem {
  type: 'about:blank'
  title: string
  status: number
  detail: string
  code: string
  request_id: string
}

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Sign in needed',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  421: 'Unknown host',
  422: 'Not valid',
  429: 'Too many',
  500: 'Internal error',
  503: 'Not available',
}

/** Describes a failure as a problem document. */
export function problemOf(failure: Failure, requestId: string, status = statusOf(failure)): Problem {
  return {
    type: 'about:blank',
    title: titles[status] ?? 'Error',
    status,
    detail: failure.message,
    code: failure.code,
    request_id: requestId,
  }
}

/** The answer to an API request that failed. */
export function problemResponse(failure: Failure, requestId: string): Response {
  const status = statusOf(failure)
  const headers = new Headers({ 'content-type': 'application/problem+json' })
  if (failure.retryAfterSeconds !== undefined) headers.set('retry-after', String(Math.ceil(failure.retryAfterSeconds)))
  return new Response(JSON.stringify(problemOf(failure, requestId, status)), { status, headers })
}

/** What a person is told about a bug: nothing of its inside, only the id under which the log has it. */
export const internalFailure = new Failure('unavailable', 'Something went wrong on Podium, not with what you did.', {
  code: 'internal',
})
