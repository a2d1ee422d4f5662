/** Two programs that talk to each other, each in a box of its own: Podium joins their streams. */

import { Failure } from '../../failure.ts'
import type { ExecutionBox, ExecutionResult } from '../../pods/execution.ts'
import { type CodeParts, type CodeUse, jobOf, type Prepared, type RunWish } from './program.ts'

/** What two programs came to. */
export interface Interaction {
  answer: ExecutionResult
  judge: ExecutionResult
  /** Whether the answer ended before the judge. */
  isAnswerFirst: boolean
}

/** How much longer than the answer the judge may take: a deadlock is the answer's, so its clock must run out first. */
const judgeGraceMs = 3_000
/** How long an answer may go on after the judge has refused it. One that is right so far has to end within its own limits. */
const lastWordsMs = 2_000

/** Runs both until they end. What passes between them is bounded by their limits of output; a deadlock, by the clock. */
export async function runInteraction(
  { useBoxes }: Pick<CodeParts, 'useBoxes'>,
  { answer, judge, wish, use }: { answer: Prepared; judge: Prepared; wish: RunWish; use: CodeUse },
): Promise<Interaction> {
  const patient = { ...judge, limits: { ...judge.limits, wallMs: answer.limits.wallMs + judgeGraceMs } }
  const wants = [answer, patient].map(({ runtime, limits }) => ({ runtime: runtime.box, limits }))
  const once = () =>
    useBoxes(wants, ([first, second]) => talk(first, second, { answer, judge: patient, wish, use }), use)
  const outcome = await once()
  const isLost = ({ answer, judge }: Interaction) => answer.end === 'lost' || judge.end === 'lost'
  const settled = isLost(outcome) ? await once() : outcome
  if (isLost(settled))
    throw new Failure('unavailable', 'A box of this run went away. Try again in a moment.', { code: 'box_lost' })
  return settled
}

async function talk(
  answerBox: ExecutionBox | undefined,
  judgeBox: ExecutionBox | undefined,
  { answer, judge, wish, use }: { answer: Prepared; judge: Prepared; wish: RunWish; use: CodeUse },
): Promise<Interaction> {
  if (answerBox === undefined || judgeBox === undefined) throw new Error('An interaction needs two boxes')
  const [toAnswer, toJudge] = [new Pipe(), new Pipe()]
  const ending = new AbortController()
  const signal = use.signal === undefined ? ending.signal : AbortSignal.any([use.signal, ending.signal])
  const order: string[] = []
  const joined = (pipe: Pipe) => ({
    signal,
    onOutput: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => {
      if (stream === 'stdout') pipe.write(bytes)
    },
  })
  const answering = answerBox.run(jobOf(answer, { stdin: toAnswer }), joined(toJudge)).then((result) => {
    order.push('answer')
    toJudge.end()
    return result
  })
  const judging = judgeBox.run(jobOf(judge, { ...wish, stdin: toJudge }), joined(toAnswer)).then((result) => {
    order.push('judge')
    toAnswer.end()
    return result
  })
  let lastWords: Timer | undefined
  const judged = judging.then((result) => {
    const isRightSoFar = result.end === 'exited' && (result.exitCode === 0 || result.exitCode === 42)
    if (!isRightSoFar) lastWords = setTimeout(() => ending.abort(), lastWordsMs)
    return result
  })
  try {
    const [given, result] = await Promise.all([answering, judged])
    use.signal?.throwIfAborted()
    return { answer: given, judge: result, isAnswerFirst: order[0] === 'answer' }
  } finally {
    clearTimeout(lastWords)
    // Where one of them could not be run at all, the other waits for words that never come.
    ending.abort()
  }
}

/** Bytes that one writes and the other reads, as they come. */
class Pipe implements AsyncIterable<Uint8Array> {
  readonly #waiting: Uint8Array[] = []
  #isEnded = false
  #wake: () => void = () => {}

  write(bytes: Uint8Array): void {
    if (this.#isEnded) return
    // What is given to a listener may be used again by who gave it.
    this.#waiting.push(bytes.slice())
    this.#wake()
  }

  end(): void {
    this.#isEnded = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    for (;;) {
      const bytes = this.#waiting.shift()
      if (bytes !== undefined) yield bytes
      else if (this.#isEnded) return
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
    }
  }
}
