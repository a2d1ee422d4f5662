/**
 * `podium check`: every exercise of a catalogue proves itself before anyone meets it. How it does depends on its kind;
 * here is what they share: several at once, those that take longest first, and the report.
 */
import type { Catalog, Exercise } from '../catalog/exercise.ts'
import { proveCode } from './check-code.ts'
import type { CheckParts, Proof, ProofParts } from './check-parts.ts'
import type { CheckReport, ExerciseReport } from './check-report.ts'
import { proveSql } from './check-sql.ts'
import { createComparer } from './comparer.ts'
import { createGrader } from './grade.ts'

/** Proves all exercises of a catalogue. Throws only where no sandbox is to be had at all. */
export async function checkCatalog(catalog: Catalog, given: CheckParts): Promise<CheckReport> {
  const startedMs = performance.now()
  const grader = createGrader(given)
  const comparer = createComparer()
  const parts: ProofParts = { ...given, grader, comparer }
  const inOrder = catalog.tracks.flatMap(({ exercises }) => exercises)
  const waiting = inOrder.toSorted((one, other) => effortOf(other) - effortOf(one))
  const reports = new Map<Exercise, ExerciseReport>()
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const report = await checkExercise(parts, next)
      reports.set(next, report)
      given.onProgress?.(reports.size, inOrder.length, report)
    }
  }
  try {
    await Promise.all(Array.from({ length: given.atOnce }, work))
  } finally {
    grader.stop()
    comparer.stop()
  }
  const exercises = inOrder.flatMap((exercise) => reports.get(exercise) ?? [])
  const durationMs = performance.now() - startedMs
  return { exercises, problems: [...catalog.problems], score: scoreOf(exercises), durationMs }
}

/** A guess at what proving takes, for the order only: plans want much data, and what changes data a database of its own. */
function effortOf(exercise: Exercise): number {
  if (exercise.kind === 'code')
    return 2 + exercise.wrongAnswers.filter(({ verdict }) => verdict === 'time_limit').length
  const { writes, grading, hiddenRecipes } = exercise
  return (grading.compare === 'plan' ? 4 : 1) * (writes ? 4 : 1) * (1 + hiddenRecipes.length)
}

function scoreOf(exercises: readonly ExerciseReport[]): number | null {
  const sum = (pick: 'killed' | 'total') => exercises.reduce((total, { mutants }) => total + (mutants?.[pick] ?? 0), 0)
  return sum('total') === 0 ? null : sum('killed') / sum('total')
}

async function checkExercise(parts: ProofParts, exercise: Exercise): Promise<ExerciseReport> {
  const startedMs = performance.now()
  const { track, slug, title, solutions, wrongAnswers } = exercise
  const about = {
    ...{ track, slug, title, references: solutions.length, wrongAnswers: wrongAnswers.length },
    datasets: datasetsOf(exercise),
  }
  const proof = await prove(parts, exercise).catch(broken)
  return { ...about, judged: null, unproven: null, ...proof, durationMs: performance.now() - startedMs }
}

/** Programs may do without any. */
function datasetsOf(exercise: Exercise): number {
  const data = exercise.kind === 'sql' ? exercise : exercise.database
  return data === null ? 0 : 1 + data.hiddenRecipes.length
}

async function prove(parts: ProofParts, exercise: Exercise): Promise<Proof> {
  switch (exercise.kind) {
    case 'sql':
      return await proveSql(parts, exercise)
    case 'code':
      return await proveCode(parts.code, exercise)
  }
}

/** Podium's own troubles are said of the exercise that met them; the others go on. */
function broken(error: unknown): Proof {
  const message = error instanceof Error ? error.message : String(error)
  return { failures: [{ what: 'podium', file: 'exercise.yaml', message }], notes: [], mutants: null }
}
