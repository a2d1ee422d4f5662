/** One problem package as exercises: one for each language in which the package has an accepted submission. */
import { Failure } from '../../failure.ts'
import type { Checkout } from '../checkout.ts'
import { type ImportItem, leftOut, reasonOf } from '../report.ts'
import { shortened, slugOf, topicsOf } from '../words.ts'
import type { WrittenExercise } from '../written-exercise.ts'
import { type AddedFiles, readAddedFiles } from './added-files.ts'
import { withConstants } from './constants.ts'
import { readData } from './data.ts'
import { type SubmissionLanguage, submissionLanguages } from './languages.ts'
import { type Problem, readProblem } from './problem.ts'
import { readInteractions, readStatement } from './statement.ts'
import { answerFilesOf, folderNameOf, readSubmissions, type Submission } from './submissions.ts'
import { takeValidator } from './validator.ts'

/** What became of a package. */
export interface TakenPackage {
  item: ImportItem
  exercises: WrittenExercise[]
  problem: Problem | null
}

/** Takes one over. Never throws for what it finds there. */
export function takePackage(checkout: Checkout, name: string): TakenPackage {
  try {
    return take(checkout, name)
  } catch (cause) {
    return { item: leftOut(name, reasonOf(cause)), exercises: [], problem: null }
  }
}

interface Parts {
  slug: string
  problem: Problem
  title: string
  description: string
  /** Of data/ and check/. */
  files: ReadonlyMap<string, Uint8Array | string>
  grading: Record<string, unknown>
}

function take(original: Checkout, name: string): TakenPackage {
  const problem = readProblem(original)
  const checkout = withConstants(original, problem.constants)
  if (problem.unsupported !== null) throw new Failure('invalid', problem.unsupported)
  const statement = readStatement(checkout)
  if (statement === null) throw new Failure('invalid', 'it has no statement in TeX or Markdown')
  const data = readData(checkout, problem)
  const validator = takeValidator(checkout, problem, data.flags)
  const { usable, notes: submissionNotes } = readSubmissions(checkout)
  const languages = submissionLanguages.filter((language) =>
    usable.some((each) => each.verdict === null && each.language === language),
  )
  const notes = [...problem.notes, ...statement.notes, ...data.notes, ...submissionNotes]
  const links = checkout.strayLinks()
  if (links.length > 0)
    notes.push(
      `Links that lead out of the package or nowhere are not followed: ${links.slice(0, 5).join(', ')}${links.length > 5 ? ', …' : ''}.`,
    )
  for (const each of usable) {
    if (!languages.includes(each.language))
      notes.push(`Left out: submissions/${each.name}, for there is no accepted submission in ${each.language.title}.`)
  }
  if (['input_validators', 'input_format_validators'].some((folder) => checkout.files(folder).length > 0))
    notes.push('Its input validators are left out: what is proven is its submissions, not its cases.')
  if (languages.length === 0)
    return {
      item: leftOut(name, 'it has no accepted submission in a language of Podium', notes),
      exercises: [],
      problem,
    }
  const parts: Parts = {
    ...{ slug: slugOf(name), problem, title: shortened(problem.name ?? statement.title ?? name, 80) },
    description: `${statement.markdown}${problem.isInteractive ? readInteractions(checkout) : ''}`,
    files: new Map([...data.files, ...validator.files]),
    grading: { ...validator.grading, weights: data.weights, ...(data.whole.length > 0 && { whole: data.whole }) },
  }
  const exercises = languages.map((language, index) => {
    const added = readAddedFiles(checkout, language)
    notes.push(...added.notes.filter((note) => !notes.includes(note)))
    return exerciseOf(parts, { submissions: usable, language, added, isFirst: index === 0 })
  })
  return { item: { name, written: exercises.map(({ slug }) => slug), leftOut: null, notes }, exercises, problem }
}

/** A limit of computing, within what exercises may say, with a clock so far behind it that a busy machine does not decide. */
export function timesOf(said: number | null): { cpu_seconds?: number; seconds?: number } {
  if (said === null) return {}
  const seconds = Math.min(600, Math.max(0.1, said))
  return { cpu_seconds: seconds, seconds: Math.min(600, 10 + 2 * seconds) }
}

interface Chosen {
  submissions: readonly Submission[]
  language: SubmissionLanguage
  added: AddedFiles
  /** The first language's exercise has the package's name. */
  isFirst: boolean
}

function exerciseOf(
  { slug, problem, title, description, files, grading }: Parts,
  { submissions, language, added, isFirst }: Chosen,
): WrittenExercise {
  const own = submissions.filter((each) => each.language === language)
  const [right, wrong] = [own.filter((each) => each.verdict === null), own.filter((each) => each.verdict !== null)]
  const main = right[0]?.main ?? ''
  const entry = added.driver ?? language.entry ?? main
  const written = new Map<string, Uint8Array | string>(files)
  for (const [path, content] of added.fixed) written.set(`starter/${path}`, content)
  for (const [path, text] of starterOf(language, added, added.driver === null ? entry : main))
    written.set(`starter/${path}`, text)
  const answerFiles = (each: Submission) =>
    [...answerFilesOf(each, added.driver === null ? entry : null)].filter(([path]) => !added.fixed.has(path))
  for (const [index, each] of right.entries()) {
    const folder = index === 0 ? 'solution' : `solution.${index + 1}`
    for (const [path, text] of answerFiles(each)) written.set(`${folder}/${path}`, text)
  }
  const taken = new Set<string>()
  for (const each of wrong) {
    const name = folderNameOf(each.name, taken)
    taken.add(name)
    for (const [path, text] of answerFiles(each)) written.set(`wrong/${each.verdict}/${name}/${path}`, text)
  }
  const { source, keywords, memoryMb, outputMb, timeLimit } = problem
  const facts = {
    title: isFirst ? title : `${title} (${language.title})`,
    kind: 'code',
    language: language.name,
    entry,
    difficulty: 'medium',
    topics: topicsOf(keywords),
    source: {
      name: source.name === null ? undefined : shortened(source.name, 200),
      url: source.url ?? undefined,
      license: source.license === null ? undefined : shortened(source.license, 200),
      authors: source.authors.slice(0, 100).map((author) => shortened(author, 100)),
    },
    files: { read: [...added.fixed.keys()] },
    limits: {
      ...timesOf(timeLimit),
      memory_mb: memoryMb ?? undefined,
      output_kb: outputMb === null ? undefined : outputMb * 1024,
    },
    grading,
  }
  const folder = isFirst ? slug : slugOf(`${slug.slice(0, 50)}-${language.name}`)
  return { slug: folder, facts, description, files: written }
}

/** What learners begin with: the package's template, else a line that says what to do. */
function starterOf(language: SubmissionLanguage, added: AddedFiles, main: string): Map<string, string> {
  if (added.templateMain !== null)
    return new Map([...added.template].map(([path, text]) => [path === added.templateMain ? main : path, text]))
  if (added.driver !== null) return new Map([[main, `${language.comment} Write what ${added.driver} calls.\n`]])
  return new Map([[main, language.starter.replace('{stem}', main.replace(/\.\w+$/, ''))]])
}
