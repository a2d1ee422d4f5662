/** The leaderboard: over everything, or in one track. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { Layout, type PageProps } from './layout.tsx'
import { Empty } from './parts/say.tsx'
import { count } from './parts/text.tsx'

/** What the page is given. */
export interface LeaderboardProps {
  page: PageProps
  /** The track that is shown; null for all of them. */
  track: string | null
  tracks: readonly { slug: string; title: string }[]
  rows: readonly { rank: number; name: string; points: number; solved: number; isYou: boolean }[]
}

/** The whole page. */
export function LeaderboardPage({ page, track, tracks, rows }: LeaderboardProps): SafeHtml {
  const title = tracks.find(({ slug }) => slug === track)?.title ?? null
  const isGuest = page.viewer === null || page.viewer.role === 'guest'
  const mayRead = page.viewer?.role === 'author' || page.viewer?.role === 'admin'
  return (
    <Layout page={page} title="Leaderboard" current="leaderboard">
      <main id="main" class="page stack">
        <h1>{title === null ? 'Leaderboard' : `Leaderboard: ${title}`}</h1>
        <nav class="scroll" aria-label="Tracks">
          <div class="tabs">
            <a href="/leaderboard" aria-current={track === null ? 'page' : null}>
              All tracks
            </a>
            {tracks.map((each) => (
              <a
                href={`/leaderboard?track=${encodeURIComponent(each.slug)}`}
                aria-current={track === each.slug ? 'page' : null}
              >
                {each.title}
              </a>
            ))}
          </div>
        </nav>
        {rows.length === 0 ? (
          <Empty title="Nobody yet">Whoever has an account and passes an exercise shows up here.</Empty>
        ) : (
          <table class="data">
            <thead>
              <tr>
                <th scope="col">Rank</th>
                <th scope="col">Name</th>
                <th scope="col" class="n">
                  Passed
                </th>
                <th scope="col" class="n">
                  Points
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ rank, name, points, solved, isYou }) => (
                <tr>
                  <td>{rank}</td>
                  <td class="name">{isYou ? <b>{name} (you)</b> : name}</td>
                  <td class="n">{count(solved)}</td>
                  <td class="n">{count(points)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <p class="muted">
          An exercise counts once; hints cost points, the solution all of them. Where an exercise gives points for a
          part, they count as well. Authors and administrators, who may read every solution, are not listed.{' '}
          {mayRead ? null : (
            <>
              {isGuest ? 'Nor are guests: make ' : 'You may leave it on '}
              <a href="/account">{isGuest ? 'an account' : 'your account'}</a>.
            </>
          )}
        </p>
      </main>
    </Layout>
  )
}
