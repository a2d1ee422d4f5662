/** The pages for administrators; authors see the problems of the catalogue. */
import { Elysia, t } from 'elysia'
import { HealthPage } from '../../views/admin/health.tsx'
import { AuditPage, PeoplePage, type PeopleProps, ProblemsPage, SandboxesPage } from '../../views/admin/lists.tsx'
import { makePasswordLink } from '../accounts/links.ts'
import { type Door, requestViewer } from '../accounts/request-viewer.ts'
import { changeRole } from '../accounts/users.ts'
import type { Viewer } from '../accounts/viewer.ts'
import type { LiveCatalog } from '../catalog/live-catalog.ts'
import { Failure } from '../failure.ts'
import { htmlResponse } from '../http/edge.ts'
import type { Listening } from '../http/host.ts'
import { pageProps } from '../http/page.ts'
import { statusOf } from '../http/status.ts'
import type { DatabasePool } from '../sandboxes/create-pool.ts'
import type { StatementQueue } from '../sandboxes/statements.ts'
import { listAudit } from '../store/audit.ts'
import { findUser, findUserByLogin, getUser, listUsers } from '../store/users.ts'
import { requireRole } from './require-role.ts'
import { endSandbox } from './sandboxes.ts'

/** What administration needs. */
export interface AdminParts {
  door: Door
  library: LiveCatalog
  pool: DatabasePool
  bench: { queue: StatementQueue }
  isBoxed: boolean
  edge: { listening: () => Listening }
}

const rowsMax = 50
const csrfField = t.Optional(t.String())
const idField = t.String({ maxLength: 64 })
const searchField = t.Optional(t.String({ maxLength: 100, pattern: '^[^\\u0000]*$' }))

