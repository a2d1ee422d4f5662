/**
 * The exercise versions that attempts began with, kept in the control plane: an attempt goes on with its own version
 * when the folder has changed or gone, also after a restart. A version is written once, when its first attempt opens.
 */
import type { Sql } from '../store/connect.ts'
import { deleteUnusedVersions, findVersionFiles, insertVersion, isVersionKept } from '../store/versions.ts'
import type { Log } from '../telemetry/log.ts'
import { type ContentFile, memorySource } from './content-source.ts'
import type { Exercise } from './exercise.ts'
import { listExercises } from './live-catalog.ts'
import { loadCatalog } from './load-catalog.ts'

/** The versions that are kept. */
export interface KeptVersions {
  /** Keeps what the exercise was loaded from; at once where that has been done. */
  keep(exercise: Exercise): Promise<void>
  /** The exercise as it was in this version; null where it is not kept. */
  find(slug: string, version: string): Promise<Exercise | null>
  /** Removes versions that no attempt refers to any more; returns how many. */
  sweep(): Promise<number>
}

/** Files of one version together, uncompressed. Beyond that an attempt keeps its version only until a restart. */
const versionBytesMax = 64 * 1024 * 1024

/** Versions that are remembered after they were loaded; what they hold is mostly their dataset. */
const loadedMax = 20

/** Opens the book of versions. */
export function keptVersions({ sql, log }: { sql: Sql; log: Log }): KeptVersions {
  const kept = new Map<string, Promise<void>>()
  const loaded = new Map<string, Promise<Exercise | null>>()
  let sweeping: Promise<unknown> = Promise.resolve()

  async function write(exercise: Exercise): Promise<void> {
    await sweeping
    const { slug, version } = exercise
    if (await isVersionKept(sql, { slug, version })) return
    const files = exercise.content.map(({ path, content }) => ({ path, bytes: bytesOf(content) }))
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
    if (bytes <= versionBytesMax) await insertVersion(sql, { slug, version, files })
    else log.warn('an exercise is too large to keep its versions; attempts follow its changes', { slug, bytes })
  }

  return {
    keep: (exercise) => once(kept, keyOf(exercise), () => write(exercise)),
    find: async (slug, version) => {
      const key = keyOf({ slug, version })
      const found = await once(loaded, key, () => load(sql, log, { slug, version }))
      if (found === null) loaded.delete(key)
      for (const oldest of [...loaded.keys()].slice(0, Math.max(0, loaded.size - loadedMax))) loaded.delete(oldest)
      return found
    },
    sweep: async () => {
      // Who opens an attempt meanwhile waits, and then looks again whether its version is there.
      await Promise.allSettled(kept.values())
      kept.clear()
      const removing = deleteUnusedVersions(sql)
      sweeping = removing.catch(() => undefined)
      return await removing
    },
  }
}

/** What was begun for this key; begun anew where it has failed. */
function once<Value>(begun: Map<string, Promise<Value>>, key: string, begin: () => Promise<Value>): Promise<Value> {
  const known = begun.get(key)
  if (known !== undefined) return known
  const started = begin()
  begun.set(key, started)
  started.catch(() => {
    if (begun.get(key) === started) begun.delete(key)
  })
  return started
}

/** Through the loader of folders, so that a version means the same whether it comes from a folder or from here. */
async function load(
  sql: Sql,
  log: Log,
  { slug, version }: { slug: string; version: string },
): Promise<Exercise | null> {
  const files = await findVersionFiles(sql, { slug, version })
  if (files.length === 0) return null
  const source = memorySource(
    'kept',
    files.map(({ path, bytes }): ContentFile => ({ path, content: bytes })),
  )
  const catalog = loadCatalog({ builtin: source, directories: [] })
  const found = listExercises(catalog).find((exercise) => exercise.slug === slug)
  // It keeps its name, whatever a later Podium makes the hash of.
  if (found !== undefined) return { ...found, version }
  log.error('a kept exercise version can no longer be read', { slug, version, problems: catalog.problems })
  return null
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}

function keyOf({ slug, version }: Pick<Exercise, 'slug' | 'version'>): string {
  return `${slug} ${version}`
}
