/** Answers that come line by line, each line a JSON value (NDJSON), while something is still going on. */

/** The media type. */
export const linesType = 'application/x-ndjson'

/**
 * A response with a line for each value as it comes. `signal` is aborted when who asked has gone. Where the values throw,
 * the answer is cut off.
 */
export function linesResponse(values: (signal: AbortSignal) => AsyncGenerator<unknown>): Response {
  const encoder = new TextEncoder()
  const gone = new AbortController()
  const iterator = values(gone.signal)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await iterator.next()
      if (gone.signal.aborted) return
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    cancel() {
      gone.abort()
    },
  })
  return new Response(body, {
    headers: { 'content-type': linesType, 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}
