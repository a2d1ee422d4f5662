/** Answers that come line by line, each line a JSON value (NDJSON), while something is still going on. */

/** The media type. */
export const linesType = 'application/x-ndjson'

/** A response with a line for each value as it comes. Where `values` throws, the answer is cut off. */
export function linesResponse(values: AsyncIterable<unknown>): Response {
  const encoder = new TextEncoder()
  async function* lines() {
    for await (const value of values) yield encoder.encode(`${JSON.stringify(value)}\n`)
  }
  const iterator = lines()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await iterator.return(undefined)
    },
  })
  return new Response(body, {
    headers: { 'content-type': linesType, 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}
