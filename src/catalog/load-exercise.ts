/** One exercise: its folder's files, read, checked and put together. */
import { createHash } from 'node:crypto'
import { readYaml } from '../yaml/yaml-reader.ts'
import { readChecks } from './checks-file.ts'
import type { ContentFile, ContentSource } from './content-source.ts'
import type { CatalogProblem, Exercise, SqlExercise } from './exercise.ts'
import type { Difficulty, ExerciseCommon, ExerciseSource } from './exercise-common.ts'
import { type ExerciseFile, exerciseFile } from './exercise-file.ts'
import { type ExerciseFiles, hashFiles, type Report } from './exercise-files.ts'
import { reportOtherKind } from './kind-keys.ts'
import { loadCode } from './load-code.ts'
import { type Dataset, emptyDataset, loadDataset } from './load-dataset.ts'
import { firstParagraph, renderAttribution, renderInlineMarkdown, renderMarkdown } from './markdown.ts'
import { readGrading } from './read-grading.ts'

/** What loading an exercise needs beside its own folder. */
export interface ExerciseFolder {
  source: ContentSource
  /** All paths of the source. */
  paths: readonly string[]
  track: string
  slug: string
  /** A dataset by `name` of this track or `track/name`; null where there is none. */
  findDataset(name: string): Dataset | null
  /** Names of the languages that Podium knows; null where nobody has asked. */
  languages: readonly string[] | null
}

/** The exercise, or null where a problem keeps it out. */
export interface LoadedExercise {
  exercise: Exercise | null
  problems: CatalogProblem[]
}

const pointsByDifficulty: Readonly<Record<Difficulty, number>> = { easy: 5, medium: 10, hard: 20 }
const minutesUnlessSaid = 10

/** Loads an exercise's folder. Any problem keeps the exercise out, so that nobody meets half of one. */
export function loadExercise(folder: ExerciseFolder): LoadedExercise {
  const { source, track, slug } = folder
  const own = `${track}/${slug}`
  const names = folder.paths.filter((path) => path.startsWith(`${own}/`)).map((path) => path.slice(own.length + 1))
  const texts = new Map<string, string>()
  const contents = new Map<string, Uint8Array>()
  const files: ExerciseFiles = {
    names,
    file: (name) => `${source.name}/${own}/${name}`,
    text: (name) => {
      if (!names.includes(name)) return null
      // Read once, so that what is used and what is kept are the same even where the file changes now.
      const text = texts.get(name) ?? source.text(`${own}/${name}`)
      texts.set(name, text)
      return text
    },
    bytes: (name) => {
      if (!names.includes(name)) return null
      const content = contents.get(name) ?? source.bytes(`${own}/${name}`)
      contents.set(name, content)
      return content
    },
  }
  const read = readYaml(files.text('exercise.yaml') ?? '', files.file('exercise.yaml'), exerciseFile)
  const problems = [...read.problems]
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(slug)) {
    problems.push(
      problem(
        files.file(''),
        null,
        `The folder's name is the exercise's address: rename "${slug}" to small letters, digits and hyphens`,
      ),
    )
  }
  const { title, kind, difficulty } = read.value ?? {}
  if (read.value === undefined || title === undefined || kind === undefined || difficulty === undefined)
    return { exercise: null, problems }
  reportOtherKind(kind, read.value, (key, message) =>
    problems.push({ file: files.file('exercise.yaml'), line: read.lineOf(key), key, message }),
  )
  const exercise = build(folder, files, { ...read.value, title, kind, difficulty, lineOf: read.lineOf }, problems)
  return { exercise: problems.length > 0 ? null : exercise, problems }
}

type Required = ExerciseFile & {
  title: string
  kind: 'sql' | 'code'
  difficulty: Difficulty
  lineOf(key: string): number
}

