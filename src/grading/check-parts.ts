/** What proving exercises is made of, and what proving one gives: the same for every kind of exercise. */
import type { Parser } from '../parsing/parser.ts'
import type { RunLimits } from '../pods/run.ts'
import type { CheckFailure, ExerciseReport, JudgedItems, MutantScore } from './check-report.ts'
import type { CodeGrader } from './code/code-grader.ts'
import type { Comparer } from './comparer.ts'
import type { Grader } from './grade.ts'
import type { UseSandbox } from './sandbox-use.ts'

/** What runs the answers of code exercises. */
export interface CodeProver {
  grader: CodeGrader
  /** Why no program can be run here at all, as a sentence; null where they can. */
  problem: string | null
}

/** What checking is given. */
export interface CheckParts {
  useSandbox: UseSandbox
  parser: Parser
  limits: RunLimits
  /** Runs the answers of code exercises; absent where there are none. */
  code?: CodeProver
  /** Exercises proven at once. */
  atOnce: number
  /** Also what takes long: mutants of answers that build what a query then uses. */
  isThorough?: boolean
  /** Told after each exercise. */
  onProgress?: (done: number, total: number, report: ExerciseReport) => void
}

/** The parts that proving one exercise needs. */
export interface ProofParts extends CheckParts {
  grader: Grader
  comparer: Comparer
}

/** What proving one exercise found. */
export interface Proof {
  failures: CheckFailure[]
  /** Worth knowing, but no failure. */
  notes: string[]
  /** Why it could not be tried on this machine, as a sentence; absent where it was. */
  unproven?: string
  /** Null where the reference has no mutants that could be judged. */
  mutants: MutantScore | null
  /** What a code exercise is judged by; absent with SQL, and where the reference was not judged. */
  judged?: JudgedItems
}

/** A text that must not be accepted as an answer: the starter, a wrong answer, a mutant of the reference. */
export interface Suspect {
  sql: string
  /** A mutant that is much slower than the reference counts as told from it; an answer has all the time there is. */
  isMutant: boolean
}

/** The name of a reference's file, counted from 0. */
export function referenceFile(index: number): string {
  return index === 0 ? 'solution.sql' : `solution.${index + 1}.sql`
}

/** Waits for all, also where one fails, so that nothing goes on behind the back of whoever ends; then throws the first. */
export async function allSettled<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work)
  return await Promise.all(work)
}
