/** The home page. */
import { Elysia } from 'elysia'
import { HomePage } from '../../views/home.tsx'
import { type Door, requestViewer } from '../accounts/request-viewer.ts'
import type { LiveCatalog } from '../catalog/live-catalog.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { timeZoneCookie, timeZoneOf } from '../http/time-zone.ts'
import { homeOf } from './home.ts'

/** The route of /. */
export function homeRoutes({ door, library }: { door: Door; library: LiveCatalog }) {
  return new Elysia().use(requestViewer(door)).get('/', async ({ request, viewer, csrf, cookie }) => {
    const timeZone = timeZoneOf(cookie[timeZoneCookie]?.value)
    const home = await homeOf(door.sql, library, { viewer, timeZone, now: new Date() })
    return htmlResponse(request, HomePage({ page: pageProps(request, { viewer, csrf }), ...home }).toString())
  })
}
