/** The API's documentation: a page, and the OpenAPI document it is made from. */
import { type AnyElysia, Elysia } from 'elysia'
import { version } from '../../package.json'
import { DocsPage } from '../../views/docs/docs.tsx'
import { type Door, requestViewer } from '../accounts/request-viewer.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { apiDocument } from './document.ts'
import { operationsOf } from './listing.ts'

/** Routes of /docs and /docs/json. They describe the routes that `app` has when they are first asked. */
export function docsRoutes({ door }: { door: Door }, app: AnyElysia) {
  let known: Record<string, unknown> | null = null
  const document = () => {
    known ??= apiDocument(app, version)
    return known
  }
  return new Elysia()
    .use(requestViewer(door))
    .get('/docs', ({ request, viewer, csrf }) => {
      const page = pageProps(request, { viewer, csrf })
      return htmlResponse(request, DocsPage({ page, operations: operationsOf(document()) }).toString())
    })
    .get('/docs/json', () => document())
}
