/** The account page and its forms. All of them work without scripts. */
import { Elysia, t } from 'elysia'
import { AccountPage, type AccountPageProps, type AccountPart } from '../../views/accounts/account.tsx'
import { DeletionPage } from '../../views/accounts/deletion.tsx'
import { Failure } from '../failure.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { statusOf } from '../http/status.ts'
import { listTokens } from '../store/tokens.ts'
import { getUser } from '../store/users.ts'
import { sendExport } from './export.ts'
import { formProblemOf } from './form-problem.ts'
import { paceSignIn } from './pace.ts'
import { type Door, emptyCookieLine, requestViewer } from './request-viewer.ts'
import { endSession, listBrowsers } from './sessions.ts'
import { makeToken, revokeToken } from './tokens.ts'
import { changePassword, changeProfile, deleteAccount } from './users.ts'
import type { Viewer } from './viewer.ts'

const csrfField = t.Optional(t.String())
const passwordField = t.String({ maxLength: 1024 })
const idBody = t.Object({ id: t.String({ maxLength: 64 }), csrf: csrfField })
const parts = ['profile', 'password', 'browsers', 'tokens'] as const

interface Context {
  request: Request
  viewer: Viewer | null
  csrf: string | null
}

/** Routes of /account. An API token opens none of them: what it may do is not to be widened by it. */
export function profileRoutes({ door, signUp }: { door: Door; signUp: 'open' | 'closed' }) {
  const page = async (context: Context, given: Partial<AccountPageProps> & { newToken?: string; status?: number }) => {
    const { request, viewer, csrf } = context
    const { newToken = null, status = 200, done = null, problem = null } = given
    const account = viewer === null || viewer.role === 'guest' ? null : await accountOf(door, viewer, newToken)
    const props = { page: pageProps(request, { viewer, csrf }), account, canRegister: signUp === 'open', done, problem }
    return htmlResponse(request, AccountPage(props).toString(), status)
  }
  const change = async (context: Context, part: AccountPart, work: (viewer: Viewer) => Promise<unknown>) => {
    try {
      await work(requireMember(context.viewer))
      return new Response(null, { status: 303, headers: { location: `/account?done=${part}` } })
    } catch (cause) {
      if (!(cause instanceof Failure) || cause.code === 'sign_in_needed') throw cause
      return await page(context, { problem: { part, message: cause.message }, status: statusOf(cause) })
    }
  }
  return new Elysia()
    .use(requestViewer(door))
    .get('/account', async (context) => {
      const done = parts.find((part) => part === context.query['done']) ?? null
      return await page(context, { done: context.viewer === null ? null : done })
    })
    .post(
      '/account/profile',
      async (context) => {
        const { displayName, email, isListed } = context.body
        const given = { displayName, email, isListed: isListed === 'yes' }
        return await change(context, 'profile', (viewer) => changeProfile(door.sql, { viewer, ...given }))
      },
      {
        body: t.Object({
          displayName: t.String({ maxLength: 300 }),
          email: t.String({ maxLength: 300 }),
          isListed: t.Optional(t.String()),
          csrf: csrfField,
        }),
      },
    )
    .post(
      '/account/password',
      async (context) =>
        await change(context, 'password', async (viewer) => {
          paceSignIn(context.request, viewer.userId)
          const { current, next } = context.body
          await changePassword(door.sql, { viewer, current, next, now: new Date() })
        }),
      { body: t.Object({ current: passwordField, next: passwordField, csrf: csrfField }) },
    )
    .post(
      '/account/ended-browsers',
      async (context) =>
        await change(context, 'browsers', (viewer) =>
          endSession(door.sql, { id: context.body.id, viewer, now: new Date() }),
        ),
      { body: idBody },
    )
    .post(
      '/account/revoked-tokens',
      async (context) =>
        await change(context, 'tokens', (viewer) =>
          revokeToken(door.sql, { id: context.body.id, viewer, now: new Date() }),
        ),
      { body: idBody },
    )
    .post(
      '/account/tokens',
      async (context) => {
        const { userId } = requireMember(context.viewer)
        const { label, days } = context.body
        try {
          const { token } = await makeToken(door.sql, { userId, label, days, actorId: userId, now: new Date() })
          return await page(context, { newToken: token })
        } catch (cause) {
          if (!(cause instanceof Failure)) throw cause
          return await page(context, { problem: { part: 'tokens', message: cause.message }, status: statusOf(cause) })
        }
      },
      { body: t.Object({ label: t.String({ maxLength: 300 }), days: t.Numeric(), csrf: csrfField }) },
    )
    .get('/account/export', ({ viewer }) => {
      const { userId } = requireMember(viewer)
      const headers = {
        'content-type': 'application/json',
        'content-disposition': 'attachment; filename="podium-my-data.json"',
        'cache-control': 'no-store',
      }
      return new Response(sendExport(door.sql, { userId }), { headers })
    })
    .get('/account/deletion', ({ request, viewer, csrf }) => {
      requireMember(viewer)
      return htmlResponse(
        request,
        DeletionPage({ page: pageProps(request, { viewer, csrf }), problem: null }).toString(),
      )
    })
    .post(
      '/account/deletion',
      async ({ request, body, viewer: someone, csrf }) => {
        const viewer = requireMember(someone)
        try {
          paceSignIn(request, viewer.userId)
          await deleteAccount(door.sql, { viewer, password: body.password, now: new Date() })
          return new Response(null, { status: 303, headers: { location: '/', 'set-cookie': emptyCookieLine } })
        } catch (cause) {
          if (!(cause instanceof Failure)) throw cause
          const props = { page: pageProps(request, { viewer, csrf }), problem: formProblemOf(cause) }
          return htmlResponse(request, DeletionPage(props).toString(), statusOf(cause))
        }
      },
      { body: t.Object({ password: passwordField, csrf: csrfField }) },
    )
}

/** Somebody with an account who came with a cookie. Throws `Failure('forbidden')` with code `sign_in_needed`. */
export function requireMember(viewer: Viewer | null): Viewer {
  if (viewer === null || viewer.role === 'guest' || viewer.sessionId === null) {
    throw new Failure('forbidden', 'Sign in with a browser for this.', { code: 'sign_in_needed' })
  }
  return viewer
}

async function accountOf(door: Door, viewer: Viewer, newToken: string | null): Promise<AccountPageProps['account']> {
  const [user, browsers, tokens] = await Promise.all([
    getUser(door.sql, viewer.userId),
    listBrowsers(door.sql, { viewer, now: new Date() }),
    listTokens(door.sql, viewer.userId),
  ])
  return {
    name: user.name ?? '',
    displayName: user.displayName,
    email: user.email,
    isListed: user.isListed,
    browsers: browsers.map(({ lastSeenAt, ...browser }) => ({ ...browser, lastSeenAt: lastSeenAt.toISOString() })),
    tokens: tokens.map(({ expiresAt, lastUsedAt, ...token }) => ({
      ...token,
      expiresAt: expiresAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    newToken,
  }
}
