/** Signing in and out, registering, and the links that work once. */
import { Elysia, t } from 'elysia'
import { type AccountFormProps, SignInPage } from '../../views/accounts/sign-in.tsx'
import { Failure } from '../failure.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { statusOf } from '../http/status.ts'
import { formProblemOf } from './form-problem.ts'
import { ownPath } from './own-path.ts'
import { paceSignIn } from './pace.ts'
import { register } from './register.ts'
import { browserOf, cookieLine, type Door, emptyCookieLine, requestViewer } from './request-viewer.ts'
import { type SignedIn, signOut } from './sessions.ts'
import { signIn } from './sign-in.ts'
import type { Viewer } from './viewer.ts'

/** What the account pages need. */
export interface AccountParts {
  door: Door
  signUp: 'open' | 'closed'
}

const credentials = t.Object({
  name: t.String({ maxLength: 300 }),
  password: t.String({ maxLength: 1024 }),
  next: t.Optional(t.String({ maxLength: 2000 })),
  csrf: t.Optional(t.String()),
})

/** Routes of /sign-in, /register, /sessions, /users and /sign-out. Where sign-up is closed, there is no form to register. */
export function accountRoutes({ door, signUp }: AccountParts) {
  const registering = signUp === 'open' ? ('register' as const) : ('sign-in' as const)
  const form = (request: Request, viewer: Viewer | null, csrf: string | null, given: Partial<AccountFormProps>) =>
    SignInPage({
      page: pageProps(request, { viewer, csrf }),
      mode: 'sign-in',
      canRegister: signUp === 'open',
      canBeGuest: door.guests,
      name: '',
      problem: null,
      next: '/',
      ...given,
    }).toString()

  return new Elysia()
    .use(requestViewer(door))
    .get('/sign-in', ({ request, query, viewer, csrf }) =>
      htmlResponse(request, form(request, viewer, csrf, { next: ownPath(query['next']) })),
    )
    .get('/register', ({ request, query, viewer, csrf }) =>
      htmlResponse(request, form(request, viewer, csrf, { mode: registering, next: ownPath(query['next']) })),
    )
    .post(
      '/sessions',
      async ({ request, body, viewer, csrf }) => {
        const { name, password } = body
        const next = ownPath(body.next)
        try {
          paceSignIn(request, name)
          const options = { login: name, password, viewer, browser: browserOf(request), now: new Date() }
          return letIn(await signIn(door.sql, options), door, next)
        } catch (cause) {
          if (!(cause instanceof Failure)) throw cause
          const props = { mode: 'sign-in' as const, name, next, problem: formProblemOf(cause) }
          return htmlResponse(request, form(request, viewer, csrf, props), statusOf(cause))
        }
      },
      { body: credentials },
    )
    .post(
      '/users',
      async ({ request, body, viewer, csrf }) => {
        const { name, password } = body
        const next = ownPath(body.next)
        try {
          paceSignIn(request, name)
          const options = {
            registration: { name, password },
            signUp,
            viewer,
            browser: browserOf(request),
            now: new Date(),
          }
          return letIn(await register(door.sql, options), door, next)
        } catch (cause) {
          if (!(cause instanceof Failure)) throw cause
          const props = { mode: registering, name, next, problem: formProblemOf(cause) }
          return htmlResponse(request, form(request, viewer, csrf, props), statusOf(cause))
        }
      },
      { body: credentials },
    )
    .post('/sign-out', async ({ viewer }) => {
      if (viewer !== null) await signOut(door.sql, { viewer, now: new Date() })
      return new Response(null, { status: 303, headers: { location: '/', 'set-cookie': emptyCookieLine } })
    })
}

function letIn(signedIn: SignedIn, door: Door, next: string): Response {
  return new Response(null, { status: 303, headers: { location: next, 'set-cookie': cookieLine(signedIn, door) } })
}
