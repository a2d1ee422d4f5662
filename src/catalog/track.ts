/** Where an exercise stands in its track. */
import { Failure } from '../failure.ts'
import type { Catalog, Exercise, Track } from './exercise.ts'

/** The track that holds an exercise. Throws `Failure('missing')` where it went away meanwhile. */
export function trackOf({ tracks }: Catalog, exercise: Exercise): Track {
  const track = tracks.find(({ slug }) => slug === exercise.track)
  if (track === undefined) throw new Failure('missing', 'The track of this exercise is not there any more.')
  return track
}
