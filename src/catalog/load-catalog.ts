/** All content of all sources at one moment: tracks in order, exercises in order, and what is wrong with any folder. */
import { readYaml } from '../yaml/yaml-reader.ts'
import { type ContentSource, directorySource, UnreadableFile } from './content-source.ts'
import type { Catalog, CatalogProblem, Exercise, Track } from './exercise.ts'
import { trackFile } from './exercise-file.ts'
import { type Dataset, loadDataset } from './load-dataset.ts'
import { type ExerciseFolder, loadExercise } from './load-exercise.ts'

/** Where content comes from: what is built in (or nothing), then directories. */
export interface CatalogSources {
  builtin: ContentSource | null
  directories: readonly string[]
  /** The languages that Podium knows at this moment; where nobody can say, any name is taken. */
  languages?: () => KnownLanguages
}

/** Languages by name, and what is wrong in their files, which lie beside those of exercises. */
export interface KnownLanguages {
  names: readonly string[]
  problems: readonly CatalogProblem[]
}

interface OrderedTrack extends Track {
  order: number
}

/** Loads everything. Never throws for content: what can't be read is a problem, and the rest is there. */
export function loadCatalog({ builtin, directories, languages }: CatalogSources): Catalog {
  const sources = [...(builtin === null ? [] : [builtin]), ...directories.map(directorySource)]
  const known = languages?.() ?? null
  const problems: CatalogProblem[] = [...(known?.problems ?? [])]
  const tracks: OrderedTrack[] = []
  const placeOf = new Map<string, string>()
  for (const source of sources) {
    for (const track of guard(source, source.name, problems, () =>
      loadSource(source, known?.names ?? null, problems),
    ) ?? []) {
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

function loadSource(
  source: ContentSource,
  languages: readonly string[] | null,
  problems: CatalogProblem[],
): OrderedTrack[] {
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
  problems.push(...misplaced(source, paths))
  return [...slugs].flatMap((slug) => {
    const track = guard(source, `${source.name}/${slug}`, problems, () =>
      loadTrack({ source, paths, slug, findDataset: (name) => findDataset(slug, name), languages }, problems),
    )
    return track === null ? [] : [track]
  })
}

function isTrackPath(path: string): boolean {
  return /^[^/]+\/(track\.ya?ml|[^/]+\/(exercise\.ya?ml|solution\.sql))$/.test(path)
}

const tracksWanted = 'A folder of tracks is wanted here'

/** Folders that would be passed over in silence: one level off, a file of another name, a name that is no address. */
function misplaced(source: ContentSource, paths: readonly string[]): CatalogProblem[] {
  const problem = (path: string, message: string) => ({
    file: `${source.name}/${path}`,
    line: null,
    key: null,
    message,
  })
  return paths.flatMap((path) => {
    const [, folder = '', name = ''] = /^(.*\/)?([^/]+)$/.exec(path) ?? []
    if (/^(track|exercise)\.yml$/.test(name)) return [problem(path, `Call this file ${name.replace('yml', 'yaml')}`)]
    if (path === 'track.yaml') return [problem(path, `${tracksWanted}, and this is one track; name the folder above`)]
    if (path === 'exercise.yaml')
      return [problem(path, `${tracksWanted}, and this is one exercise; name the folder above its track`)]
    if (/^[^/]+\/exercise\.yaml$/.test(path))
      return paths.includes('track.yaml')
        ? []
        : [problem(path, `${tracksWanted}: put a track.yaml beside this exercise's folder, and name the folder above`)]
    if (/^[^/]+\/track\.yaml$/.test(path) && !/^[a-z0-9][a-z0-9-]{0,63}\/$/.test(folder))
      return [problem(folder, "A track's folder has a name of small letters, digits and hyphens; rename it")]
    const isExercise = /^[^/]+\/[^/]+\/solution\.sql$/.test(path)
    if (isExercise && !paths.includes(`${folder}exercise.yaml`) && !paths.includes(`${folder}exercise.yml`))
      return [problem(`${folder}exercise.yaml`, 'The file is missing; add it with title, kind and difficulty')]
    return []
  })
}

type TrackFolder = Omit<ExerciseFolder, 'track'>

function loadTrack(
  { source, paths, slug, findDataset, languages }: TrackFolder,
  problems: CatalogProblem[],
): OrderedTrack {
  const file = `${source.name}/${slug}/track.yaml`
  const hasFile = paths.includes(`${slug}/track.yaml`)
  const read = hasFile
    ? readYaml(source.text(`${slug}/track.yaml`), file, trackFile)
    : { value: undefined, problems: [], lineOf: () => null }
  if (!hasFile)
    problems.push({ file, line: null, key: null, message: 'The file is missing; add it with at least a title' })
  problems.push(...read.problems)
  const folders = paths.flatMap((path) =>
    path.startsWith(`${slug}/`) && /^[^/]+\/[^/]+\/exercise\.yaml$/.test(path) ? path.split('/').slice(1, 2) : [],
  )
  const order = read.value?.exercises ?? []
  for (const [index, name] of order.entries()) {
    if (folders.includes(name)) continue
    problems.push({
      file,
      line: read.lineOf(`exercises[${index}]`),
      key: 'exercises',
      message: `There is no exercise "${name}" in the track; add its folder or remove the line`,
    })
  }
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const exercises = folders
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .flatMap((name) => {
      const loaded = guard(source, `${source.name}/${slug}/${name}`, problems, () =>
        loadExercise({ source, paths, track: slug, slug: name, findDataset, languages }),
      )
      problems.push(...(loaded?.problems ?? []))
      return loaded?.exercise ? [loaded.exercise] : []
    })
  const { title = slug, description = '' } = read.value ?? {}
  return { slug, title, description, exercises, order: read.value?.order ?? Number.MAX_SAFE_INTEGER }
}

/** What most who name a folder of exercises wrongly run into, in words of their own. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such folder.',
  ENOTDIR: 'It is a file; name the folder that holds the tracks.',
  EACCES: 'The user that Podium runs as may not read it.',
}

function explainReading(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return ('code' in error ? reasons[String(error.code)] : undefined) ?? error.message
}

/** A file or folder that can't be read is a problem of the content, whatever the system calls it. */
function guard<T>(source: ContentSource, place: string, problems: CatalogProblem[], body: () => T): T | null {
  try {
    return body()
  } catch (error) {
    const message = `This can't be read. ${explainReading(error)}`
    const file = error instanceof UnreadableFile ? `${source.name}/${error.path}` : place
    problems.push({ file, line: null, key: null, message })
    return null
  }
}