/** Routes of /admin. */
export function adminRoutes(parts: AdminParts) {
  const { door, library, pool, bench } = parts
  const { sql } = door
  return new Elysia()
    .use(requestViewer(door))
    .get('/admin', async ({ request, viewer, csrf }) => {
      requireRole(viewer, 'admin')
      const { slots, claims, leases, pods, ...status } = pool.status()
      const { memoryBytes, diskBytes } = await pool.usage()
      const props = {
        page: pageProps(request, { viewer, csrf }),
        isBoxed: parts.isBoxed,
        ready: slots.ready,
        inUse: leases.length,
        grading: status.grading,
        sandboxesMax: status.sandboxesMax,
        ...bench.queue.load,
        hitRatio: status.hitRatio,
        claims: [
          { what: 'Claim of a ready sandbox', ...claims.hit },
          { what: 'Claim that waited for a clone', ...claims.miss },
        ],
        memoryBytes,
        diskBytes,
        images: status.images,
        pods: pods.map((pod) => ({ ...pod, id: pod.id ?? 'starting', image: pod.imageHash.slice(0, 12) })),
        catalogueProblems: library.current().problems.length,
      }
      return htmlResponse(request, HealthPage(props).toString())
    })
    .get('/admin/catalogue', ({ request, viewer, csrf }) => {
      requireRole(viewer, 'author')
      const page = pageProps(request, { viewer, csrf })
      return htmlResponse(request, ProblemsPage({ page, problems: library.current().problems }).toString())
    })
    .get(
      '/admin/people',
      async (context) => {
        requireRole(context.viewer, 'admin')
        const done = context.query.done === 'role' ? 'Role stored.' : null
        return await peoplePage(parts, context, {
          done,
          search: context.query.q ?? '',
          offset: context.query.offset ?? 0,
        })
      },
      {
        query: t.Object({
          q: searchField,
          offset: t.Optional(t.Integer({ minimum: 0, maximum: 10_000_000 })),
          done: t.Optional(t.String()),
        }),
      },
    )
    .post(
      '/admin/roles',
      async (context) => {
        const { userId: actorId } = requireRole(context.viewer, 'admin')
        const { id, role } = context.body
        try {
          await changeRole(sql, { userId: id, role, actorId, now: new Date() })
          return new Response(null, { status: 303, headers: { location: '/admin/people?done=role' } })
        } catch (cause) {
          if (!(cause instanceof Failure)) throw cause
          return await peoplePage(parts, context, { problem: cause.message, status: statusOf(cause) })
        }
      },
      {
        body: t.Object({
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
        return await peoplePage(parts, context, { link: { name: user.name ?? '', address } })
      },
      { body: t.Object({ id: idField, csrf: csrfField }) },
    )
    .get('/admin/sandboxes', async ({ request, viewer, csrf, query }) => {
      requireRole(viewer, 'admin')
      const sandboxes = await Promise.all(
        pool
          .status()
          .leases.slice(0, 500)
          .map((lease) => sandboxRow(door, lease)),
      )
      const page = pageProps(request, { viewer, csrf })
      return htmlResponse(request, SandboxesPage({ page, isDone: query['done'] === 'yes', sandboxes }).toString())
    })
    .post(
      '/admin/ended-sandboxes',
      async ({ viewer, body }) => {
        await endSandbox({ sql, pool }, { id: body.id, viewer, now: new Date() })
        return new Response(null, { status: 303, headers: { location: '/admin/sandboxes?done=yes' } })
      },
      { body: t.Object({ id: idField, csrf: csrfField }) },
    )
    .get(
      '/admin/audit',
      async ({ request, viewer, csrf, query }) => {
        requireRole(viewer, 'admin')
        const { action = '', person = '', before = null } = query
        const user = person === '' ? null : await findUserByLogin(sql, person)
        const filter = { action: action || null, beforeId: before === null ? null : String(before), limit: rowsMax }
        const isNobody = person !== '' && user === null
        const found = isNobody ? [] : await listAudit(sql, { ...filter, userId: user?.id ?? null })
        const rows = found.map((row) => ({
          at: row.at.toISOString(),
          actor: row.actorName ?? row.actorId ?? 'command line or nobody',
          action: row.action,
          subject: row.subjectName ?? row.subject,
          detail: Object.entries(row.detail)
            .map(([key, value]) => `${key}: ${value}`)
            .join(', '),
        }))
        const older = new URLSearchParams({ action, person, before: String(found.at(-1)?.id ?? '') })
        const nextPath = found.length < rowsMax ? null : `/admin/audit?${older}`
        const page = pageProps(request, { viewer, csrf })
        return htmlResponse(request, AuditPage({ page, action, person, rows, nextPath }).toString())
      },
      {
        query: t.Object({
          action: searchField,
          person: searchField,
          before: t.Optional(t.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
        }),
      },
    )
}

interface PeopleContext {
  request: Request
  viewer: Viewer | null
  csrf: string | null
}

async function peoplePage(
  { door }: AdminParts,
  { request, viewer, csrf }: PeopleContext,
  given: Partial<PeopleProps> & { offset?: number; status?: number },
): Promise<Response> {
  const { search = '', offset = 0, status = 200, done = null, problem = null, link = null } = given
  const found = await listUsers(door.sql, { search, offset, limit: rowsMax })
  const people = found.map(({ id, name, displayName, role, lastSeenAt }) => {
    return { id, name: name ?? '', displayName, role, lastSeenAt: lastSeenAt.toISOString() }
  })
  const next = new URLSearchParams({ q: search, offset: String(offset + rowsMax) })
  const nextPath = found.length < rowsMax ? null : `/admin/people?${next}`
  const page = pageProps(request, { viewer, csrf })
  return htmlResponse(request, PeoplePage({ page, search, people, nextPath, done, problem, link }).toString(), status)
}

async function sandboxRow(door: Door, lease: ReturnType<DatabasePool['status']>['leases'][number]) {
  const user = await findUser(door.sql, lease.holder.personId)
  return {
    id: lease.id,
    sandbox: lease.sandboxId,
    pod: lease.podId,
    who: user?.name ?? 'Guest',
    purpose: lease.purpose,
    createdAt: new Date(lease.createdAtMs).toISOString(),
    expiresAt: new Date(lease.expiresAtMs).toISOString(),
    isBusy: lease.isBusy,
  }
}
