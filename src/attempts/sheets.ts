/** Answers as they are read: a query is one text, a program is its files. */
import type { Sheet } from '../../views/parts/listing.tsx'
import { type AnswerFiles, answerFiles, decodeAnswer, encodeAnswer } from '../catalog/answer-files.ts'
import type { CodeExercise } from '../catalog/code-exercise.ts'
import type { Exercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'

/** The texts of an answer, as it is stored; none where a draft of files is none. */
export function sheetsOf({ kind }: Pick<Exercise, 'kind'>, text: string): Sheet[] {
  if (kind === 'sql') return [{ path: null, text }]
  return sheetsOfFiles(unlessInvalid(() => decodeAnswer(text)) ?? new Map())
}

/** The files that the editor opens with: a draft's, or the starter's where the draft is no answer to this exercise. */
export function filesOfDraft(exercise: CodeExercise, text: string): AnswerFiles {
  return unlessInvalid(() => answerFiles(exercise, text)) ?? decodeAnswer(exercise.starter)
}

/** What a form handed over: `files` of the editor, or a field for each file where there are no scripts. */
export function answerOfForm(exercise: Exercise, fields: Readonly<Record<string, string>>): string {
  if (exercise.kind === 'sql') return given(fields, 'sql')
  const { files } = fields
  if (files !== undefined && files !== '') return encodeAnswer(answerFiles(exercise, files))
  const answer = encodeAnswer(filesOfFields(fields))
  answerFiles(exercise, answer)
  return answer
}

/** A field for each file, one that says which of them goes, and the name and text of one more. */
function filesOfFields(fields: Readonly<Record<string, string>>): AnswerFiles {
  const prefix = 'file:'
  const own = Object.entries(fields).filter(([name]) => name.startsWith(prefix))
  const files = new Map(own.map(([name, text]) => [name.slice(prefix.length), text]))
  for (const path of [...files.keys()]) if (fields[`without:${path}`] !== undefined) files.delete(path)
  const added = (fields['new-file'] ?? '').trim()
  if (added === '') return files
  if (files.has(added)) throw new Failure('invalid', `There is a file ${added} already.`, { code: 'answer_invalid' })
  return files.set(added, fields['new-text'] ?? '')
}

function given(fields: Readonly<Record<string, string>>, name: string): string {
  const text = fields[name]
  if (text === undefined) throw new Failure('invalid', `The form has no field "${name}".`)
  return text
}

function sheetsOfFiles(files: AnswerFiles): Sheet[] {
  return [...files].map(([path, text]) => ({ path, text }))
}

function unlessInvalid<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof Failure && cause.kind === 'invalid') return null
    throw cause
  }
}
