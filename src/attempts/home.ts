/** What the home page shows: where to go on, and how far every track is. */
import type { Continue, Gained, TrackProgress } from '../../views/home.tsx'
import type { Exercise, Track } from '../catalog/exercise.ts'
import type { LiveCatalog } from '../catalog/live-catalog.ts'
import { trackOf } from '../catalog/track.ts'
import { listAttempts, type Owner } from '../store/attempts.ts'
import type { Sql } from '../store/connect.ts'
import { latestDraft } from '../store/drafts.ts'
import { type ActivityDay, type ExerciseProgress, listProgress } from '../store/progress.ts'
import { activityOf } from './activity.ts'
import { historyOf } from './page.ts'
import { pointsEarned } from './points.ts'
import { sheetsOf } from './sheets.ts'

/** Everything but the page's own props. */
export interface Home {
  isNewcomer: boolean
  goOn: Continue | null
  tracks: TrackProgress[]
  gained: Gained
  /** The last four weeks, day by day. */
  activity: ActivityDay[]
}

/** Who looks, when, and where days begin for them. */
export interface HomeVisit {
  viewer: Owner | null
  timeZone: string
  now: Date
}

/** Reads what a viewer, or a visitor who is nobody yet, sees on the home page. */
export async function homeOf(sql: Sql, library: LiveCatalog, visit: HomeVisit): Promise<Home> {
  const { viewer } = visit
  const [progress, activity] = await Promise.all([
    viewer === null ? [] : listProgress(sql, { viewer }),
    activityOf(sql, visit),
  ])
  const passed = new Set(progress.filter(({ outcome }) => outcome === 'accepted').map(({ slug }) => slug))
  const { tracks } = library.current()
  const goOn = nextExercise(tracks, progress, passed)
  return {
    isNewcomer: progress.length === 0,
    goOn: goOn === null ? null : await continueWith(sql, library, { exercise: goOn, viewer }),
    tracks: tracks.map((track) => progressOf(track, passed)),
    gained: gainedBy(progress, tracks),
    activity,
  }
}

/** Points and exercises, of those that are on the site. */
function gainedBy(progress: readonly ExerciseProgress[], tracks: readonly Track[]): Gained {
  const all = tracks.flatMap(({ exercises }) => exercises)
  const worth = new Map(all.map(({ slug, points }) => [slug, points]))
  const pointsOf = (each: ExerciseProgress) => pointsEarned(worth.get(each.slug) ?? 0, each)
  const present = progress.filter(({ slug }) => worth.has(slug))
  const passed = present.filter(({ outcome }) => outcome === 'accepted')
  const partly = present.filter((each) => each.outcome !== 'accepted' && pointsOf(each) > 0)
  const sum = (each: readonly ExerciseProgress[]) => each.reduce((total, one) => total + pointsOf(one), 0)
  return {
    points: sum(passed) + sum(partly),
    pointsMax: all.reduce((total, { points }) => total + points, 0),
    passed: passed.length,
    partly: { exercises: partly.length, points: sum(partly) },
    exercises: all.length,
  }
}

/** The one used last and not passed; else the one after the last passed; else the first that is not passed. */
function nextExercise(
  tracks: readonly Track[],
  progress: readonly ExerciseProgress[],
  passed: ReadonlySet<string>,
): Exercise | null {
  const all = tracks.flatMap(({ exercises }) => exercises)
  const open = (slug: string) => all.find((exercise) => exercise.slug === slug && !passed.has(slug))
  for (const { slug, outcome } of progress) {
    const place = all.findIndex((exercise) => exercise.slug === slug)
    const candidate = outcome === 'accepted' ? all.slice(place + 1).find((each) => !passed.has(each.slug)) : open(slug)
    if (place >= 0 && candidate !== undefined) return candidate
  }
  return all.find(({ slug }) => !passed.has(slug)) ?? null
}

async function continueWith(
  sql: Sql,
  library: LiveCatalog,
  { exercise, viewer }: { exercise: Exercise; viewer: Owner | null },
): Promise<Continue> {
  const { exercises, title } = trackOf(library.current(), exercise)
  const [attempt] = viewer === null ? [] : await listAttempts(sql, { viewer, slug: exercise.slug })
  const draft = attempt === undefined ? null : await latestDraft(sql, attempt.id)
  const history = attempt === undefined ? null : await historyOf(sql, { attempt, exercise }, null)
  const said = history?.tries.find(({ kind }) => kind === 'answer')?.outcome ?? null
  return {
    slug: exercise.slug,
    title: exercise.title,
    summary: exercise.summary,
    track: title,
    place: exercises.findIndex(({ slug }) => slug === exercise.slug) + 1,
    placeCount: exercises.length,
    difficulty: exercise.difficulty,
    state: history?.state ?? 'new',
    said,
    lastRunAt: history?.tries[0]?.at ?? null,
    kind: exercise.kind,
    language: exercise.kind === 'sql' ? 'SQL' : 'Code',
    ...shownFile(exercise, draft?.text ?? exercise.starter),
  }
}

function progressOf({ slug, title, description, exercises }: Track, passed: ReadonlySet<string>): TrackProgress {
  const next = exercises.find((exercise) => !passed.has(exercise.slug))
  return {
    slug,
    title,
    description,
    passed: exercises.filter((exercise) => passed.has(exercise.slug)).length,
    exercises: exercises.length,
    next: next === undefined ? null : { slug: next.slug, title: next.title },
  }
}

/** Of several files, the one that is run. */
function shownFile(exercise: Exercise, text: string): { file: string | null; text: string } {
  if (exercise.kind === 'sql') return { file: null, text }
  const sheets = sheetsOf(exercise, text)
  const sheet = sheets.find(({ path }) => path === exercise.entry) ?? sheets[0]
  return { file: exercise.entry, text: sheet?.text ?? '' }
}
