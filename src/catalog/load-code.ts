/** What makes an exercise a code exercise: its workspace, answers, limits and grading, from the files of its folder. */
import { Failure } from '../failure.ts'
import type { ExecutionLimits } from '../pods/execution.ts'
import { answerFiles, encodeAnswer } from './answer-files.ts'
import type { CodeExercise, CodeFile, FileAccess, WrongCode, WrongVerdict } from './code-exercise.ts'
import type { ExerciseCommon } from './exercise-common.ts'
import type { ExerciseFile } from './exercise-file.ts'
import { type ExerciseFiles, entryOf, filesBelow, type Report } from './exercise-files.ts'
import { reportStrangeFiles } from './known-code-files.ts'
import type { Dataset } from './load-dataset.ts'
import { readCodeGrading } from './read-code-grading.ts'

/** What a code exercise has beside what all kinds have, and the two of these that it makes in its own way. */
export type CodeParts = Omit<CodeExercise, Exclude<keyof ExerciseCommon, 'starter' | 'solutions'>>

/** What loading it needs. */
export interface CodeFolder {
  files: ExerciseFiles
  read: ExerciseFile
  /** Null where the exercise names none and has none of its own. */
  dataset: Dataset | null
  /** Names of the languages that Podium knows; null where nobody has asked. */
  languages: readonly string[] | null
  report: Report
}

/** Bytes of all files of a folder that are no cases. */
const filesBytesMax = 16 * 1024 * 1024
/** Bytes of everything. */
const totalBytesMax = 64 * 1024 * 1024

/** Puts it together; what is wrong is reported. */
export function loadCode({ files, read, dataset, languages, report }: CodeFolder): CodeParts {
  reportStrangeFiles(files, report)
  reportSizes(files, report)
  const language = languageOf(read, languages, report)
  const workspace = readWorkspace(files, read, report)
  const solution = filesBelow(files, 'solution')
  if (solution.length === 0)
    report({ file: 'solution/' }, 'There is no reference; add at least one file, which says what is right')
  const entry =
    read.entry ??
    entryOf(
      solution.map(({ path }) => path),
      'main',
    )
  const all = new Set([...workspace, ...solution].map(({ path }) => path))
  // That there is no reference has been said.
  if (entry === null && solution.length > 0)
    report({ key: 'entry' }, 'Say which file is run: solution/ has several, and none is called main.*')
  else if (entry !== null && !all.has(entry))
    report({ key: 'entry' }, `There is no ${entry} in solution/ or starter/; name the file that is run`)
  const grading = readCodeGrading({ files, read, language, report })
  const answers = { exercise: { files: workspace, grading }, workspace, files, report }
  return {
    kind: 'code',
    language,
    entry: entry ?? '',
    files: workspace,
    starter: answerOf(answers, 'starter', null),
    solutions: solutionFolders(files).map((folder) => answerOf(answers, folder, workspace)),
    wrongAnswers: wrongFolders(files, report).map(({ folder, ...wrong }) => ({
      ...wrong,
      answer: answerOf(answers, folder, workspace),
    })),
    grading,
    needs: read.needs ?? [],
    limits: limitsOf(read),
    database: dataset === null ? null : databaseOf(dataset, read),
  }
}

function databaseOf({ recipe, hiddenRecipes }: Dataset, { writes = true }: ExerciseFile): CodeParts['database'] {
  return { recipe, hiddenRecipes, writes }
}

function languageOf({ language }: ExerciseFile, languages: readonly string[] | null, report: Report): string {
  if (language === undefined)
    report({ key: 'kind' }, 'kind: code needs the language; add for example "language: python"')
  else if (languages !== null && !languages.includes(language))
    report({ key: 'language' }, `Podium knows no language "${language}"; it knows ${languages.join(', ')}`)
  return language ?? ''
}

function readWorkspace(files: ExerciseFiles, read: ExerciseFile, report: Report): CodeFile[] {
  const starter = filesBelow(files, 'starter')
  const lists = { read: read.files?.read ?? [], hidden: read.files?.hidden ?? [] }
  for (const access of ['read', 'hidden'] as const) {
    for (const [index, name] of lists[access].entries()) {
      if (!starter.some(({ path }) => isNamed(path, name)))
        report(
          { key: `files.${access}[${index}]` },
          `There is no ${name} in starter/; put the file there or remove the line`,
        )
    }
  }
  const accessOf = (path: string): FileAccess => {
    if (lists.hidden.some((name) => isNamed(path, name))) return 'hidden'
    return lists.read.some((name) => isNamed(path, name)) ? 'read' : 'edit'
  }
  return starter.map(({ path, content }) => ({ path, access: accessOf(path), content }))
}

