/** One exercise of an Exercism track as one of Podium's. */
import type { Checkout } from '../checkout.ts'
import { type ImportItem, leftOut, reasonOf } from '../report.ts'
import { mapOf, readJson, shortened, slugOf, textIn, textsOf, topicsOf } from '../words.ts'
import { isPlainPath, type WrittenExercise } from '../written-exercise.ts'
import { readDocuments } from './description.ts'
import { takePythonTests, takeScriptTests } from './tests.ts'

/** What the track says of an exercise. */
export interface TrackEntry {
  kind: 'practice' | 'concept'
  slug: string
  name: string
  /** 1 to 10; null with concept exercises. */
  difficulty: number | null
  topics: readonly string[]
  isDeprecated: boolean
}

/** What all exercises of a track share. */
export interface TrackFacts {
  language: 'python' | 'javascript' | 'typescript'
  /** Where the track's files are shown, for example on GitHub; null where that is not known. */
  url: string | null
  license: string | null
  /** Patterns of the names of files, as the track's config.json has them. */
  files: Record<string, unknown>
}

/** What became of it; `exercise` is null where it was left out. */
export interface TakenExercise {
  item: ImportItem
  exercise: WrittenExercise | null
}

/** Takes one over. Never throws for what it finds there. */
export function takeExercise(checkout: Checkout, track: TrackFacts, entry: TrackEntry): TakenExercise {
  const name = `${entry.kind}/${entry.slug}`
  try {
    return take(checkout.below(`exercises/${name}`), track, entry, name)
  } catch (cause) {
    return { item: leftOut(name, reasonOf(cause)), exercise: null }
  }
}

/** Files that belong to a language's tools, not to the exercise. */
const tooling =
  /(^|\/)\.|(^|\/)(node_modules|__typetests__)\/|^(LICENSE|package(-lock)?\.json|pnpm-lock\.yaml|yarn\.lock|(jest|babel|eslint)\.config\.\w+|tsconfig\.json|test-runner\.mjs|global\.d\.ts)$/

/** More computing than Exercism's own runners give: some examples take that; and for tests that are known to be slow. */
const ordinarySeconds = 60
const longSeconds = 120
/** The clock goes on so many times as long, so that a busy machine does not decide. */
const clockTimes = 4

/** JavaScript's threads count as processes, and there are exercises about many of them, and about half a million names. */
const scriptLimits = { processes: 256, memory_mb: 512 }

/** A file that learners begin with has at least so many lines of code where it is meant to be made better, not written. */
const refactoringLinesMin = 30

