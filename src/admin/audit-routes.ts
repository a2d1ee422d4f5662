/** The page of the audit log. */
import { Elysia, t } from 'elysia'
import { AuditPage } from '../../views/admin/audit.tsx'
import { type Door, requestViewer } from '../accounts/request-viewer.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { listAudit } from '../store/audit.ts'
import { findUserByLogin } from '../store/users.ts'
import { requireRole } from './require-role.ts'

const rowsMax = 50
const searchField = t.Optional(t.String({ maxLength: 100, pattern: '^[^\\u0000]*$' }))

/** The route of /admin/audit. */
export function auditRoutes({ door }: { door: Door }) {
  return new Elysia().use(requestViewer(door)).get(
    '/admin/audit',
    async ({ request, viewer, csrf, query }) => {
      requireRole(viewer, 'admin')
      const { action = '', person = '', before = null } = query
      const user = person === '' ? null : await findUserByLogin(door.sql, person)
      const filter = { action: action || null, beforeId: before === null ? null : String(before), limit: rowsMax }
      const isNobody = person !== '' && user === null
      const found = isNobody ? [] : await listAudit(door.sql, { ...filter, userId: user?.id ?? null })
      const older = new URLSearchParams({ action, person, before: String(found.at(-1)?.id ?? '') })
      const nextPath = found.length < rowsMax ? null : `/admin/audit?${older}`
      const props = { page: pageProps(request, { viewer, csrf }), action, person, isNobody, nextPath }
      return htmlResponse(request, AuditPage({ ...props, rows: found.map(rowOf) }).toString())
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

function rowOf(row: Awaited<ReturnType<typeof listAudit>>[number]) {
  const detail = Object.entries(row.detail).map(([key, value]) => `${key}: ${value}`)
  return {
    at: row.at.toISOString(),
    actor: row.actorName ?? row.actorId ?? 'command line or nobody',
    action: row.action,
    subject: row.subjectName ?? row.subject,
    detail: detail.join(', '),
  }
}
