/** People with accounts: finding them, their roles, and links for a new password. */
import { Elysia, t } from 'elysia'
import { PeoplePage, type PeopleProps } from '../../views/admin/people.tsx'
import { makePasswordLink } from '../accounts/links.ts'
import { type Door, requestViewer } from '../accounts/request-viewer.ts'
import { changeRole } from '../accounts/users.ts'
import type { Viewer } from '../accounts/viewer.ts'
import { Failure } from '../failure.ts'
import { htmlResponse } from '../http/edge.ts'
import type { Listening } from '../http/host.ts'
import { pageProps } from '../http/page.ts'
import { statusOf } from '../http/status.ts'
import { getUser, listUsers } from '../store/users.ts'
import { requireRole } from './require-role.ts'

/** What these pages need. */
export interface PeopleParts {
  door: Door
  signUp: 'open' | 'closed'
  edge: { listening: () => Listening }
}

const rowsMax = 50
const offsetMax = 10_000_000
const csrfField = t.Optional(t.String())
const idField = t.String({ maxLength: 64 })
/** Where in the list somebody is, so that a change leads back to the same page of it. */
const place = {
  q: t.Optional(t.String({ maxLength: 100, pattern: '^[^\\u0000]*$' })),
  offset: t.Optional(t.Integer({ minimum: 0, maximum: offsetMax })),
}
const formPlace = { q: place.q, offset: t.Optional(t.Numeric({ minimum: 0, maximum: offsetMax })) }

/** Routes of /admin/people, /admin/roles and /admin/password-links. */
export function peopleRoutes(parts: PeopleParts) {
  const { sql } = parts.door
  return new Elysia()
    .use(requestViewer(parts.door))
    .get(
      '/admin/people',
      async (context) => {
        requireRole(context.viewer, 'admin')
        const done = context.query.done === 'role' ? 'Role saved.' : null
        return await peoplePage(parts, context, { done, ...placeOf(context.query) })
      },
      { query: t.Object({ ...place, done: t.Optional(t.String()) }) },
    )
    .post(
      '/admin/roles',
      async (context) => {
        const { userId: actorId } = requireRole(context.viewer, 'admin')
        const { id, role } = context.body
        const found = placeOf(context.body)
        try {
          await changeRole(sql, { userId: id, role, actorId, now: new Date() })
          return new Response(null, { status: 303, headers: { location: addressOf(found, { done: 'role' }) } })
        } catch (cause) {
          if (!(cause instanceof Failure)) throw cause
          return await peoplePage(parts, context, { problem: cause.message, status: statusOf(cause), ...found })
        }
      },
      {
        body: t.Object({
          ...formPlace,
          id: idField,
          role: t.Union([t.Literal('learner'), t.Literal('author'), t.Literal('admin')]),
          csrf: csrfField,
        }),
      },
    )
    .post(
      '/admin/password-links',
      async (context) => {
        const { userId: actorId } = requireRole(context.viewer, 'admin')
        const { id } = context.body
        const user = await getUser(sql, id)
        const secret = await makePasswordLink(sql, { userId: id, actorId, now: new Date() })
        const { baseUrl } = parts.edge.listening()
        const address = `${baseUrl ?? new URL(context.request.url).origin}/links?key=${secret}`
        const link = { name: user.name ?? '', address }
        return await peoplePage(parts, context, { link, ...placeOf(context.body) })
      },
      { body: t.Object({ ...formPlace, id: idField, csrf: csrfField }) },
    )
}

interface Place {
  search: string
  offset: number
}

function placeOf({ q = '', offset = 0 }: { q?: string | undefined; offset?: number | undefined }): Place {
  return { search: q, offset }
}

/** The address of a page of the list; what is not said is left out of it. */
function addressOf({ search, offset }: Place, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    ...(search === '' ? {} : { q: search }),
    ...(offset === 0 ? {} : { offset: String(offset) }),
    ...more,
  }).toString()
  return query === '' ? '/admin/people' : `/admin/people?${query}`
}

interface PeopleContext {
  request: Request
  viewer: Viewer | null
  csrf: string | null
}

async function peoplePage(
  { door, signUp }: PeopleParts,
  { request, viewer, csrf }: PeopleContext,
  given: Partial<Pick<PeopleProps, 'done' | 'problem' | 'link'>> & Place & { status?: number },
): Promise<Response> {
  const { search, offset, status = 200, done = null, problem = null, link = null } = given
  // One more than is shown tells whether there is a next page.
  const found = await listUsers(door.sql, { search, offset, limit: rowsMax + 1 })
  const people = found.slice(0, rowsMax).map(({ id, name, displayName, email, role, lastSeenAt }) => {
    return { id, name: name ?? '', displayName, email, role, lastSeenAt: lastSeenAt.toISOString() }
  })
  const nextPath = found.length > rowsMax ? addressOf({ search, offset: offset + rowsMax }) : null
  const previousPath = offset > 0 ? addressOf({ search, offset: Math.max(0, offset - rowsMax) }) : null
  const page = pageProps(request, { viewer, csrf })
  const props = {
    page,
    canRegister: signUp === 'open',
    search,
    offset,
    people,
    nextPath,
    previousPath,
    done,
    problem,
    link,
  }
  return htmlResponse(request, PeoplePage(props).toString(), status)
}
