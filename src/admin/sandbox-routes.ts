/** Live sandboxes: who holds which, and ending one after a question. */
import { Elysia, t } from 'elysia'
import { EndingPage, SandboxesPage } from '../../views/admin/sandboxes.tsx'
import { type Door, requestViewer } from '../accounts/request-viewer.ts'
import type { LiveCatalog } from '../catalog/live-catalog.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import type { DatabasePool } from '../sandboxes/create-pool.ts'
import { requireRole } from './require-role.ts'
import { endSandbox, liveSandbox, liveSandboxes } from './sandboxes.ts'

/** What these pages need. */
export interface SandboxParts {
  door: Door
  library: LiveCatalog
  pool: DatabasePool
}

/** Routes of /admin/sandboxes and /admin/ended-sandboxes. */
export function sandboxRoutes(parts: SandboxParts) {
  const { door, pool } = parts
  const sources = { ...parts, sql: door.sql }
  return new Elysia()
    .use(requestViewer(door))
    .get('/admin/sandboxes', async ({ request, viewer, csrf, query }) => {
      requireRole(viewer, 'admin')
      const sandboxes = await liveSandboxes(sources)
      const ended = query['ended'] === 'yes' || query['ended'] === 'before' ? query['ended'] : null
      const page = pageProps(request, { viewer, csrf })
      return htmlResponse(request, SandboxesPage({ page, ended, sandboxes }).toString())
    })
    .get('/admin/sandboxes/:id', async ({ request, viewer, csrf, params }) => {
      requireRole(viewer, 'admin')
      const sandbox = await liveSandbox(sources, params.id)
      if (sandbox === null) return toList('before')
      return htmlResponse(request, EndingPage({ page: pageProps(request, { viewer, csrf }), sandbox }).toString())
    })
    .post(
      '/admin/ended-sandboxes',
      async ({ viewer, body }) => {
        const isEnded = await endSandbox({ sql: door.sql, pool }, { id: body.id, viewer, now: new Date() })
        return toList(isEnded ? 'yes' : 'before')
      },
      { body: t.Object({ id: t.String({ maxLength: 64 }), csrf: t.Optional(t.String()) }) },
    )
}

function toList(ended: 'yes' | 'before'): Response {
  return new Response(null, { status: 303, headers: { location: `/admin/sandboxes?ended=${ended}` } })
}
