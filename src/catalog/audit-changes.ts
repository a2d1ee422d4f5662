/** What became different when the catalogue was read again, for the audit log. */
import { insertAudit } from '../store/audit.ts'
import type { Queries } from '../store/connect.ts'
import type { Catalog, Exercise } from './exercise.ts'
import { listExercises } from './live-catalog.ts'

/** The slugs of exercises that came, went or became another version, and how many problems there are now. */
export interface CatalogChanges {
  added: string[]
  changed: string[]
  removed: string[]
  problems: number
}

/** Slugs that an entry names of each sort; the rest is counted. */
const namesMax = 20

/** The differences; null where nothing that anybody would meet is different. */
export function catalogChanges(before: Catalog, after: Catalog): CatalogChanges | null {
  const [old, now] = [bySlug(before), bySlug(after)]
  const changes = {
    added: [...now.keys()].filter((slug) => !old.has(slug)),
    changed: [...now]
      .filter(([slug, { version }]) => (old.get(slug)?.version ?? version) !== version)
      .map(([slug]) => slug),
    removed: [...old.keys()].filter((slug) => !now.has(slug)),
    problems: after.problems.length,
  }
  const isSame =
    changes.added.length + changes.changed.length + changes.removed.length === 0 && rest(before) === rest(after)
  return isSame ? null : changes
}

/** Writes what changed; nobody in particular did it, for it was done to the files. */
export async function auditCatalogChanges(sql: Queries, changes: CatalogChanges, now: Date): Promise<void> {
  const { added, changed, removed, problems } = changes
  const detail = Object.fromEntries(
    Object.entries({ added, changed, removed })
      .filter(([, slugs]) => slugs.length > 0)
      .map(([sort, slugs]) => [sort, named(slugs)]),
  )
  await insertAudit(sql, { actorId: null, action: 'catalog.changed', detail: { ...detail, problems }, now })
}

function named(slugs: readonly string[]): string {
  const more = slugs.length - namesMax
  return slugs.slice(0, namesMax).join(' ') + (more > 0 ? ` and ${more} more` : '')
}

function bySlug(catalog: Catalog): Map<string, Exercise> {
  return new Map(listExercises(catalog).map((exercise) => [exercise.slug, exercise]))
}

/** What else people meet: the tracks with the order of what is in them, and the problems. */
function rest({ tracks, problems }: Catalog): string {
  const shown = tracks.map(({ slug, title, description, exercises }) => {
    return { slug, title, description, exercises: exercises.map((exercise) => exercise.slug) }
  })
  return JSON.stringify([shown, problems])
}
