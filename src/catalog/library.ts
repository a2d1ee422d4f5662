/** The catalogue in use: what is there now, and the earlier versions that running attempts keep. */
import { Failure } from '../failure.ts'
import type { Catalog, Exercise, Track } from './exercise.ts'

/** Versions that are no longer present and still remembered. */
const earlierMax = 500

/** Finds exercises by slug and version. */
export class Library {
  #catalog: Catalog = { tracks: [], problems: [] }
  #present = new Map<string, Exercise>()
  readonly #earlier = new Map<string, Exercise>()

  /** What is there now. */
  get catalog(): Catalog {
    return this.#catalog
  }

  /** Takes over a newly read catalogue; versions that it replaces stay findable. */
  replace(catalog: Catalog): void {
    for (const exercise of this.#present.values()) this.#earlier.set(`${exercise.slug} ${exercise.version}`, exercise)
    for (const key of [...this.#earlier.keys()].slice(0, Math.max(0, this.#earlier.size - earlierMax))) {
      this.#earlier.delete(key)
    }
    this.#catalog = catalog
    this.#present = new Map(catalog.tracks.flatMap(({ exercises }) => exercises.map((each) => [each.slug, each])))
  }

  /** The exercise of a slug: its present version, or the one asked for. Null where there is none. */
  find(slug: string, version?: string): Exercise | null {
    const present = this.#present.get(slug) ?? null
    if (version === undefined || present?.version === version) return present
    return this.#earlier.get(`${slug} ${version}`) ?? null
  }

  /** The track that holds an exercise. */
  trackOf(exercise: Exercise): Track {
    const track = this.#catalog.tracks.find(({ slug }) => slug === exercise.track)
    if (track === undefined) throw new Failure('missing', 'The track of this exercise is not there any more.')
    return track
  }
}