function isNamed(path: string, name: string): boolean {
  return name.endsWith('/') ? path.startsWith(name) : path === name
}

interface AnswerContext {
  exercise: Omit<Parameters<typeof answerFiles>[0], 'solutions'>
  files: ExerciseFiles
  report: Report
}

/** The files of a folder as an answer, over those of the starter that it leaves as they are. */
function answerOf(
  { exercise, files, report }: AnswerContext,
  folder: string,
  base: readonly CodeFile[] | null,
): string {
  const own = filesBelow(files, folder)
  // The starter's folder also has the files that are not the learner's.
  const isFixed = (path: string) => exercise.files.some((file) => file.path === path && file.access !== 'edit')
  const below = (base ?? exercise.files).filter(({ access }) => access === 'edit')
  const texts = new Map<string, string>()
  for (const { path, content } of [...below, ...own.filter(({ path }) => base !== null || !isFixed(path))]) {
    const text = textOf(content)
    if (text === null)
      report({ file: `${folder}/${path}` }, 'What a learner edits is text in UTF-8; list this file under files: read')
    texts.set(path, text ?? '')
  }
  const answer = encodeAnswer(texts)
  try {
    // What the author's own answers have, learners may have.
    answerFiles({ ...exercise, solutions: [answer] }, answer)
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause
    report({ file: `${folder}/` }, cause.message)
  }
  return answer
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(content: Uint8Array): string | null {
  try {
    return utf8.decode(content)
  } catch {
    return null
  }
}

function solutionFolders({ names }: ExerciseFiles): string[] {
  const further = new Set(names.flatMap((name) => /^solution\.\d+(?=\/)/.exec(name)?.[0] ?? []))
  return ['solution', ...[...further].sort((one, other) => Number(one.slice(9)) - Number(other.slice(9)))]
}

const verdicts: readonly WrongVerdict[] = [
  'wrong_answer',
  'time_limit',
  'memory_limit',
  'output_limit',
  'runtime_error',
  'compile_error',
]

function wrongFolders({ names }: ExerciseFiles, report: Report): (Omit<WrongCode, 'answer'> & { folder: string })[] {
  const folders = new Set(names.flatMap((name) => /^wrong\/[^/]+\/[^/]+(?=\/)/.exec(name)?.[0] ?? []))
  return [...folders].flatMap((folder) => {
    const [, word = '', name = ''] = folder.split('/')
    const verdict = verdicts.find((known) => known === word)
    if (verdict !== undefined) return [{ name, verdict, folder }]
    report({ file: `wrong/${word}/` }, `"${word}" is no verdict; wrong answers are in ${verdicts.join('/, ')}/`)
    return []
  })
}

const megabyte = 1024 * 1024

function limitsOf({ limits = {} }: ExerciseFile): Partial<ExecutionLimits> {
  const times = (value: number | undefined, unit: number) =>
    value === undefined ? undefined : Math.round(value * unit)
  // What an answer computes is judged; the clock has room beside it, for a busy machine must not change a verdict.
  const [computing, clock] =
    limits.cpu_seconds === undefined && limits.seconds !== undefined
      ? [limits.seconds, 2 * limits.seconds + 2]
      : [limits.cpu_seconds, limits.seconds]
  const given = {
    wallMs: times(clock, 1000),
    cpuMs: times(computing, 1000),
    memoryBytesMax: times(limits.memory_mb, megabyte),
    processesMax: limits.processes,
    openFilesMax: limits.open_files,
    fileBytesMax: times(limits.file_mb, megabyte),
    diskBytesMax: times(limits.disk_mb, megabyte),
    outputBytesMax: times(limits.output_kb, 1024),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function reportSizes({ names, bytes }: ExerciseFiles, report: Report): void {
  const size = (all: readonly string[]) => all.reduce((sum, name) => sum + (bytes(name)?.length ?? 0), 0)
  if (size(names) > totalBytesMax)
    report({ file: '' }, 'All files together are larger than 64 MB; make the cases smaller')
  if (size(names.filter((name) => !name.startsWith('data/'))) > filesBytesMax)
    report({ file: '' }, 'The files that are no cases are larger than 16 MB together')
}
