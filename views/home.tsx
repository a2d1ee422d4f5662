/** The home page: where to go on, and the tracks. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import type { Difficulty } from '../src/catalog/exercise-common.ts'
import type { ActivityDay } from '../src/store/progress.ts'
import { Activity } from './activity.tsx'
import { kindWords, type WorkKind } from './attempts/kind-words.ts'
import { Layout, type PageProps } from './layout.tsx'
import { Icon, Shape } from './parts/icon.tsx'
import { Level } from './parts/level.tsx'
import { Listing } from './parts/listing.tsx'
import { Empty } from './parts/say.tsx'
import { afterMark, type State, StateMark } from './parts/state.tsx'
import { count, counted, Time } from './parts/text.tsx'

/** The exercise to go on with: the last one that is not passed, or the first of all. */
export interface Continue {
  slug: string
  title: string
  summary: string
  track: string
  place: number
  placeCount: number
  difficulty: Difficulty
  state: State
  /** The last verdict's sentence, or null. */
  said: string | null
  /** When something was last run there, ISO 8601; null where it was never opened. */
  lastRunAt: string | null
  /** The draft, or the starter. */
  text: string
  kind: WorkKind
  /** For example `SQL` or `Python`. */
  language: string
  /** The file that `text` is of; null with a query. */
  file: string | null
}

/** A track and how far someone is. */
export interface TrackProgress {
  slug: string
  title: string
  description: string
  /** What its answers are written in, for example `SQL`. */
  languages: readonly string[]
  /** One of its exercises was opened at least. */
  isBegun: boolean
  passed: number
  exercises: number
  /** The next exercise that is not passed; null where all are. */
  next: { slug: string; title: string } | null
}

/** An exercise that was tried and is not passed. */
export interface StillOpen {
  slug: string
  title: string
  state: State
  /** When something was last done there, ISO 8601. */
  lastAt: string
}

/** What somebody has reached, of what there is on the site. */
export interface Gained {
  points: number
  pointsMax: number
  passed: number
  /** Exercises that are not passed, but brought points for a part, and these points; they are among `points`. */
  partly: { exercises: number; points: number }
  exercises: number
}

/** What the home page is given. */
export interface HomeProps {
  page: PageProps
  /** True until something was run or checked for the first time. */
  isNewcomer: boolean
  goOn: Continue | null
  tracks: readonly TrackProgress[]
  /** The latest first, without the one to go on with. */
  stillOpen: readonly StillOpen[]
  gained: Gained
  /** The last four weeks, day by day, the oldest first. */
  activity: readonly ActivityDay[]
}

/** Lines of a draft that the card shows. */
const linesMax = 9

/** The whole page. */
export function HomePage({ page, isNewcomer, goOn, tracks, stillOpen, gained, activity }: HomeProps): SafeHtml {
  return (
    <Layout page={page} title="Home" current="home">
      <main id="main" class="page">
        <h1>{headingOf(isNewcomer, goOn)}</h1>
        {goOn === null ? (
          <Empty title="All passed">Every exercise is solved. Any of them can be opened again.</Empty>
        ) : (
          <ContinueCard goOn={goOn} isNewcomer={isNewcomer} />
        )}
        <div class="cols">
          <Tracks tracks={tracks} exercises={gained.exercises} />
          <aside class="wide" aria-label="Your progress">
            <SoFar {...gained} />
            {stillOpen.length === 0 ? null : <Open exercises={stillOpen} />}
            <Activity days={activity} />
          </aside>
        </div>
      </main>
    </Layout>
  )
}

function headingOf(isNewcomer: boolean, goOn: Continue | null): string {
  if (isNewcomer) return 'Real databases and real programs, ready before you are'
  if (goOn === null) return 'Home'
  return isFresh(goOn) ? 'Next for you' : 'Pick up where you left off'
}

/** Nothing was run or checked in it yet. */
function isFresh({ state, lastRunAt }: Continue): boolean {
  return state === 'new' && lastRunAt === null
}

/** Those that were begun come first, and of those the finished ones last. */
function Tracks({ tracks, exercises }: { tracks: readonly TrackProgress[]; exercises: number }): SafeHtml {
  const begun = tracks.filter(({ isBegun }) => isBegun)
  const own = [...begun.filter(({ next }) => next !== null), ...begun.filter(({ next }) => next === null)]
  const others = tracks.filter(({ isBegun }) => !isBegun)
  const all = <a href="/exercises">All {counted(exercises, 'exercise')}</a>
  if (tracks.length === 0) {
    return (
      <Empty title="No exercises">
        Podium found no track. EXERCISES_DIR names folders with more; podium check says what is wrong with them.
      </Empty>
    )
  }
  return (
    <div class="wide">
      <TrackList id="tracks" title={own.length === 0 ? 'Tracks' : 'Your tracks'} aside={all}>
        {(own.length === 0 ? others : own).map((track) => (
          <Track track={track} />
        ))}
      </TrackList>
      {own.length === 0 || others.length === 0 ? null : (
        <TrackList id="more-tracks" title="More tracks" aside={null}>
          {others.map((track) => (
            <Track track={track} />
          ))}
        </TrackList>
      )}
    </div>
  )
}