function take(exercise: Checkout, track: TrackFacts, entry: TrackEntry, name: string): TakenExercise {
  if (slugOf(entry.slug) !== entry.slug) return out(name, 'its name can’t be that of a folder of exercises')
  if (exercise.files('').length === 0) return out(name, 'there is no such folder')
  const { config, notes } = readConfig(exercise)
  const files = { ...patternsOf(track, entry.slug), ...mapOf(config['files']) }
  const [solution, tests] = [
    textsOf(files['solution']),
    textsOf(files['test']).filter((path) => !path.startsWith('__')),
  ]
  const examples = textsOf(mapOf(config['files'])['exemplar'] ?? files['example'])
  const [first] = solution
  if (first === undefined || tests.length === 0 || examples.length === 0)
    return out(name, 'its .meta/config.json names no solution, test or example')
  const stray = [...solution, ...tests, ...examples].find((path) => !isPlainPath(path))
  if (stray !== undefined) return out(name, `its .meta/config.json names the file ${JSON.stringify(stray)}`)
  const documents = readDocuments(exercise, textIn(config['blurb']))
  if (documents.description.trim() === '') return out(name, 'it has no instructions')
  const stub = solution.map((path) => exercise.text(path) ?? '').join('\n')
  const isLong = stub.split('\n').filter((line) => !/^\s*($|#|\/\/|\/?\*)/.test(line)).length >= refactoringLinesMin
  if (isLong && /\brefactor/i.test(exercise.text('.docs/instructions.md') ?? ''))
    return out(
      name,
      'one begins with code that passes the tests already, and is to make it better, which tests can’t judge',
    )
  const taken = takeTests(exercise, track, tests)
  if ('problem' in taken) return out(name, taken.problem)
  const reference = referenceOf(exercise, solution, examples)
  if ('problem' in reference) return out(name, reference.problem)
  const helpers = exercise
    .files('')
    .filter((path) => !tooling.test(path) && !solution.includes(path) && !taken.files.has(path))
  const written = new Map<string, Uint8Array | string>()
  for (const path of solution) written.set(`starter/${path}`, exercise.text(path) ?? '')
  for (const path of helpers) written.set(`starter/${path}`, exercise.bytes(path) ?? '')
  const isModule = track.language === 'javascript' && !/\brequire\(/.test(stub)
  if (isModule) written.set('starter/package.json', '{ "type": "module" }\n')
  for (const [path, text] of reference.files) written.set(`solution/${path}`, text)
  for (const [path, text] of taken.files) written.set(`tests/visible/${path}`, text)
  const slug = slugOf(`${entry.slug.slice(0, 50)}-${track.language}`)
  notes.push(...documents.notes, ...taken.notes)
  if (exercise.files('__typetests__').length > 0) notes.push('Its tests of types are left out.')
  if (entry.isDeprecated) notes.push('Exercism has withdrawn it, so it is not published.')
  const seconds = mapOf(config['custom'])['flag.tests.may-run-long'] === true ? longSeconds : ordinarySeconds
  const facts = {
    ...factsOf(track, entry, config, documents.hints),
    entry: first,
    ...{ files: { read: [...helpers, ...(isModule ? ['package.json'] : [])] } },
    limits: {
      cpu_seconds: seconds,
      seconds: clockTimes * seconds,
      ...(track.language === 'python' ? {} : scriptLimits),
    },
    grading: { compare: 'tests', framework: taken.framework },
  }
  return {
    item: { name, written: [slug], leftOut: null, notes },
    exercise: { slug, facts, description: documents.description, files: written },
  }
}

/** Its configuration; where that can't be read, the track's patterns still name its files. */
function readConfig(exercise: Checkout): { config: Record<string, unknown>; notes: string[] } {
  try {
    return { config: mapOf(readJson(exercise.text('.meta/config.json') ?? '{}')), notes: [] }
  } catch {
    return { config: {}, notes: ['Its .meta/config.json is no JSON: names of authors and the summary are left out.'] }
  }
}

/** The names of an exercise's files where it does not say them itself. */
function patternsOf({ files }: TrackFacts, slug: string): Record<string, string[]> {
  const filled = (pattern: string) =>
    pattern.replaceAll('%{kebab_slug}', slug).replaceAll('%{snake_slug}', slug.replaceAll('-', '_'))
  const patterns = Object.entries(files).map(([key, value]) => [key, textsOf(value).map(filled)] as const)
  // Which of the two it has, its kind says.
  return Object.fromEntries(patterns.filter(([key]) => key === 'solution' || key === 'test' || key === 'example'))
}

function out(name: string, why: string): TakenExercise {
  return { item: leftOut(name, why), exercise: null }
}

function factsOf(track: TrackFacts, entry: TrackEntry, config: Record<string, unknown>, hints: readonly string[]) {
  const { difficulty } = entry
  const blurb = textIn(config['blurb'])
  const authors = [...textsOf(config['authors']), ...textsOf(config['contributors'])].slice(0, 100)
  const source = textIn(config['source'])
  return {
    title: shortened(entry.name, 100),
    kind: 'code',
    language: track.language,
    difficulty: difficulty === null || difficulty <= 3 ? 'easy' : difficulty <= 6 ? 'medium' : 'hard',
    summary: blurb === null ? undefined : shortened(blurb, 300),
    topics: topicsOf(entry.topics),
    published: entry.isDeprecated ? false : undefined,
    source: {
      name: shortened(source === null ? 'Exercism' : `Exercism, after: ${source}`, 200),
      url: track.url === null ? undefined : `${track.url}/exercises/${entry.kind}/${entry.slug}`,
      license: track.license ?? undefined,
      authors: authors.map((author) => shortened(author, 100)),
    },
    hints,
  }
}

type TakenFiles = { files: Map<string, string>; framework: string; notes: string[] } | { problem: string }

function takeTests(exercise: Checkout, { language }: TrackFacts, paths: readonly string[]): TakenFiles {
  const files = new Map<string, string>()
  const notes: string[] = []
  let framework = language === 'python' ? 'unittest' : 'bun test'
  for (const path of paths) {
    const text = exercise.text(path)
    if (text === null) return { problem: `its file of tests ${path} is missing` }
    // A module that tests share has a name like theirs, and is none.
    if (language === 'python' && !/^\s*(async\s+)?def test|^class \w*Test/m.test(text)) continue
    if (language === 'python') {
      const taken = takePythonTests(text)
      if ('problem' in taken) return taken
      if (taken.framework === 'pytest') framework = 'pytest'
      files.set(path, taken.text)
      continue
    }
    const taken = takeScriptTests(text)
    if ('problem' in taken) return taken
    if (/\b(test|it|describe)\.skip\(/.test(taken.text))
      notes.push(`Tests that Exercism skips are skipped, in ${path}.`)
    files.set(path, taken.text)
  }
  return { files, framework, notes }
}

/** What lies in `.meta/` names its neighbours from there. */
function withImportsFrom(path: string, text: string): string {
  if (!/^\.meta\/[^/]+\.[cm]?[jt]s$/.test(path)) return text
  return text.replaceAll(/((?:from|import|require\()\s*['"])\.\.\//g, '$1./')
}

/** Examples belong to the files of the solution by order, else by name; what remains lies beside them. */
function referenceOf(
  exercise: Checkout,
  solution: readonly string[],
  examples: readonly string[],
): { files: Map<string, string> } | { problem: string } {
  const files = new Map<string, string>()
  for (const [index, path] of examples.entries()) {
    const text = exercise.text(path)
    if (text === null) return { problem: `its example ${path} is missing` }
    const base = path.replace(/^.*\//, '')
    const same = solution.find((each) => each.replace(/^.*\//, '') === base)
    files.set(same ?? solution[index] ?? base, withImportsFrom(path, text))
  }
  return { files }
}
