/** Opening an exercise: the attempt one is in the middle of, else a new one at the exercise's present version. */
import { sightOf, type Viewer } from '../accounts/viewer.ts'
import type { Exercise } from '../catalog/exercise.ts'
import type { KeptVersions } from '../catalog/kept-versions.ts'
import type { LiveCatalog, Sight } from '../catalog/live-catalog.ts'
import { Failure } from '../failure.ts'
import type { DiskRoom } from '../sandboxes/disk-room.ts'
import { type Attempt, findOrCreateAttempt, listAttempts } from '../store/attempts.ts'
import type { Sql } from '../store/connect.ts'
import { insertRunEvent } from '../store/events.ts'

/** Where exercises come from, as they are and as they were. */
export interface Versions {
  library: LiveCatalog
  versions: KeptVersions
}

/** What opening an exercise needs. */
export interface Opening extends Versions {
  bench: { sql: Sql; room: DiskRoom }
}

/**
 * The viewer's attempt at an exercise, with the version of it that the attempt keeps: it goes on where the exercise has
 * changed or gone meanwhile. Throws `Failure('missing')` where there is no such exercise, or none yet for anybody but
 * authors, and `Failure('exhausted')` (`disk_low`) where a new attempt finds no room.
 */
export async function openAttempt(
  { library, versions, bench: { sql, room } }: Opening,
  { slug, viewer }: { slug: string; viewer: Viewer },
): Promise<{ attempt: Attempt; exercise: Exercise }> {
  // PostgreSQL's text has no place for it, and an attempt of a gone exercise is looked for there.
  if (slug.includes('\0')) throw noSuchExercise()
  const sight = sightOf(viewer)
  const present = library.find(slug, sight)
  const [latest] = await listAttempts(sql, { viewer, slug })
  const kept = latest === undefined ? null : await beganWith({ library, versions }, { ...latest, slug }, sight)
  if (latest !== undefined && kept !== null && goesOn(latest, kept, present)) {
    await versions.keep(kept)
    return { attempt: latest, exercise: kept }
  }
  if (present === null) throw noSuchExercise()
  await room.require()
  const { attempt, isNew } = await findOrCreateAttempt(sql, { viewer, exercise: present })
  // After the attempt is there, for a version that no attempt refers to may be swept away.
  await versions.keep(present)
  if (isNew) await insertRunEvent(sql, { attemptId: attempt.id, kind: 'opened', payload: { version: present.version } })
  return { attempt, exercise: present }
}

/** A solved attempt has come to its end: coming back begins with what the exercise is now, where it still is. */
function goesOn({ outcome }: Attempt, { version }: Exercise, present: Exercise | null): boolean {
  return outcome !== 'accepted' || present === null || present.version === version
}

/** The version that an attempt began with; null where it is not kept, or is not for these eyes. */
export async function beganWith(
  { library, versions }: Versions,
  { slug, exerciseVersion: version }: { slug: string; exerciseVersion: string },
  sight: Sight,
): Promise<Exercise | null> {
  const found = library.findVersion(slug, version, 'all') ?? (await versions.find(slug, version))
  return found !== null && (found.isPublished || sight === 'all') ? found : null
}

/** The failure of a slug that is no exercise's. */
export function noSuchExercise(): Failure {
  return new Failure('missing', 'There is no such exercise.')
}
