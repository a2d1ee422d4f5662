/** Who a request is answered for: by cookie, by API token, or nobody yet; and the guard of every change. */
import { Elysia } from 'elysia'
import { Failure } from '../failure.ts'
import { addressKey } from '../http/client-address.ts'
import { assertNotForged, csrfToken } from '../http/csrf.ts'
import { requestFacts } from '../http/edge.ts'
import { noteViewer } from '../http/page.ts'
import { rateLimiter } from '../http/rate-limit.ts'
import type { Sql } from '../store/connect.ts'
import { welcomeGuest } from './guests.ts'
import { findViewerByCookie, type SignedIn } from './sessions.ts'
import { findViewerByToken } from './tokens.ts'
import type { Browser, Viewer } from './viewer.ts'

/** What recognising people needs. */
export interface Door {
  sql: Sql
  /** The key of the tokens against forged requests. */
  secret: string
  /** Whether visitors may work without an account. */
  guests: boolean
  /** Whether people reach this site by HTTPS: cookies are then sent no other way. */
  isSecure: boolean
}

/** The cookie that holds a session. */
export const sessionCookie = 'podium_session'

// A class of thirty behind one address opens the site in the same minute.
const guestRate = rateLimiter('guests', { burst: 200, perMinute: 100 })

/** Gives routes `viewer` and `csrf`, and refuses forged changes before it is asked what they mean. */
export function requestViewer(door: Door) {
  return new Elysia().derive({ as: 'scoped' }, async ({ request, cookie, body }) => {
    const viewer = await recognise(door, request, cookie[sessionCookie]?.value)
    const known = { viewer, csrf: pageToken(door, viewer) }
    noteViewer(request, known)
    assertNotForged(door.secret, {
      method: request.method,
      headers: request.headers,
      host: request.headers.get('host') ?? new URL(request.url).host,
      isFriendlyOrigin: requestFacts(request).isFriendlyOrigin,
      sessionId: viewer?.sessionId ?? null,
      fieldToken: csrfField(body),
    })
    return known
  })
}

/** The token that changes by this viewer's cookie must carry; null where no cookie speaks. */
export function pageToken(door: Pick<Door, 'secret'>, viewer: Viewer | null): string | null {
  return viewer?.sessionId == null ? null : csrfToken(door.secret, viewer.sessionId)
}

async function recognise(door: Door, request: Request, cookie: unknown): Promise<Viewer | null> {
  const now = new Date()
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1]
    const viewer = token === undefined ? null : await findViewerByToken(door.sql, { token, now })
    if (viewer === null)
      throw new Failure('forbidden', 'This API token is unknown or has expired.', { code: 'sign_in_needed' })
    return viewer
  }
  return typeof cookie === 'string' && cookie !== '' ? await findViewerByCookie(door.sql, { cookie, now }) : null
}

function csrfField(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('csrf' in body)) return null
  return typeof body.csrf === 'string' ? body.csrf : null
}

/** What the browser says of itself. */
export function browserOf(request: Request): Browser {
  return { userAgent: request.headers.get('user-agent') ?? '', address: requestFacts(request).address }
}

/** The `Set-Cookie` line that lets a browser in. */
export function cookieLine(
  { cookie, expiresAt }: Pick<SignedIn, 'cookie' | 'expiresAt'>,
  door: Pick<Door, 'isSecure'>,
): string {
  const secure = door.isSecure ? '; Secure' : ''
  return `${sessionCookie}=${cookie}; Path=/; HttpOnly; SameSite=Lax; Expires=${expiresAt.toUTCString()}${secure}`
}

/** The `Set-Cookie` line that forgets a browser. */
export const emptyCookieLine = `${sessionCookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`

/**
 * The viewer of something that must be kept: a visitor becomes a guest and gets a cookie. Throws `Failure('forbidden')`
 * with code `sign_in_needed` where guests are switched off.
 */
export async function viewerOrGuest(
  door: Door,
  {
    viewer,
    csrf,
    request,
    set,
  }: { viewer: Viewer | null; csrf: string | null; request: Request; set: { headers: Record<string, unknown> } },
): Promise<{ viewer: Viewer; csrf: string | null }> {
  if (viewer !== null && (viewer.role !== 'guest' || door.guests)) return { viewer, csrf }
  if (!door.guests) throw new Failure('forbidden', 'Sign in to work here.', { code: 'sign_in_needed' })
  const browser = browserOf(request)
  guestRate.take(addressKey(browser.address))
  const guest = await welcomeGuest(door.sql, { browser, now: new Date() })
  set.headers['set-cookie'] = cookieLine(guest, door)
  return { viewer: guest.viewer, csrf: pageToken(door, guest.viewer) }
}

/** The viewer of a request that makes no sense without one. */
export function requireViewer(viewer: Viewer | null): Viewer {
  if (viewer === null) throw new Failure('forbidden', 'Sign in, or send an API token.', { code: 'sign_in_needed' })
  return viewer
}
