/** What the home page shows: where to go on, and how far every track is. */
import type { Continue, TrackProgress } from '../../views/home.tsx'
import type { Exercise, Track } from '../catalog/exercise.ts'
import type { LiveCatalog } from '../catalog/live-catalog.ts'
import { trackOf } from '../catalog/track.ts'
import { listAttempts, type Owner } from '../store/attempts.ts'
import type { Sql } from '../store/connect.ts'
import { latestDraft } from '../store/drafts.ts'
import { type ExerciseProgress, listProgress } from '../store/progress.ts'
import { historyOf } from './page.ts'

/** Everything but the page's own props. */
export interface Home {
  isNewcomer: boolean
  goOn: Continue | null
  tracks: TrackProgress[]
}

/** Reads what a viewer, or a visitor who is nobody yet, sees on the home page. */
export async function homeOf(sql: Sql, library: LiveCatalog, viewer: Owner | null): Promise<Home> {
  const progress = viewer === null ? [] : await listProgress(sql, { viewer })
  const passed = new Set(progress.filter(({ outcome }) => outcome === 'accepted').map(({ slug }) => slug))
  const { tracks } = library.current()
  const goOn = nextExercise(tracks, progress, passed)
  return {
    isNewcomer: progress.length === 0,
    goOn: goOn === null ? null : await continueWith(sql, library, { exercise: goOn, viewer }),
    tracks: tracks.map((track) => progressOf(track, passed)),
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
  const history = attempt === undefined ? null : await historyOf(sql, attempt, null)
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
    text: draft?.text ?? exercise.starter,
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
