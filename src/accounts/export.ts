/**
 * Everything Podium keeps of a person, sent to that person as fast as they take it. For as long as that lasts it holds a
 * connection to the control plane, of which there are few: so one at a time for each, some at once, and within a time.
 */
import { Failure } from '../failure.ts'
import type { Sql } from '../store/connect.ts'
import { exportUser } from '../store/export.ts'

/** Copies that are sent at once, to all people together. */
export const exportsMax = 3

/** Who takes longer is cut off. */
const timeoutMs = 10 * 60_000

const underWay = new Set<string>()

/**
 * The copy as a stream; reading stops with the connection.
 *
 * @throws Failure `exhausted` (`export_busy`): this person's copy is being sent already, or too many others are
 */
export function sendExport(
  sql: Sql,
  { userId, deadlineMs = timeoutMs }: { userId: string; deadlineMs?: number },
): ReadableStream<Uint8Array> {
  if (underWay.has(userId)) throw busy('A copy of your data is being sent to you already. Wait until it is there.')
  if (underWay.size >= exportsMax) throw busy('Several people are taking a copy of their data. Try again in a minute.')
  underWay.add(userId)
  const encoder = new TextEncoder()
  const pieces = exportUser(sql, { userId })
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = async () => {
    clearTimeout(timer)
    await pieces.return(undefined)
    underWay.delete(userId)
  }
  return new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setTimeout(() => {
        controller.error(new Error('the copy took too long to be read'))
        void end()
      }, deadlineMs)
    },
    async pull(controller) {
      try {
        const { value, done } = await pieces.next()
        if (done !== true) return controller.enqueue(encoder.encode(value))
        await end()
        controller.close()
      } catch (cause) {
        await end()
        throw cause
      }
    },
    cancel: end,
  })
}

function busy(message: string): Failure {
  return new Failure('exhausted', message, { code: 'export_busy', retryAfterSeconds: 60 })
}
