/** The page of the leaderboard. */
import { Elysia, t } from 'elysia'
import { LeaderboardPage } from '../../views/leaderboard.tsx'
import { type Door, requestViewer } from '../accounts/request-viewer.ts'
import type { LiveCatalog } from '../catalog/live-catalog.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { leaderboardOf } from './leaderboard.ts'

/** The route of /leaderboard. */
export function leaderboardRoutes(parts: { door: Door; library: LiveCatalog }) {
  return new Elysia().use(requestViewer(parts.door)).get(
    '/leaderboard',
    async ({ request, query, viewer, csrf }) => {
      const track = query.track ?? null
      const found = await leaderboardOf(parts, { viewer, track })
      const rows = found.map(({ userId, ...row }) => ({ ...row, isYou: userId === viewer?.userId }))
      const tracks = parts.library.current().tracks.map(({ slug, title }) => ({ slug, title }))
      const page = pageProps(request, { viewer, csrf })
      return htmlResponse(request, LeaderboardPage({ page, track, tracks, rows }).toString())
    },
    { query: t.Object({ track: t.Optional(t.String({ maxLength: 200 })) }) },
  )
}
