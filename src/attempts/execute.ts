/** `POST /api/execute`: SQL in somebody's sandbox, or a program in a box; whole, or line by line as it comes. */
import type { Static } from 'elysia'
import type { Viewer } from '../accounts/viewer.ts'
import { type ExecuteAnswer, executeAnswer } from './answers.ts'
import { answerOfBody, type executeBody } from './api-work.ts'
import { openAttempt } from './attempt.ts'
import { codeEndAnswer, codeResultsAnswer, programAnswer } from './code-answers.ts'
import { type CodeRunResult, runCode } from './code-run.ts'
import type { AttemptParts } from './exercise-page.ts'
import { holderOf } from './holder.ts'
import { linesResponse, linesType } from './lines.ts'
import { run } from './run.ts'
import { runInLines } from './run-in-lines.ts'

/** Who wants what to be run. */
export interface ExecuteWish {
  parts: AttemptParts
  body: Static<typeof executeBody>
  viewer: Viewer
  request: Request
}

/** Whether an answer line by line is asked for. */
export function wantsLines(request: Request): boolean {
  return request.headers.get('accept')?.includes(linesType) ?? false
}

/** Runs it and answers what came of it. */
export async function execute(wish: ExecuteWish): Promise<ExecuteAnswer> {
  const { attempt, exercise, holder, answer } = await openWish(wish)
  if (exercise.kind === 'sql') {
    const { result, lost } = await run(wish.parts.bench, { attempt, exercise, holder, sql: answer, selection: null })
    return executeAnswer(attempt.id, result, lost?.reason ?? null)
  }
  const result = await runCode(benchOf(wish), { attempt, exercise, holder, answer, stdin: stdinOf(wish) })
  return codeExecuteAnswer(attempt.id, result)
}

/** The same, with output as it comes; SQL has no such output, so its result is the only line. */
export async function executeInLines(wish: ExecuteWish): Promise<Response> {
  const { attempt, exercise, holder, answer } = await openWish(wish)
  if (exercise.kind === 'sql') {
    const result = await execute(wish)
    return linesResponse(async function* () {
      yield { result }
    })
  }
  const request = { attempt, exercise, holder, answer, stdin: stdinOf(wish) }
  return linesResponse((signal) => runInLines(benchOf(wish), request, { signal, resultOf }))
  function resultOf(result: CodeRunResult): object {
    return codeExecuteAnswer(attempt.id, result)
  }
}

async function openWish({ parts, body, viewer, request }: ExecuteWish) {
  const { attempt, exercise } = await openAttempt(parts, { slug: body.exercise, viewer })
  return { attempt, exercise, holder: holderOf(viewer, request), answer: answerOfBody(exercise, body) }
}

function benchOf({ parts }: ExecuteWish) {
  return { ...parts.bench, grader: parts.codeGrader, live: parts.live }
}

function stdinOf({ body }: ExecuteWish): string | null {
  return body.tests === true ? null : (body.stdin ?? '')
}

/** Maps a run of a program, or of tests. */
function codeExecuteAnswer(attempt: string, result: CodeRunResult): ExecuteAnswer {
  const blank = { statements: [], end: 'completed' as const, isRolledBack: false, durationMs: result.durationMs }
  return {
    ...executeAnswer(attempt, blank, null),
    end: codeEndAnswer(result),
    program: result.of === 'program' ? programAnswer(result) : null,
    tests: result.of === 'trial' && result.results !== null ? codeResultsAnswer(result.results) : null,
  }
}
