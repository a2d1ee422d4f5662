/** The API of accounts: registering, signing in, and who one is. */
import { Elysia, type Static, t } from 'elysia'
import type { Sql } from '../store/connect.ts'
import { getUser } from '../store/users.ts'
import { paceSignIn } from './pace.ts'
import { register } from './register.ts'
import { browserOf, cookieLine, type Door, pageToken, requestViewer, requireViewer } from './request-viewer.ts'
import type { SignedIn } from './sessions.ts'
import { signIn } from './sign-in.ts'
import type { Viewer } from './viewer.ts'

const nullableText = t.Union([t.String(), t.Null()])

const meSchema = t.Object({
  id: t.String(),
  role: t.Union([t.Literal('guest'), t.Literal('learner'), t.Literal('author'), t.Literal('admin')]),
  name: nullableText,
  display_name: nullableText,
  email: nullableText,
  is_listed: t.Boolean({ description: 'Whether the leaderboard may show this person' }),
  created_at: t.String({ format: 'date-time' }),
  csrf: t.Union([t.String(), t.Null()], {
    description: 'Send it as `x-csrf` with every change made with this cookie; null with an API token',
  }),
})

const credentials = t.Object({
  name: t.String({ maxLength: 300, description: 'The name, or the e-mail address' }),
  password: t.String({ maxLength: 1024 }),
})

const registration = t.Object({
  name: t.String({ maxLength: 300, description: '2 to 40 letters and digits, with . _ - between them' }),
  password: t.String({ maxLength: 1024, description: '10 to 200 characters' }),
  display_name: t.Optional(t.Union([t.String({ maxLength: 300 }), t.Null()])),
  email: t.Optional(t.Union([t.String({ maxLength: 300 }), t.Null()])),
})

/** Routes below /api/users. */
export function accountApiRoutes({ door, signUp }: { door: Door; signUp: 'open' | 'closed' }) {
  const letIn = async (signedIn: SignedIn, set: { headers: Record<string, unknown> }) => {
    set.headers['set-cookie'] = cookieLine(signedIn, door)
    return await meOf(door.sql, signedIn.viewer, pageToken(door, signedIn.viewer))
  }
  return new Elysia()
    .use(requestViewer(door))
    .post(
      '/api/users/register',
      async ({ body, viewer, request, set }) => {
        paceSignIn(request, body.name)
        const { name, password, display_name: displayName = null, email = null } = body
        const given = { name, password, displayName, email }
        const signedIn = await register(door.sql, {
          registration: given,
          signUp,
          viewer,
          browser: browserOf(request),
          now: new Date(),
        })
        set.status = 201
        return await letIn(signedIn, set)
      },
      {
        body: registration,
        response: { 201: meSchema },
        detail: { summary: 'Make an account and sign in; a guest keeps what they did', security: [] },
      },
    )
    .post(
      '/api/users/login',
      async ({ body, viewer, request, set }) => {
        paceSignIn(request, body.name)
        const { name: login, password } = body
        const options = { login, password, viewer, browser: browserOf(request), now: new Date() }
        return await letIn(await signIn(door.sql, options), set)
      },
      {
        body: credentials,
        response: { 200: meSchema },
        detail: { summary: 'Sign in: the answer sets the cookie', security: [] },
      },
    )
    .get('/api/users/me', async ({ viewer, csrf }) => await meOf(door.sql, requireViewer(viewer), csrf), {
      response: { 200: meSchema },
      detail: { summary: 'Who you are' },
    })
}

async function meOf(sql: Sql, { userId }: Viewer, csrf: string | null): Promise<Static<typeof meSchema>> {
  const { id, role, name, displayName, email, isListed, createdAt } = await getUser(sql, userId)
  const profile = { id, role, name, display_name: displayName, email, is_listed: isListed }
  return { ...profile, created_at: createdAt.toISOString(), csrf }
}
