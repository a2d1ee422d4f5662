/** Telling the kinds of exercises apart where something goes with some of them only. */
import { Failure } from '../failure.ts'
import type { CodeExercise } from './code-exercise.ts'
import type { Exercise, SqlExercise } from './exercise.ts'

/** The exercise as an SQL exercise. Throws `Failure('invalid')` where it is of another kind. */
export function requireSql(exercise: Exercise): SqlExercise {
  if (exercise.kind === 'sql') return exercise
  throw new Failure('invalid', 'This exercise is about code, not SQL.', { code: 'wrong_kind' })
}

/** The exercise as a code exercise. Throws `Failure('invalid')` where it is of another kind. */
export function requireCode(exercise: Exercise): CodeExercise {
  if (exercise.kind === 'code') return exercise
  throw new Failure('invalid', 'This exercise is about SQL, not code.', { code: 'wrong_kind' })
}
