/**
 * Runs and grades answers to code exercises. What an answer does is a verdict; only Podium's own troubles are thrown, and
 * those of an exercise that is broken.
 */
import type { CodeExercise } from '../../catalog/code-exercise.ts'
import type { ExecutionResult } from '../../pods/execution.ts'
import type { CodeVerdict } from '../verdict.ts'
import { badEndOf, isSyntaxError } from './ends.ts'
import { type Found, gradeOn } from './grade-on.ts'
import { gradeOnOtherData } from './other-data.ts'
import { type CodeAnswer, prepareAnswer, prepareBoth, problemOf } from './prepare-answer.ts'
import { type CodeParts, run } from './program.ts'
import { type GraderParts, withMemory } from './remembered.ts'
import { type CodeResults, type LimitHit, scoreOf, shownText, withinRoom } from './results.ts'
import { testFilesOf } from './test-run.ts'
import { codeWords, firstBad } from './wording.ts'

/** A run of a program with somebody's own input. */
export interface ProgramRun {
  result: ExecutionResult
  /** What ended it other than itself, in words; null where it ended with exit code 0. */
  problem: string | null
  limit: LimitHit | null
  /** What the compiler said where it did not compile; then nothing ran. */
  compiler: string | null
}

/** What listens to a run of a program. */
export interface ProgramListener {
  /** Each piece of output as it comes. */
  onOutput?(stream: 'stdout' | 'stderr', bytes: Uint8Array): void
}

/** Runs and grades code. */
export interface CodeGrader {
  /**
   * The verdict on an answer. Throws `Failure` where the answer is none (`answer_invalid`), the language or a module is not
   * here (`runtime_missing`, `needs_missing`) or no box is to be had; an Error where the exercise itself is broken; an
   * AbortError where it was called off.
   */
  grade(given: CodeAnswer): Promise<CodeVerdict>
  /** Runs the answer's program with this input. Throws `Failure` as `grade`. */
  runProgram(given: CodeAnswer & ProgramListener & { stdin: Uint8Array }): Promise<ProgramRun>
  /**
   * What visible tests or sample cases come to, without a verdict; null where the exercise has none that can be run
   * before handing in. Throws as `grade`.
   */
  runVisible(given: CodeAnswer): Promise<CodeResults | null>
  /** Why the exercise can't be run here, as a sentence; null where it can. */
  problemOf(exercise: CodeExercise): Promise<string | null>
  /** Whether Podium knows a language of this name, be it here or not. */
  knows(language: string): boolean
}

/** Makes a grader. */
export function createCodeGrader(given: CodeParts): CodeGrader {
  const parts = withMemory(given)
  return {
    grade: async (answer) => await grade(parts, answer, { visibleOnly: false }),
    runProgram: async (answer) => await runProgram(parts, answer),
    runVisible: async (answer) => {
      if (!hasVisible(answer.exercise)) return null
      return (await grade(parts, answer, { visibleOnly: true })).code
    },
    problemOf: async (exercise) => await problemOf(parts.runtimes, exercise),
    knows: (language) => parts.runtimes.find(language) !== null,
  }
}

/** Whether there is something to try before handing in. */
function hasVisible({ grading }: CodeExercise): boolean {
  if (grading.compare === 'io') return grading.cases.some(({ isVisible }) => isVisible)
  return grading.compare === 'tests' && testFilesOf(grading, { visibleOnly: true }).length > 0
}

async function grade(
  parts: GraderParts,
  given: CodeAnswer,
  { visibleOnly }: { visibleOnly: boolean },
): Promise<CodeVerdict> {
  const startedMs = performance.now()
  const answer = await prepareBoth(parts, given, { visibleOnly })
  if ('compiler' in answer) return verdictOf(given, { items: [], compiler: answer.compiler }, startedMs)
  const found = await gradeOn({ parts, given, answer, visibleOnly, variant: null })
  const isRight = found.compiler === null && found.items.every(({ outcome }) => outcome === 'passed')
  const others = visibleOnly ? [] : await gradeOnOtherData({ parts, given, answer }, { isRight })
  const counted = found.counted && new Set([...found.counted, ...others])
  return verdictOf(given, { ...found, items: [...found.items, ...others], ...(counted && { counted }) }, startedMs)
}

async function runProgram(
  parts: CodeParts,
  { stdin, onOutput, ...given }: CodeAnswer & ProgramListener & { stdin: Uint8Array },
): Promise<ProgramRun> {
  const ready = await prepareAnswer(parts, given, { withHidden: false })
  if ('compiler' in ready) return { result: nothingRan, problem: null, limit: null, compiler: ready.compiler }
  const result = await run(parts, ready.prepared, { stdin, ...(onOutput && { onOutput }) }, given)
  const bad = badEndOf(result)
  const compiler = isSyntaxError(result) ? shownText(result.stderr) : null
  return { result, problem: bad?.message ?? null, limit: bad?.limit ?? null, compiler }
}

const empty = new Uint8Array()

const nothingRan: ExecutionResult = {
  ...{ end: 'exited', exitCode: null, signal: null, limit: null, stdout: empty, stderr: empty, channel: empty },
  ...{ archive: null, wallMs: 0, cpuMs: 0, memoryBytesPeak: 0 },
}

function verdictOf(
  { exercise }: CodeAnswer,
  { items, compiler, counted, output }: Found,
  startedMs: number,
): CodeVerdict {
  const { compare } = exercise.grading
  const score = compiler !== null ? 0 : scoreOf(items, counted)
  const limit = compiler === null ? (firstBad(items, compare)?.limit ?? null) : null
  const results = { compare, items, compiler, score, output: output ?? null }
  return {
    ...codeWords(results),
    difference: null,
    error: null,
    datasetsPassed: items.filter(({ outcome }) => outcome === 'passed').length,
    datasetsGraded: items.length,
    durationMs: performance.now() - startedMs,
    code: { ...results, items: withinRoom(items), limit },
  }
}
