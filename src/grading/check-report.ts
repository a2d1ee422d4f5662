/** What `podium check` finds, as data. */
import type { CatalogProblem } from '../catalog/exercise.ts'

/** Something an exercise must do and does not. */
export interface CheckFailure {
  what: 'dataset' | 'reference' | 'starter' | 'wrong answer' | 'determinism' | 'mutants' | 'podium'
  /** The file in the exercise's folder; null where the message names one of the dataset. */
  file: string | null
  /** The line of that file, from 1, and what stands there: a key of exercise.yaml, the name of a check. */
  line?: number
  key?: string
  message: string
}

/** A mutant of the reference that the datasets don't tell from it. */
export interface Survivor {
  name: string
  sql: string
}

/** How well an exercise's datasets tell mistakes from the reference. */
export interface MutantScore {
  /** Mutants that run, without the equivalent ones. */
  total: number
  killed: number
  /** Marked so by the author, with a reason, or planned by PostgreSQL as the reference is. */
  equivalent: number
  survivors: Survivor[]
}

/** What a code exercise is judged by: cases, tests or checks, as its reference meets them. */
export interface JudgedItems {
  compare: 'io' | 'tests' | 'checks'
  visible: number
  hidden: number
}

/** One exercise's proof. */
export interface ExerciseReport {
  track: string
  slug: string
  title: string
  failures: CheckFailure[]
  /** Worth knowing, but no failure. */
  notes: string[]
  /** Why it could not be tried on this machine, as a sentence; null where it was. */
  unproven: string | null
  references: number
  wrongAnswers: number
  /** The visible one and its hidden variants; 0 where there is no database. */
  datasets: number
  /** Null with SQL, and where the reference was not judged. */
  judged: JudgedItems | null
  /** Null where the reference has no mutants that could be judged. */
  mutants: MutantScore | null
  durationMs: number
}

/** The whole proof. */
export interface CheckReport {
  exercises: ExerciseReport[]
  problems: CatalogProblem[]
  /** Killed mutants of all that are not equivalent, from 0 to 1; null where there are none. */
  score: number | null
  durationMs: number
}

/** Whether all that could be tried here is proven. */
export function isProven(report: CheckReport): boolean {
  return report.problems.length === 0 && report.exercises.every(({ failures }) => failures.length === 0)
}
