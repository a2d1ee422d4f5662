/** The leaderboard: who has how many points, over everything or in one track. */
import type { Door } from '../accounts/request-viewer.ts'
import type { Viewer } from '../accounts/viewer.ts'
import type { LiveCatalog } from '../catalog/live-catalog.ts'
import { Failure } from '../failure.ts'
import { type LeaderboardRow, listLeaderboard } from '../store/progress.ts'

/** The longest leaderboard. */
export const leaderboardRowsMax = 100

/**
 * The leaderboard of a track, or of all of them. Where guests are switched off, only people with an account see it.
 *
 * @throws Failure `missing`: no such track; `forbidden` (`sign_in_needed`)
 */
export async function leaderboardOf(
  { door, library }: { door: Door; library: LiveCatalog },
  { viewer, track, limit = leaderboardRowsMax }: { viewer: Viewer | null; track: string | null; limit?: number },
): Promise<LeaderboardRow[]> {
  if (!door.guests && (viewer === null || viewer.role === 'guest')) {
    throw new Failure('forbidden', 'Sign in to see the leaderboard.', { code: 'sign_in_needed' })
  }
  const { tracks } = library.current()
  const wanted = tracks.filter(({ slug }) => track === null || slug === track)
  if (track !== null && wanted.length === 0) throw new Failure('missing', 'There is no such track.')
  const exercises = wanted.flatMap((each) => each.exercises.map(({ slug, points }) => ({ slug, points })))
  return await listLeaderboard(door.sql, { exercises, limit })
}