function build(folder: ExerciseFolder, files: ExerciseFiles, read: Required, problems: CatalogProblem[]): Exercise {
  const { track, slug } = folder
  const description = demand(files, 'description.md', 'it is the task that people read', problems)
  const dataset = resolveDataset(folder, files, read, problems)
  problems.push(...dataset.problems)
  const common = {
    slug,
    version: versionOf(folder, files, dataset, read.kind),
    track,
    title: read.title,
    summary: read.summary ?? firstParagraph(description).slice(0, 300),
    difficulty: read.difficulty,
    minutes: read.minutes ?? minutesUnlessSaid,
    topics: read.topics ?? [],
    points: read.points ?? pointsByDifficulty[read.difficulty],
    isPublished: read.published ?? true,
    descriptionHtml: renderMarkdown(description) + sourceHtml(sourceOf(read)),
    hints: (read.hints ?? []).map((text) => ({ text, html: renderInlineMarkdown(text) })),
    source: sourceOf(read),
    dataset: dataset.name,
    content: [...ownFiles(folder, files, read.kind), ...dataset.files],
  }
  if (read.kind === 'sql') return { ...common, ...sqlParts(files, read, dataset, problems) }
  const report: Report = (place, message) => problems.push(placed(files, read, place, message))
  const own = dataset === emptyDataset ? null : dataset
  return { ...common, ...loadCode({ files, read, dataset: own, languages: folder.languages, report }) }
}

function sourceOf({ source }: ExerciseFile): ExerciseSource | null {
  if (source === undefined) return null
  const { name = null, url = null, license = null, authors = [] } = source
  return { name, url, license, authors }
}

/** Goes wherever the description goes, for that is what most licences ask for. */
function sourceHtml(source: ExerciseSource | null): string {
  if (source === null) return ''
  const { name, url, license, authors } = source
  return renderAttribution([
    ...(name === null && url === null ? [] : [{ label: 'Source: ', text: name ?? url ?? '', url }]),
    ...(authors.length === 0 ? [] : [{ label: 'By ', text: authors.join(', '), url: null }]),
    ...(license === null ? [] : [{ label: 'License: ', text: license, url: null }]),
  ])
}

function placed(
  files: ExerciseFiles,
  { lineOf }: Required,
  place: Parameters<Report>[0],
  message: string,
): CatalogProblem {
  if ('file' in place) return problem(files.file(place.file), null, message)
  return { file: files.file('exercise.yaml'), line: lineOf(place.key), key: place.key, message }
}

type SqlParts = Omit<SqlExercise, Exclude<keyof ExerciseCommon, 'starter' | 'solutions'>>

function sqlParts(files: ExerciseFiles, read: Required, dataset: Dataset, problems: CatalogProblem[]): SqlParts {
  problems.push(...strangeFiles(files))
  const checks = files.text('checks.sql')
  const readCheck = checks === null ? null : readChecks(checks, files.file('checks.sql'))
  problems.push(...(readCheck?.problems ?? []))
  const gradingFile = read.grading ?? {}
  const grading = readGrading({
    file: gradingFile,
    path: files.file('exercise.yaml'),
    lineOf: read.lineOf,
    checks: readCheck?.checks ?? null,
    query: files.text('query.sql'),
  })
  problems.push(...grading.problems)
  const seeds = gradingFile.seeds ?? []
  if (seeds.length > 0 && !dataset.isGenerated) {
    problems.push({
      file: files.file('exercise.yaml'),
      line: read.lineOf('grading.seeds'),
      key: 'grading.seeds',
      message:
        'No file of the dataset begins with "-- generator", so a seed changes nothing; remove the key or write a generator',
    })
  }
  return {
    kind: 'sql',
    starter: files.text('starter.sql') ?? '',
    solutions: readSolutions(files, problems),
    wrongAnswers: files.names
      .filter((name) => /^wrong\/[^/]+\.sql$/.test(name))
      .map((name) => ({ name: name.slice('wrong/'.length, -'.sql'.length), sql: files.text(name) ?? '' })),
    grading: grading.grading,
    require: gradingFile.require ?? [],
    forbid: gradingFile.forbid ?? [],
    equivalentMutants: (gradingFile.equivalent ?? []).map(({ mutant = '', reason = '' }) => ({ mutant, reason })),
    showsCounterexample: gradingFile.counterexample ?? true,
    isolation: read.isolation ?? 'database',
    writes: read.writes ?? true,
    recipe: dataset.recipe,
    hiddenRecipes: [...dataset.hiddenRecipes, ...seeds.map((seed) => ({ ...dataset.recipe, seed }))],
    limits: { timeoutMs: read.limits?.seconds === undefined ? null : Math.round(read.limits.seconds * 1000) },
  }
}

