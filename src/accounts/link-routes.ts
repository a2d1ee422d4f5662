/** The page of a link that works once: it makes the first administrator, or lets somebody choose a new password. */
import { Elysia, t } from 'elysia'
import { LinkPage, type LinkPageProps } from '../../views/accounts/link.tsx'
import { Failure } from '../failure.ts'
import { addressKey } from '../http/client-address.ts'
import { htmlResponse, requestFacts } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { rateLimiter } from '../http/rate-limit.ts'
import { statusOf } from '../http/status.ts'
import { formProblemOf } from './form-problem.ts'
import { becomeAdministrator, choosePassword, findLinkPurpose, linkUsed } from './links.ts'
import { browserOf, cookieLine, type Door, requestViewer } from './request-viewer.ts'

/** The longest secret that is looked at. */
const keyLengthMax = 200

const linkBody = t.Object({
  key: t.String({ maxLength: keyLengthMax }),
  name: t.Optional(t.String({ maxLength: 300 })),
  password: t.String({ maxLength: 1024 }),
  csrf: t.Optional(t.String()),
})

/** Routes of /links. The secret travels in the query and in the form: paths are logged. */
export function linkRoutes({ door }: { door: Door }) {
  const rate = rateLimiter('links', { burst: 30, perMinute: 10 })
  const page = (request: Request, csrf: string | null, given: Omit<LinkPageProps, 'page'>) =>
    LinkPage({ page: pageProps(request, { viewer: null, csrf }), ...given }).toString()

  return new Elysia()
    .use(requestViewer(door))
    .get(
      '/links',
      async ({ request, query, csrf }) => {
        const purpose = await findLinkPurpose(door.sql, { secret: query.key, now: new Date() })
        if (purpose === null) throw linkUsed()
        return htmlResponse(request, page(request, csrf, { purpose, key: query.key, name: '', problem: null }))
      },
      { query: t.Object({ key: t.String({ maxLength: keyLengthMax }) }) },
    )
    .post(
      '/links',
      async ({ request, body, csrf }) => {
        rate.take(addressKey(requestFacts(request).address))
        const { key, name = '', password } = body
        const now = new Date()
        const purpose = await findLinkPurpose(door.sql, { secret: key, now })
        if (purpose === null) throw linkUsed()
        const given = { secret: key, password, browser: browserOf(request), now }
        try {
          const signedIn = await (purpose === 'admin'
            ? becomeAdministrator(door.sql, { ...given, name })
            : choosePassword(door.sql, given))
          const location = purpose === 'admin' ? '/admin' : '/account'
          return new Response(null, { status: 303, headers: { location, 'set-cookie': cookieLine(signedIn, door) } })
        } catch (cause) {
          if (!(cause instanceof Failure)) throw cause
          const problem = formProblemOf(cause)
          return htmlResponse(request, page(request, csrf, { purpose, key, name, problem }), statusOf(cause))
        }
      },
      { body: linkBody },
    )
}
