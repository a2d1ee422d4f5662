/** What the home page shows: where to go on, and how far every track is. */
import type { Continue, Gained, StillOpen, TrackProgress } from '../../views/home.tsx'
import type { Exercise, Track } from '../catalog/exercise.ts'
import { languageName, languageOf } from '../catalog/language-names.ts'
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
  stillOpen: StillOpen[]
  gained: Gained
  /** The last four weeks, day by day. */
  activity: ActivityDay[]
}

/** Exercises that the page lists as tried and not passed. */
const openMax = 6

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
    tracks: tracks.map((track) => progressOf(track, progress)),
    stillOpen: stillOpen(tracks, progress, goOn),
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
    language: languageName(languageOf(exercise)),
    ...shownFile(exercise, draft?.text ?? exercise.starter),
  }
}

/** Tried and not passed, the latest first; the one to go on with is on the page already. */
function stillOpen(
  tracks: readonly Track[],
  progress: readonly ExerciseProgress[],
  goOn: Exercise | null,
): StillOpen[] {
  const all = new Map(tracks.flatMap(({ exercises }) => exercises).map((exercise) => [exercise.slug, exercise]))
  return progress
    .flatMap(({ slug, outcome, lastActiveAt }): StillOpen[] => {
      const exercise = all.get(slug)
      if (exercise === undefined || slug === goOn?.slug || (outcome !== 'tried' && outcome !== 'nearly')) return []
      const state = outcome === 'nearly' ? 'nearly' : 'wrong_answer'
      return [{ slug, title: exercise.title, state, lastAt: lastActiveAt.toISOString() }]
    })
    .slice(0, openMax)
}

function progressOf(
  { slug, title, description, exercises }: Track,
  progress: readonly ExerciseProgress[],
): TrackProgress {
  const outcomes = new Map(progress.map((each) => [each.slug, each.outcome]))
  const passed = exercises.filter((exercise) => outcomes.get(exercise.slug) === 'accepted')
  const next = exercises.find((exercise) => !passed.includes(exercise))
  return {
    slug,
    title,
    description,
    languages: [...new Set(exercises.map((exercise) => languageName(languageOf(exercise))))],
    isBegun: exercises.some((exercise) => outcomes.has(exercise.slug)),
    passed: passed.length,
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
