/** A run of a program that is answered bit by bit: its output as it comes, then what came of it. */
import { Failure } from '../failure.ts'
import { type CodeBench, type CodeRunRequest, type CodeRunResult, runCode } from './code-run.ts'
import type { OutputPiece } from './live-output.ts'

/** Pieces of output, at last the result or the problem. Who stops listening ends the run. */
export async function* runInLines(
  bench: CodeBench,
  wish: CodeRunRequest,
  { signal, resultOf }: { signal: AbortSignal; resultOf: (result: CodeRunResult) => object },
): AsyncGenerator<object, void> {
  const pieces: OutputPiece[] = []
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  let wake = Promise.withResolvers<void>()
  let isOver = false
  const onOutput = (stream: OutputPiece['stream'], bytes: Uint8Array) => {
    pieces.push({ stream, text: decoders[stream].decode(bytes, { stream: true }) })
    wake.resolve()
  }
  const running = runCode(bench, { ...wish, signal, onOutput })
    .then((result) => ({ result: resultOf(result) }), problemOf)
    .finally(() => {
      isOver = true
      wake.resolve()
    })
  // It is awaited below, but perhaps later than it fails.
  running.catch(() => undefined)
  while (!isOver || pieces.length > 0) {
    if (pieces.length === 0) await wake.promise
    wake = Promise.withResolvers()
    yield* pieces.splice(0)
  }
  yield await running
}

/** The answer has begun, so a refusal can have no status of its own. */
function problemOf(cause: unknown): object {
  if (!(cause instanceof Failure)) throw cause
  return { problem: { detail: cause.message, code: cause.code } }
}
