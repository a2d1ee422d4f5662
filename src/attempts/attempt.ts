/** Opening an exercise: the attempt one is in the middle of, else a new one at the exercise's present version. */
import { sightOf, type Viewer } from '../accounts/viewer.ts'
import type { Exercise } from '../catalog/exercise.ts'
import type { LiveCatalog } from '../catalog/live-catalog.ts'
import { Failure } from '../failure.ts'
import { type Attempt, findOrCreateAttempt, listAttempts } from '../store/attempts.ts'
import type { Sql } from '../store/connect.ts'
import { insertRunEvent } from '../store/events.ts'

/**
 * The viewer's attempt at an exercise, with the version of it that the attempt keeps. Throws `Failure('missing')`
 * where there is no such exercise, or none yet for anybody but authors.
 */
export async function openAttempt(
  sql: Sql,
  library: LiveCatalog,
  { slug, viewer }: { slug: string; viewer: Viewer },
): Promise<{ attempt: Attempt; exercise: Exercise }> {
  const sight = sightOf(viewer)
  const present = library.find(slug, sight)
  if (present === null) throw noSuchExercise()
  const [latest] = await listAttempts(sql, { viewer, slug })
  const kept = latest === undefined ? null : library.findVersion(slug, latest.exerciseVersion, sight)
  // A solved attempt has come to its end: coming back begins with what the exercise is now.
  const goesOn =
    latest !== undefined && kept !== null && (latest.outcome !== 'accepted' || kept.version === present.version)
  if (goesOn) return { attempt: latest, exercise: kept }
  const { attempt, isNew } = await findOrCreateAttempt(sql, { viewer, exercise: present })
  if (isNew) await insertRunEvent(sql, { attemptId: attempt.id, kind: 'opened', payload: { version: present.version } })
  return { attempt, exercise: present }
}

/** The failure of a slug that is no exercise's. */
export function noSuchExercise(): Failure {
  return new Failure('missing', 'There is no such exercise.')
}
