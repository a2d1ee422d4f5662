/** The pages for administrators; authors see the problems of the catalogue. */
import { Elysia } from 'elysia'
import { HealthPage } from '../../views/admin/health.tsx'
import { ProblemsPage } from '../../views/admin/problems.tsx'
import { requestViewer } from '../accounts/request-viewer.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { auditRoutes } from './audit-routes.ts'
import { type HealthSources, healthOf } from './health.ts'
import { type PeopleParts, peopleRoutes } from './people-routes.ts'
import { reportOf } from './report.ts'
import { requireRole } from './require-role.ts'
import { type SandboxParts, sandboxRoutes } from './sandbox-routes.ts'

/** What administration needs. */
export interface AdminParts extends PeopleParts, SandboxParts, HealthSources {
  serverVersion: string
}

/** Routes of /admin. */
export function adminRoutes(parts: AdminParts) {
  return new Elysia()
    .use(requestViewer(parts.door))
    .get('/admin', async ({ request, viewer, csrf }) => {
      requireRole(viewer, 'admin')
      const health = await healthOf(parts)
      const page = pageProps(request, { viewer, csrf })
      return htmlResponse(request, HealthPage({ page, ...health, report: reportOf(health, parts) }).toString())
    })
    .get('/admin/report', async ({ viewer }) => {
      requireRole(viewer, 'admin')
      const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
      return new Response(reportOf(await healthOf(parts), parts), { headers })
    })
    .get('/admin/catalogue', ({ request, viewer, csrf }) => {
      requireRole(viewer, 'author')
      const page = pageProps(request, { viewer, csrf })
      const { problems } = parts.library.current('all')
      return htmlResponse(request, ProblemsPage({ page, problems }).toString())
    })
    .use(peopleRoutes(parts))
    .use(sandboxRoutes(parts))
    .use(auditRoutes(parts))
}
