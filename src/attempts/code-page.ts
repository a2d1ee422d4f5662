/** What the page of a code exercise shows: files, samples, the language. */
import type { FileFacts } from '../../views/attempts/files-pane.tsx'
import type { Sample } from '../../views/attempts/samples-pane.tsx'
import type { CodeExercise, PlainFile } from '../catalog/code-exercise.ts'
import { shownName, shownText } from '../grading/code/results.ts'
import type { Runtimes } from '../runtimes/runtime.ts'
import { filesOfDraft } from './sheets.ts'

/** Bytes of a file that a page shows; longer ones are named with their beginning. */
const shownBytesMax = 64 * 1024
/** Samples and bytes of each that a page shows. */
const samplesMax = 10
const sampleBytesMax = 4_000

/** The learner's files, the entry first, then what is there to read: given files and the tests that are shown. */
export function filesOf(exercise: CodeExercise, text: string): FileFacts[] {
  const { entry, files, grading } = exercise
  const own = [...filesOfDraft(exercise, text)].map(([path, content]) => ({
    ...{ path, text: content, isReadOnly: false, isEntry: path === entry },
  }))
  const tests = grading.compare === 'tests' ? grading.tests.filter(({ isVisible }) => isVisible) : []
  const given = files.filter(({ access }) => access === 'read')
  return [
    ...own.filter(({ isEntry }) => isEntry),
    ...own.filter(({ isEntry }) => !isEntry),
    ...[...given, ...tests].map(readOnly),
  ]
}

function readOnly({ path, content }: PlainFile): FileFacts {
  return { path, text: textOf(content), isReadOnly: true, isEntry: false }
}

function textOf(content: Uint8Array): string {
  if (content.subarray(0, 8_000).includes(0)) return `(${content.length} bytes that are no text)`
  return shownText(content, shownBytesMax)
}

/** Cases that are shown. What a checker or an interactor judges has no one right output. */
export function samplesOf({ grading }: CodeExercise): Sample[] {
  if (grading.compare !== 'io') return []
  const cases = grading.cases.filter(({ isVisible }) => isVisible).slice(0, samplesMax)
  return cases.map(({ name, input, expected }) => ({
    name: shownName(name),
    input: shownText(input, sampleBytesMax),
    expected: grading.match === 'interactive' ? null : shownText(expected, sampleBytesMax),
    isWhole: input.length <= sampleBytesMax && grading.match !== 'interactive',
  }))
}

/** What the button that tries the answer is called; null where nothing can be tried before handing in. */
export function trialName({ grading }: CodeExercise): string | null {
  if (grading.compare === 'checks') return null
  if (grading.compare === 'io') return grading.cases.some(({ isVisible }) => isVisible) ? 'Run samples' : null
  return grading.tests.some(({ isVisible }) => isVisible) ? 'Run tests' : null
}

/** The line above the editor, and the editor's mode. */
export function languageOf(runtimes: Runtimes, { language }: CodeExercise): { language: string; mode: string } {
  const runtime = runtimes.find(language)
  if (runtime === null) return { language, mode: 'text' }
  return { language: `${runtime.title} ${runtime.version ?? ''}`.trim(), mode: runtime.editorMode }
}
