/**
 * Protection of every change against forged requests: the browser must say that the request comes from this site, and
 * where a session cookie speaks, the page's token must come with it. A token of one session is worth nothing in another.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Failure } from '../failure.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Makes the token that belongs to a session. */
export function csrfToken(secret: string, sessionId: string): string {
  return createHmac('sha256', secret).update(`csrf:${sessionId}`).digest('base64url')
}

/** What `assertNotForged` needs to know of a request. */
export interface ChangeRequest {
  method: string
  headers: Headers
  /** The host this request was addressed to, with its port. */
  host: string
  /** Whether it comes from another site whose scripts may ask. */
  isFriendlyOrigin: boolean
  /** The session that its cookie names, or null where none does (a bearer token, or nobody yet). */
  sessionId: string | null
  /** The token in a form's hidden field. */
  fieldToken: string | null
}

/** Throws `Failure('forbidden')` where a change may come from another site. */
export function assertNotForged(secret: string, request: ChangeRequest): void {
  if (safeMethods.has(request.method)) return
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const isCrossSite =
    site !== null ? site !== 'same-origin' && site !== 'none' : origin !== null && !isSameHost(origin, request.host)
  if (isCrossSite && !request.isFriendlyOrigin) throw forged('This request came from another site.')
  if (request.sessionId === null) return
  const given = request.headers.get('x-csrf') ?? request.fieldToken ?? ''
  if (!isEqual(given, csrfToken(secret, request.sessionId))) {
    throw forged('This page is out of date. Load it again, then repeat what you did; what you wrote is saved.')
  }
}

function forged(message: string): Failure {
  return new Failure('forbidden', message, { code: 'csrf' })
}

function isSameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}

function isEqual(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