/** Names of SQL and YAML files that mean something in an exercise's folder. */
const known =
  /^(exercise\.yaml|starter\.sql|solution(\.\d+)?\.sql|checks\.sql|query\.sql|wrong\/[^/]+\.sql|dataset\/.+)$/

/** A slip in a name would otherwise pass in silence: `solution2.sql`, `wrongs/join.sql`. */
function strangeFiles({ names, file }: ExerciseFiles): CatalogProblem[] {
  const message =
    'An exercise has no file of this name; there are solution.sql, solution.2.sql, starter.sql, wrong/NAME.sql, checks.sql, query.sql and dataset/'
  return names
    .filter((name) => /\.(sql|ya?ml)$/i.test(name) && !known.test(name))
    .map((name) => problem(file(name), null, message))
}

/** The first reference, then solution.2.sql and so on by number. */
function readSolutions(files: ExerciseFiles, problems: CatalogProblem[]): string[] {
  const first = demand(files, 'solution.sql', 'it gives the expected result', problems)
  const further = files.names
    .filter((name) => /^solution\.\d+\.sql$/.test(name))
    .sort((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1]))
  return [first, ...further.map((name) => files.text(name) ?? '')]
}

function resolveDataset(
  folder: ExerciseFolder,
  files: ExerciseFiles,
  { dataset: name, lineOf }: Required,
  problems: CatalogProblem[],
): Dataset {
  const { source, paths, track, slug } = folder
  const report = (message: string) =>
    problems.push({ file: files.file('exercise.yaml'), line: lineOf('dataset'), key: 'dataset', message })
  if (name === undefined) {
    const own = loadDataset(source, paths, `${track}/${slug}/dataset`)
    return own === null ? emptyDataset : { ...own, name: slug }
  }
  if (files.names.some((path) => path.startsWith('dataset/')))
    report('There is a folder dataset/ as well, and only one of them counts; remove the key or the folder')
  const found = folder.findDataset(name)
  if (found !== null) return found
  const wanted = name.includes('/') ? name.replace('/', '/datasets/') : `${track}/datasets/${name}`
  report(`There is no dataset "${name}": the folder ${source.name}/${wanted} does not exist or is empty`)
  return emptyDataset
}

function demand(files: ExerciseFiles, name: string, why: string, problems: CatalogProblem[]): string {
  const found = files.text(name)
  if (found !== null && found.trim() !== '') return found
  problems.push(problem(files.file(name), null, `The file is ${found === null ? 'missing' : 'empty'}; add it: ${why}`))
  return ''
}

function problem(file: string, key: string | null, message: string): CatalogProblem {
  return { file, line: null, key, message }
}

/** The files of the folder itself; those of a dataset come from where they were loaded. */
function ownFiles({ track, slug }: ExerciseFolder, files: ExerciseFiles, kind: Exercise['kind']): ContentFile[] {
  const read = (name: string) => (kind === 'sql' ? files.text(name) : files.bytes(name))
  return files.names
    .filter((name) => !name.startsWith('dataset/'))
    .map((name) => ({ path: `${track}/${slug}/${name}`, content: read(name) ?? '' }))
}

function versionOf(folder: ExerciseFolder, files: ExerciseFiles, dataset: Dataset, kind: Exercise['kind']): string {
  const hash = createHash('sha256').update(JSON.stringify([folder.track, folder.slug, dataset.hash]))
  if (kind === 'code') return hash.update(hashFiles(files)).digest('hex')
  for (const name of files.names) {
    if (!name.startsWith('dataset/')) hash.update(JSON.stringify([name, files.text(name)]))
  }
  return hash.digest('hex')
}
