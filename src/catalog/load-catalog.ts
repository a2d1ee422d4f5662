/** All content of all sources at one moment: tracks in order, exercises in order, and what is wrong with any folder. */
import { type ContentSource, directorySource } from './content-source.ts'
import type { Catalog, CatalogProblem, Exercise, Track } from './exercise.ts'
import { trackFile } from './exercise-file.ts'
import { type Dataset, loadDataset } from './load-dataset.ts'
import { loadExercise } from './load-exercise.ts'
import { readYaml } from './yaml-reader.ts'

/** Where content comes from: what is built in (or nothing), then directories. */
export interface CatalogSources {
  builtin: ContentSource | null
  directories: readonly string[]
}

interface OrderedTrack extends Track {
  order: number
}

/** Loads everything. Never throws for content: what can't be read is a problem, and the rest is there. */
export function loadCatalog({ builtin, directories }: CatalogSources): Catalog {
  const sources = [...(builtin === null ? [] : [builtin]), ...directories.map(directorySource)]
  const problems: CatalogProblem[] = []
  const tracks: OrderedTrack[] = []
  const placeOf = new Map<string, string>()
  for (const source of sources) {
    for (const track of guard(source, problems, () => loadSource(source, problems)) ?? []) {
      const exercises = track.exercises.filter((exercise) => isNew(placeOf, source, exercise, problems))
      const existing = tracks.find(({ slug }) => slug === track.slug)
      if (existing === undefined) tracks.push({ ...track, exercises })
      else tracks[tracks.indexOf(existing)] = { ...existing, exercises: [...existing.exercises, ...exercises] }
    }
  }
  tracks.sort((a, b) => a.order - b.order || (a.slug < b.slug ? -1 : 1))
  return { tracks: tracks.map(({ order: _, ...track }) => track), problems }
}

/** Slugs are unique over all tracks and sources: the first stays. */
function isNew(
  placeOf: Map<string, string>,
  source: ContentSource,
  exercise: Exercise,
  problems: CatalogProblem[],
): boolean {
  const place = `${source.name}/${exercise.track}/${exercise.slug}`
  const other = placeOf.get(exercise.slug)
  if (other === undefined) placeOf.set(exercise.slug, place)
  else
    problems.push({
      file: place,
      line: null,
      key: null,
      message: `There is an exercise "${exercise.slug}" already, in ${other}; rename this folder`,
    })
  return other === undefined
}

function loadSource(source: ContentSource, problems: CatalogProblem[]): OrderedTrack[] {
  const paths = source.list()
  const datasets = new Map<string, Dataset | null>()
  const findDataset = (track: string, name: string) => {
    const folder = name.includes('/') ? name.replace('/', '/datasets/') : `${track}/datasets/${name}`
    const known = datasets.get(folder)
    const dataset = known === undefined ? loadDataset(source, paths, folder) : known
    datasets.set(folder, dataset)
    return dataset
  }
  const slugs = new Set(paths.flatMap((path) => (isTrackPath(path) ? path.split('/').slice(0, 1) : [])))
  return [...slugs].flatMap((slug) => {
    const track = guard(source, problems, () =>
      loadTrack(source, paths, slug, (name) => findDataset(slug, name), problems),
    )
    return track === null ? [] : [track]
  })
}

function isTrackPath(path: string): boolean {
  return /^[^/]+\/(track\.yaml|[^/]+\/exercise\.yaml)$/.test(path)
}

function loadTrack(
  source: ContentSource,
  paths: readonly string[],
  slug: string,
  findDataset: (name: string) => Dataset | null,
  problems: CatalogProblem[],
): OrderedTrack {
  const file = `${source.name}/${slug}/track.yaml`
  const hasFile = paths.includes(`${slug}/track.yaml`)
  const read = hasFile
    ? readYaml(source.text(`${slug}/track.yaml`), file, trackFile)
    : { value: undefined, problems: [] }
  if (!hasFile)
    problems.push({ file, line: null, key: null, message: 'The file is missing; add it with at least a title' })
  problems.push(...read.problems)
  const folders = paths.flatMap((path) =>
    path.startsWith(`${slug}/`) && /^[^/]+\/[^/]+\/exercise\.yaml$/.test(path) ? path.split('/').slice(1, 2) : [],
  )
  const order = read.value?.exercises ?? []
  for (const name of order.filter((listed) => !folders.includes(listed))) {
    problems.push({
      file,
      line: null,
      key: 'exercises',
      message: `There is no exercise "${name}" in the track; add its folder or remove the line`,
    })
  }
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const exercises = folders
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .flatMap((name) => {
      const loaded = guard(source, problems, () =>
        loadExercise({ source, paths, track: slug, slug: name, findDataset }),
      )
      problems.push(...(loaded?.problems ?? []))
      return loaded?.exercise ? [loaded.exercise] : []
    })
  const { title = slug, description = '' } = read.value ?? {}
  return { slug, title, description, exercises, order: read.value?.order ?? Number.MAX_SAFE_INTEGER }
}

/** A file or folder that can't be read is a problem of the content, whatever the system calls it. */
function guard<T>(source: ContentSource, problems: CatalogProblem[], body: () => T): T | null {
  try {
    return body()
  } catch (error) {
    const message = `This can't be read: ${error instanceof Error ? error.message : String(error)}`
    problems.push({ file: source.name, line: null, key: null, message })
    return null
  }
}
