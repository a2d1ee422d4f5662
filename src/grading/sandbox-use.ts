/** The one verb that grading asks of sandboxes, so that it knows no pool. */
import type { CodeExercise } from '../catalog/code-exercise.ts'
import type { SqlExercise } from '../catalog/exercise.ts'
import type { Database, ImageRecipe, Isolation } from '../pods/driver.ts'

/** Which sandbox is wanted. */
export interface SandboxWant {
  recipe: ImageRecipe
  isolation: Isolation
  access: 'write' | 'read'
}

/**
 * Runs the body with a fresh sandbox and destroys it afterwards. Statements take turns with those of the same `line`, or
 * by themselves where none is named. Throws `Failure` where there is no sandbox to be had.
 */
export type UseSandbox = <T>(want: SandboxWant, body: (database: Database) => Promise<T>, line?: string) => Promise<T>

/** The sandbox that an exercise's answer is graded in, on the given dataset. */
export function wantFor(exercise: SqlExercise, recipe: ImageRecipe): SandboxWant {
  const { isolation, writes } = exercise
  return { recipe, isolation, access: writes || isolation === 'server' ? 'write' : 'read' }
}

/** The sandbox that each run of a program gets. */
export function wantForPrograms({ recipe, writes }: NonNullable<CodeExercise['database']>): SandboxWant {
  return { recipe, isolation: 'database', access: writes ? 'write' : 'read' }
}
