/**
 * How the answer to a code exercise is written as one text, so that drafts, versions and submissions are the same for
 * every kind: canonical JSON, `{"path": "text", …}` with the paths in order.
 */
import { Failure } from '../failure.ts'
import type { CodeExercise } from './code-exercise.ts'
import { toolFileProblem } from './tool-files.ts'

/** The files of an answer by path, in the order of the paths. */
export type AnswerFiles = ReadonlyMap<string, string>

/** Files of an answer. */
export const answerFilesMax = 64
/** Bytes of the whole text; a draft can hold no more. */
export const answerBytesMax = 256 * 1024
/** Bytes of a path. */
const pathBytesMax = 200

/** Why this can't be the path of a file in a workspace, as the end of a sentence; null where it can. */
export function pathProblem(path: string): string | null {
  if (path === '') return 'is empty'
  if (Buffer.byteLength(path) > pathBytesMax) return `is longer than ${pathBytesMax} bytes`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a name.
  if (/[\u0000-\u001f\u007f\\]/.test(path)) return 'has a backslash or a control character in it'
  if (path !== path.toWellFormed()) return 'has half a character in it'
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'has an empty part, . or .. in it'
  if (parts.some((part) => part !== part.trim())) return 'begins or ends with a blank'
  return null
}

/** Writes an answer: equal files give equal texts. */
export function encodeAnswer(files: Iterable<readonly [path: string, text: string]>): string {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  const lines = sorted.map(([path, text]) => `${JSON.stringify(path)}: ${JSON.stringify(text)}`)
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`
}

/**
 * Reads an answer. Throws `Failure('invalid')` (`answer_invalid`) with a sentence where it is none: no such JSON, too many
 * files, too large, a path that can't be, two paths of which one would have to be the other's folder.
 */
export function decodeAnswer(answer: string): AnswerFiles {
  if (Buffer.byteLength(answer) > answerBytesMax) throw invalid('The files are larger than 256 KB together.')
  const entries = Object.entries(parse(answer))
  if (entries.length > answerFilesMax) throw invalid(`There are more than ${answerFilesMax} files.`)
  const files = new Map<string, string>()
  for (const [path, text] of entries) {
    const problem = pathProblem(path)
    if (problem !== null) throw invalid(`A file's name ${problem}: ${JSON.stringify(path.slice(0, 100))}.`)
    if (typeof text !== 'string') throw invalid(`The file ${path} is no text.`)
    files.set(path, text)
  }
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1))
  for (const [path] of sorted) {
    const above = parentsOf(path).find((parent) => files.has(parent))
    if (above !== undefined) throw invalid(`${above} is a file, so ${path} can't be in it.`)
  }
  return new Map(sorted)
}

/** What is looked at of an exercise. */
type AnswerRules = Pick<CodeExercise, 'files' | 'grading' | 'solutions'>

/**
 * Reads an answer to this exercise. Throws as `decodeAnswer`, and where a file would take the place of one that is not
 * the learner's to change, or would speak to the tools that test the answer.
 */
export function answerFiles(exercise: AnswerRules, answer: string): AnswerFiles {
  const files = decodeAnswer(answer)
  const taken = takenPaths(exercise)
  const offered = exercise.grading.compare === 'tests' ? offeredPaths(exercise) : new Set<string>()
  for (const path of files.keys()) {
    const problem = toolFileProblem(path, exercise, offered)
    if (problem !== null && !taken.has(path))
      throw invalid(`The file ${path} ${problem}, so it can't be in the answer.`)
    if (taken.has(path)) throw invalid(`The file ${path} can't be changed.`)
    const above = parentsOf(path).find((parent) => taken.has(parent))
    if (above !== undefined) throw invalid(`${above} is a file, so ${path} can't be in it.`)
    if ([...taken].some((other) => other.startsWith(`${path}/`))) throw invalid(`${path} is a folder, not a file.`)
  }
  return files
}

/** Paths of files that the exercise brings and nobody edits, those that are not shown among them. */
function takenPaths({ files, grading }: AnswerRules): Set<string> {
  const fixed = files.filter(({ access }) => access !== 'edit').map(({ path }) => path)
  return new Set([...fixed, ...(grading.compare === 'tests' ? grading.tests.map(({ path }) => path) : [])])
}

/** Paths that the author gives to the learner: what may be edited, and what the references have. */
function offeredPaths({ files, solutions }: AnswerRules): Set<string> {
  const editable = files.filter(({ access }) => access === 'edit').map(({ path }) => path)
  return new Set([...editable, ...solutions.flatMap((solution) => [...decodeAnswer(solution).keys()])])
}

function parentsOf(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

function parse(answer: string): object {
  try {
    const value: unknown = JSON.parse(answer)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Said below: to whoever sent it, both are the same.
  }
  throw invalid('The answer is not a list of files: {"path": "text", …} as JSON.')
}

function invalid(message: string): Failure {
  return new Failure('invalid', message, { code: 'answer_invalid' })
}
