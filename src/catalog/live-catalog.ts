/**
 * The catalogue while the program runs: changed folders are taken up without a restart, and versions that attempts began
 * with stay reachable. Directories are compared by size and time of change every few seconds: notifications of the file
 * system don't reach into mounted volumes, where EXERCISES_DIR often is.
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { directorySource } from './content-source.ts'
import type { Catalog, Exercise } from './exercise.ts'
import { type CatalogSources, loadCatalog } from './load-catalog.ts'

/** What somebody may see: learners what is published, authors drafts of exercises too. */
export type Sight = 'published' | 'all'

/** The catalogue and its past. Where nothing is said of sight, what is not published is not there. */
export interface LiveCatalog {
  current(sight?: Sight): Catalog
  /** The exercise as it is now; null where there is none. */
  find(slug: string, sight?: Sight): Exercise | null
  /** The exercise as it was in this version, while the program has seen it; null otherwise. */
  findVersion(slug: string, version: string, sight?: Sight): Exercise | null
  /** Looks for changes now; true where there were any. */
  refresh(): boolean
  stop(): void
}

/** How often directories are looked at. */
const pollIntervalMs = 2_000

/** Old versions kept of each exercise: an author who edits often must not fill the memory. */
const versionsMax = 20

/** Loads the catalogue and watches its directories; `onChange` is told of each new state but the first, and of the one before. */
export function openCatalog(
  sources: CatalogSources,
  {
    onChange = () => {},
    intervalMs = pollIntervalMs,
  }: { onChange?: (catalog: Catalog, before: Catalog) => void; intervalMs?: number } = {},
): LiveCatalog {
  const versions = new Map<string, Exercise[]>()
  let fingerprint = fingerprintOf(sources.directories)
  let pending = fingerprint
  let catalog = take(loadCatalog(sources))

  function take(loaded: Catalog): Record<Sight, Catalog> {
    for (const exercise of loaded.tracks.flatMap((track) => track.exercises)) {
      const known = (versions.get(exercise.slug) ?? []).filter(({ version }) => version !== exercise.version)
      versions.set(exercise.slug, [exercise, ...known].slice(0, versionsMax))
    }
    return { all: loaded, published: published(loaded) }
  }

  function refresh(): boolean {
    const now = fingerprintOf(sources.directories)
    pending = now
    if (now === fingerprint) return false
    fingerprint = now
    const before = catalog.all
    catalog = take(loadCatalog(sources))
    onChange(catalog.all, before)
    return true
  }

  /** Waits until a folder has been the same twice, so that half a copy is not taken for the whole. */
  function poll() {
    const before = pending
    pending = fingerprintOf(sources.directories)
    if (pending === before && pending !== fingerprint) refresh()
  }

  const timer = sources.directories.length > 0 ? setInterval(poll, intervalMs) : null
  timer?.unref()
  return {
    current: (sight = 'published') => catalog[sight],
    find: (slug, sight = 'published') =>
      listExercises(catalog[sight]).find((exercise) => exercise.slug === slug) ?? null,
    findVersion: (slug, version, sight = 'published') =>
      versions
        .get(slug)
        ?.find((exercise) => exercise.version === version && (exercise.isPublished || sight === 'all')) ?? null,
    refresh,
    stop: () => {
      if (timer !== null) clearInterval(timer)
    },
  }
}

/** All exercises, in the order of tracks. */
export function listExercises(catalog: Catalog): Exercise[] {
  return catalog.tracks.flatMap((track) => track.exercises)
}

/**
 * Without drafts: for learners what is not published is nowhere on the site, nor a track of such exercises only. Those in
 * the middle of an exercise that was published before keep their version.
 */
function published(catalog: Catalog): Catalog {
  const tracks = catalog.tracks.map((track) => ({
    ...track,
    exercises: track.exercises.filter(({ isPublished }) => isPublished),
  }))
  const isShown = (index: number, left: number) => left > 0 || catalog.tracks[index]?.exercises.length === 0
  return { ...catalog, tracks: tracks.filter(({ exercises }, index) => isShown(index, exercises.length)) }
}

/** Changes whenever a file comes, goes or changes. */
function fingerprintOf(directories: readonly string[]): string {
  return directories.map(fingerprintDirectory).join('\n')
}

function fingerprintDirectory(directory: string): string {
  try {
    return directorySource(directory)
      .list()
      .map((path) => {
        const { size, mtimeMs } = statSync(join(directory, path))
        return `${path}:${size}:${mtimeMs}`
      })
      .join('\n')
  } catch {
    // A directory that is absent, or changes while it is read, is looked at again in a moment.
    return `unreadable ${directory}`
  }
}
