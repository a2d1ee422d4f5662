/** What requests of the API ask to be run or checked: SQL, or the files of a program. */
import { type Static, t } from 'elysia'
import { answerFiles, encodeAnswer } from '../catalog/answer-files.ts'
import type { Exercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import { filesSchema } from './code-answers.ts'
import { stdinLengthMax, textLengthMax } from './form.ts'

/** PostgreSQL's text has no place for it. */
export const noNul = '^[^\\u0000]*$'

/** Fields of an answer. */
const answerFields = {
  exercise: t.String({ maxLength: 200, pattern: noNul, description: "The exercise's slug" }),
  sql: t.Optional(t.String({ maxLength: textLengthMax, description: 'One or more statements; with SQL exercises' })),
  files: t.Optional(filesSchema),
}

/** An answer to check. */
export const submissionBody = t.Object(answerFields)

/** An answer to run. */
export const executeBody = t.Object({
  ...answerFields,
  stdin: t.Optional(t.String({ maxLength: stdinLengthMax, description: "The program's input; with code exercises" })),
  tests: t.Optional(
    t.Boolean({ description: 'Run the shown tests or sample cases in place of the program; with code exercises' }),
  ),
})

/** The answer as it is stored. Throws `Failure('invalid')` where it is not one to this kind of exercise. */
export function answerOfBody(exercise: Exercise, { sql, files }: Static<typeof submissionBody>): string {
  if (exercise.kind === 'sql') {
    if (sql === undefined)
      throw new Failure('invalid', 'This exercise is about SQL: send `sql`.', { code: 'wrong_kind' })
    return sql
  }
  if (files === undefined)
    throw new Failure('invalid', 'This exercise is about code: send `files`.', { code: 'wrong_kind' })
  const answer = encodeAnswer(Object.entries(files))
  answerFiles(exercise, answer)
  return answer
}
