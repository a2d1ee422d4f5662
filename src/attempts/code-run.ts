/** Running the program of a code exercise before it is handed in: with an input of one's own, or on the shown tests. */
import type { CodeExercise } from '../catalog/code-exercise.ts'
import type { CodeGrader, ProgramRun } from '../grading/code/code-grader.ts'
import { type CodeResults, type LimitHit, shownText } from '../grading/code/results.ts'
import type { ExecutionEnd } from '../pods/execution.ts'
import type { DiskRoom } from '../sandboxes/disk-room.ts'
import type { Holder } from '../sandboxes/leases.ts'
import type { Attempt } from '../store/attempts.ts'
import type { Sql } from '../store/connect.ts'
import { insertRunEvent } from '../store/events.ts'
import type { LiveOutput, OutputPiece } from './live-output.ts'
import type { AttemptSandboxes } from './sandboxes.ts'

/** What running code needs. */
export interface CodeBench {
  sql: Sql
  room: DiskRoom
  sandboxes: AttemptSandboxes
  grader: CodeGrader
  live: LiveOutput
}

/** What came of a program. Texts are cut. */
export interface ProgramResult {
  of: 'program'
  end: ExecutionEnd
  exitCode: number | null
  signal: string | null
  /** What ended it other than itself, in words; null where it ended with exit code 0. */
  problem: string | null
  limit: LimitHit | null
  /** What the compiler, or the language on reading the program, said; null where that went well. */
  compiler: string | null
  stdout: string
  stderr: string
  durationMs: number
  cpuMs: number
  memoryBytes: number
}

/** What came of the shown tests or sample cases; `results` is null where it was cancelled. */
export interface TrialResult {
  of: 'trial'
  results: CodeResults | null
  durationMs: number
}

/** What came of either. The log may have kept the beginning of it only; then `isCut` is true. */
export type CodeRunResult = (ProgramResult | TrialResult) & { isCut?: boolean }

/** A wish to run an answer. */
export interface CodeRunRequest {
  attempt: Attempt
  exercise: CodeExercise
  holder: Holder
  /** As `encodeAnswer` writes it. */
  answer: string
  /** Standard input of the program; null runs the shown tests or cases in its place. */
  stdin: string | null
  /** Calls it off, as the person's Cancel does. */
  signal?: AbortSignal
  /** Told of output as it comes. */
  onOutput?: (stream: OutputPiece['stream'], bytes: Uint8Array) => void
}

/** Characters of each stream that a page shows. */
const shownCharactersMax = 50_000
/** Bytes of a cancelled run's output that are kept. */
const keptBytesMax = 64 * 1024
/** Longer answers and inputs are not written to the log with each run, in UTF-16 code units; versions keep them. */
const loggedLengthMax = 16_000

/**
 * Runs an answer and writes it to the attempt's log. What the program does is in the result; thrown are Podium's own
 * refusals (`Failure`): an answer that is none, no room on the disk, no box, one run still going on.
 */
export async function runCode(bench: CodeBench, request: CodeRunRequest): Promise<CodeRunResult> {
  const { attempt, answer, stdin } = request
  await bench.room.require()
  const running = bench.sandboxes.startRun(attempt.id)
  const live = bench.live.begin(attempt.id)
  try {
    const signal = AbortSignal.any([running.signal, ...(request.signal === undefined ? [] : [request.signal])])
    const given = { exercise: request.exercise, answer, personId: request.holder.personId, signal }
    const result =
      stdin === null
        ? await runTrial(bench, given)
        : await runProgram(bench, { ...given, stdin }, (stream, bytes) => {
            live.write(stream, bytes)
            request.onOutput?.(stream, bytes)
          })
    const { durationMs } = result
    const input = stdin === null ? {} : { stdin: stdin.slice(0, loggedLengthMax) }
    const logged = answer.length <= loggedLengthMax ? { answer } : {}
    const payload = { of: result.of, ...logged, ...input, durationMs: Math.round(durationMs) }
    await insertRunEvent(bench.sql, { attemptId: attempt.id, kind: 'run', payload, result: { ...result } })
    return result
  } finally {
    live.end()
    running.finish()
  }
}

interface Given {
  exercise: CodeExercise
  answer: string
  personId: string
  signal: AbortSignal
}

async function runTrial({ grader }: CodeBench, given: Given): Promise<TrialResult> {
  const startedMs = performance.now()
  const results = await unlessCancelled(given.signal, () => grader.runVisible(given))
  return { of: 'trial', results, durationMs: performance.now() - startedMs }
}

async function runProgram(
  { grader }: CodeBench,
  { stdin, ...given }: Given & { stdin: string },
  tell: (stream: OutputPiece['stream'], bytes: Uint8Array) => void,
): Promise<ProgramResult> {
  const startedMs = performance.now()
  const printed = { stdout: new Uint8Array(), stderr: new Uint8Array() }
  const onOutput = (stream: OutputPiece['stream'], bytes: Uint8Array) => {
    if (printed[stream].length < keptBytesMax) printed[stream] = Buffer.concat([printed[stream], bytes])
    tell(stream, bytes)
  }
  const run = await unlessCancelled(given.signal, () =>
    grader.runProgram({ ...given, stdin: Buffer.from(stdin), onOutput }),
  )
  return run === null ? cancelled(printed, performance.now() - startedMs) : programResult(run)
}

function programResult({ result, problem, limit, compiler }: ProgramRun): ProgramResult {
  const { end, exitCode, signal, wallMs, cpuMs, memoryBytesPeak } = result
  const texts = textsOf(result)
  const figures = { durationMs: wallMs, cpuMs, memoryBytes: memoryBytesPeak }
  return { of: 'program', end, exitCode, signal, problem, limit, compiler, ...texts, ...figures }
}

function cancelled(printed: Record<OutputPiece['stream'], Uint8Array>, durationMs: number): ProgramResult {
  const nothing = { exitCode: null, signal: null, problem: null, limit: null, compiler: null, cpuMs: 0, memoryBytes: 0 }
  return { of: 'program', end: 'cancelled', ...nothing, ...textsOf(printed), durationMs }
}

function textsOf({ stdout, stderr }: Record<OutputPiece['stream'], Uint8Array>) {
  return { stdout: shownText(stdout, shownCharactersMax), stderr: shownText(stderr, shownCharactersMax) }
}

/** Null where the person called it off. */
async function unlessCancelled<Value>(signal: AbortSignal, body: () => Promise<Value>): Promise<Value | null> {
  try {
    return await body()
  } catch (cause) {
    if (signal.aborted) return null
    throw cause
  }
}