function TrackList({
  id,
  title,
  aside,
  children,
}: {
  id: string
  title: string
  aside: Child
  children: Child
}): SafeHtml {
  return (
    <section class="stack" aria-labelledby={id}>
      <div class="row apart base">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      <ul class="list tracks">{children}</ul>
    </section>
  )
}

function Open({ exercises }: { exercises: readonly StillOpen[] }): SafeHtml {
  return (
    <section class="stack" aria-labelledby="still-open">
      <h2 id="still-open">Still open</h2>
      <ul class="list open-list">
        {exercises.map(({ slug, title, state, lastAt }) => (
          <li>
            <a class="t" href={`/exercises/${encodeURIComponent(slug)}`}>
              {title}
            </a>
            <div class="row apart tight">
              <StateMark state={state} />
              <span class="faint">
                <Time at={lastAt} />
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function SoFar({ points, pointsMax, passed, partly, exercises }: Gained): SafeHtml {
  return (
    <section class="stack" aria-labelledby="so-far">
      <h2 id="so-far">So far</h2>
      <dl class="facts">
        <dt>Passed</dt>
        <dd>
          {count(passed)} of {counted(exercises, 'exercise')}
        </dd>
        {partly.exercises === 0 ? null : (
          <>
            <dt>Partly right</dt>
            <dd>
              {counted(partly.exercises, 'exercise')}, {counted(partly.points, 'point')}
            </dd>
          </>
        )}
        <dt>Points</dt>
        <dd>
          {count(points)} of {count(pointsMax)}
        </dd>
      </dl>
    </section>
  )
}

function ContinueCard({ goOn, isNewcomer }: { goOn: Continue; isNewcomer: boolean }): SafeHtml {
  const address = `/exercises/${encodeURIComponent(goOn.slug)}`
  const verb = isNewcomer || isFresh(goOn) ? 'Start' : 'Continue'
  const lines = goOn.text.trimEnd().split('\n').slice(0, linesMax).join('\n')
  return (
    <section class="card hero" aria-label={verb}>
      <div class="in">
        <div class="row tight">
          <Level difficulty={goOn.difficulty} />
          <span class="faint">
            {goOn.language} · {goOn.track} · {goOn.place} of {goOn.placeCount}
          </span>
        </div>
        <h2>{goOn.title}</h2>
        <p class="muted">{goOn.summary}</p>
        {goOn.state === 'new' ? null : (
          <p>
            <StateMark state={goOn.state} />{' '}
            {goOn.said === null ? null : <span class="muted">{afterMark(goOn.said, goOn.state)}</span>}
          </p>
        )}
        <div class="row">
          <a class="btn key" href={address}>
            {verb}
            <Icon name="arrow-right" />
          </a>
          <span class="faint">
            {goOn.lastRunAt === null ? (
              isNewcomer ? (
                'A database of your own, no account needed.'
              ) : null
            ) : (
              <>
                Last run <Time at={goOn.lastRunAt} />
              </>
            )}
          </span>
        </div>
      </div>
      {lines === '' ? null : (
        <section class="scroll" tabindex="0" aria-label={`Your ${kindWords[goOn.kind].own}`}>
          <Listing label={`Your ${kindWords[goOn.kind].own}`} sheets={[{ path: goOn.file, text: lines }]} />
        </section>
      )}
    </section>
  )
}

function Track({ track }: { track: TrackProgress }): SafeHtml {
  return (
    <li>
      <div>
        <a class="t" href={`/exercises?track=${encodeURIComponent(track.slug)}`}>
          {track.title}
        </a>{' '}
        <span class="faint">{track.languages.join(', ')}</span>
        {track.isBegun ? null : <p class="muted about">{track.description}</p>}
        <div class="muted">
          {track.next === null ? (
            <span class="v pass">
              <Shape name="pass" />
              All passed
            </span>
          ) : (
            <>
              {track.isBegun ? 'Next' : 'Begins with'}:{' '}
              <a href={`/exercises/${encodeURIComponent(track.next.slug)}`}>{track.next.title}</a>
            </>
          )}
        </div>
      </div>
      <progress
        value={track.passed}
        max={Math.max(1, track.exercises)}
        aria-label={`${track.title}: ${track.passed} of ${track.exercises} passed`}
      />
      <span class="num muted">
        {count(track.passed)} / {count(track.exercises)}
      </span>
    </li>
  )
}
