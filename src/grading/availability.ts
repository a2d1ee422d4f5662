/**
 * Whether an exercise can be worked on here, for lists: at once, from what is known. Modules of a language take a moment
 * to ask for; they are asked once, and the next list has the answer.
 */
import type { CodeExercise } from '../catalog/code-exercise.ts'
import type { Exercise } from '../catalog/exercise.ts'
import type { CodeGrader } from './code/code-grader.ts'

/** Tells why an exercise can't be worked on, as a sentence; null where it can, or nobody knows yet. */
export type UnavailableOf = (exercise: Exercise) => string | null

/** Makes it. */
export function availability({
  isBoxed,
  code,
}: {
  isBoxed: boolean
  code: Pick<CodeGrader, 'problemOf'>
}): UnavailableOf {
  const known = new WeakMap<CodeExercise, { problem: string | null }>()
  const ask = (exercise: CodeExercise) => {
    const entry: { problem: string | null } = { problem: null }
    known.set(exercise, entry)
    code.problemOf(exercise).then(
      (problem) => {
        entry.problem = problem
      },
      // No box to ask in just now: the next list asks again.
      () => known.delete(exercise),
    )
    return entry
  }
  return (exercise) => {
    if (exercise.kind === 'code') return (known.get(exercise) ?? ask(exercise)).problem
    if (exercise.isolation === 'database' || isBoxed) return null
    return 'Needs a boxed server, which this machine does not have.'
  }
}
