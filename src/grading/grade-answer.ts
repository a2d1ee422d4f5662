/** Grades an answer by the way of its exercise's kind. */
import type { Exercise } from '../catalog/exercise.ts'
import type { CodeGrader } from './code/code-grader.ts'
import type { Grader } from './grade.ts'
import type { Verdict } from './verdict.ts'

/** An answer of any kind, and in whose turns it is graded. */
export interface AnyAnswer {
  exercise: Exercise
  answer: string
  line: string
}

/** One verb for all kinds. It throws what the grader of the kind throws. */
export function gradeAnswer(graders: { sql: Grader; code: CodeGrader }): (given: AnyAnswer) => Promise<Verdict> {
  return async ({ exercise, answer, line }) => {
    switch (exercise.kind) {
      case 'sql':
        return await graders.sql.grade({ exercise, answer, line })
      case 'code':
        return await graders.code.grade({ exercise, answer, personId: line })
    }
  }
}
