/**
 * The logic of `podium check`: an exercise proves itself before anyone meets it. The references are accepted, the starter
 * and the wrong answers are not, the result does not depend on the order of rows or on the plan, and the datasets tell
 * the reference from its mutants.
 */
import type { Catalog, SqlExercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import type { Parser } from '../parsing/parser.ts'
import type { RunLimits } from '../pods/run.ts'
import { checkDeterminism } from './check-determinism.ts'
import { checkMutants } from './check-mutants.ts'
import type { CheckFailure, CheckReport, ExerciseReport } from './check-report.ts'
import { type Comparer, createComparer } from './comparer.ts'
import { createGrader, type Grader } from './grade.ts'
import type { UseSandbox } from './sandbox-use.ts'
import type { Verdict } from './verdict.ts'

/** What checking is made of. */
export interface CheckParts {
  useSandbox: UseSandbox
  parser: Parser
  limits: RunLimits
  /** Exercises proven at once. */
  atOnce: number
  /** Told after each exercise. */
  onProgress?: (done: number, total: number, report: ExerciseReport) => void
}

/** The parts that proving one exercise needs. */
export interface ProofParts extends CheckParts {
  grader: Grader
  comparer: Comparer
}

/** Proves all exercises of a catalogue. Throws only where no sandbox is to be had at all. */
export async function checkCatalog(catalog: Catalog, given: CheckParts): Promise<CheckReport> {
  const startedMs = performance.now()
  const grader = createGrader(given)
  const comparer = createComparer()
  const parts: ProofParts = { ...given, grader, comparer }
  const waiting = catalog.tracks.flatMap(({ exercises }) => exercises).filter((exercise) => exercise.kind === 'sql')
  const total = waiting.length
  const exercises: ExerciseReport[] = []
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const report = await checkExercise(parts, next)
      exercises.push(report)
      given.onProgress?.(exercises.length, total, report)
    }
  }
  try {
    await Promise.all(Array.from({ length: given.atOnce }, work))
  } finally {
    grader.stop()
    comparer.stop()
  }
  const order = new Map(catalog.tracks.flatMap((track) => track.exercises).map(({ slug }, index) => [slug, index]))
  exercises.sort((a, b) => (order.get(a.slug) ?? 0) - (order.get(b.slug) ?? 0))
  const durationMs = performance.now() - startedMs
  return { exercises, problems: [...catalog.problems], score: scoreOf(exercises), durationMs }
}

function scoreOf(exercises: readonly ExerciseReport[]): number | null {
  const sum = (pick: 'killed' | 'total') => exercises.reduce((total, { mutants }) => total + (mutants?.[pick] ?? 0), 0)
  return sum('total') === 0 ? null : sum('killed') / sum('total')
}

async function checkExercise(parts: ProofParts, exercise: SqlExercise): Promise<ExerciseReport> {
  const startedMs = performance.now()
  const { track, slug, title, solutions, wrongAnswers, hiddenRecipes } = exercise
  const report: ExerciseReport = {
    ...{ track, slug, title, failures: [], notes: [], references: solutions.length, wrongAnswers: wrongAnswers.length },
    ...{ datasets: 1 + hiddenRecipes.length, mutants: null, durationMs: 0 },
  }
  try {
    const isSound = await checkReferences(parts, exercise, report)
    if (isSound) {
      await checkWrongAnswers(parts, exercise, report)
      report.failures.push(...(await checkDeterminism(parts, exercise)))
      await checkMutants(parts, exercise, report)
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    report.failures.push({ what: 'podium', file: 'exercise.yaml', message })
  }
  return { ...report, durationMs: performance.now() - startedMs }
}

/** Grades every reference; false where one is not accepted, after which nothing else means anything. */
async function checkReferences(
  { grader }: ProofParts,
  exercise: SqlExercise,
  report: ExerciseReport,
): Promise<boolean> {
  for (const [index, answer] of exercise.solutions.entries()) {
    const file = index === 0 ? 'solution.sql' : `solution.${index + 1}.sql`
    const verdict = await grader.grade({ exercise, answer }).catch((error: unknown) => broken(file, error))
    if ('what' in verdict) report.failures.push(verdict)
    else if (verdict.kind !== 'accepted') report.failures.push(refusal(file, index, verdict))
  }
  return report.failures.length === 0
}

/** A dataset that does not load names its own file and line. */
function broken(file: string, error: unknown): CheckFailure {
  const message = error instanceof Error ? error.message : String(error)
  const isDataset = error instanceof Failure && error.code === 'dataset_invalid'
  return isDataset ? { what: 'dataset', file: null, message } : { what: 'reference', file, message }
}

/** The first reference is compared with itself: where that fails on its rows, chance or the clock is in it. */
function refusal(file: string, index: number, { summary, difference, violations = [] }: Verdict): CheckFailure {
  const [first] = violations
  if (first?.kind === 'table') {
    const message = `grading.tables names ${first.name}, which the reference leaves as no ordinary table without row level security. Mind schema and spelling.`
    return { what: 'reference', file: 'exercise.yaml', message }
  }
  if (first?.kind === 'check') {
    const message = `Check "${first.name}" fails after ${file}: ${first.detail ?? first.message}`
    return { what: 'reference', file: 'checks.sql', message }
  }
  if (index > 0 || difference === null) return { what: 'reference', file, message: `Not accepted. ${summary}` }
  return { what: 'determinism', file, message: `Two runs of it on the same data give different results. ${summary}` }
}

async function checkWrongAnswers({ grader }: ProofParts, exercise: SqlExercise, report: ExerciseReport): Promise<void> {
  const accepted = async (what: CheckFailure['what'], file: string, answer: string) => {
    const verdict = await grader.grade({ exercise, answer })
    if (verdict.kind === 'accepted')
      report.failures.push({
        what,
        file,
        message: "Accepted, and must not be: the datasets don't tell it from the reference.",
      })
  }
  if (exercise.starter.trim() !== '') await accepted('starter', 'starter.sql', exercise.starter)
  for (const { name, sql } of exercise.wrongAnswers) {
    const file = `wrong/${name}.sql`
    await accepted('wrong answer', file, sql)
    if (!/^\s*--\s*\S/.test(sql))
      report.failures.push({
        what: 'wrong answer',
        file,
        message: 'Begin the file with a comment that says why people write this.',
      })
  }
  if (exercise.wrongAnswers.length < 2) report.notes.push('Fewer than two wrong answers.')
}
