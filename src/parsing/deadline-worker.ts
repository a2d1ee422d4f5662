/**
 * A Worker that answers one question after another, each within a deadline. People's text can make a parser or a
 * comparison hang or die: then the worker is ended, the question answered with a named outcome, and a fresh worker
 * takes the next question.
 */

/** What became of a question: an answer, or why there is none. */
export type Outcome<A> = { answer: A } | { failed: 'timeout' | 'crashed' | 'stopped' }

/** A worker with a queue before it. */
export interface DeadlineWorker<Q, A> {
  ask(question: Q): Promise<Outcome<A>>
  /** Ends the worker; what waits is answered `stopped`. */
  stop(): void
}

interface Waiting<Q, A> {
  question: Q
  weight: number
  resolve: (outcome: Outcome<A>) => void
}

/**
 * Makes one. `path` is the worker's file below src, for example `parsing/parse-worker.ts`; the build lists every such
 * file as an entry of its own. The worker posts exactly one message for each that it gets. `timeoutMs` counts from
 * handing over the question, not from asking. The lightest question by `weigh` goes first, else the one asked first: a
 * pile of heavy ones must not keep everybody waiting.
 */
export function createDeadlineWorker<Q, A>(
  path: string,
  { timeoutMs, weigh = () => 0 }: { timeoutMs: number; weigh?: (question: Q) => number },
): DeadlineWorker<Q, A> {
  const queue: Waiting<Q, A>[] = []
  let worker: Worker | null = null
  let current: Waiting<Q, A> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false

  function settle(outcome: Outcome<A>) {
    clearTimeout(timer)
    const settled = current
    current = null
    if ('failed' in outcome) {
      worker?.terminate()
      worker = null
    }
    settled?.resolve(outcome)
    next()
  }

  function start(): Worker {
    const started = new Worker(workerUrl(path))
    started.onmessage = (event: MessageEvent<A>) => started === worker && settle({ answer: event.data })
    started.onerror = (event) => {
      event.preventDefault()
      if (started === worker) settle({ failed: 'crashed' })
    }
    // An idle parser must not keep the program alive; the types of browsers don't know the method.
    if ('unref' in started && typeof started.unref === 'function') started.unref()
    return started
  }

  function takeLightest(): Waiting<Q, A> | null {
    const lightest = Math.min(...queue.map(({ weight }) => weight))
    const place = queue.findIndex(({ weight }) => weight === lightest)
    return place < 0 ? null : (queue.splice(place, 1)[0] ?? null)
  }

  function next() {
    if (current !== null || isStopped) return
    current = takeLightest()
    if (current === null) return
    worker ??= start()
    timer = setTimeout(() => settle({ failed: 'timeout' }), timeoutMs)
    worker.postMessage(current.question)
  }

  return {
    ask: (question) =>
      new Promise((resolve) => {
        if (isStopped) return resolve({ failed: 'stopped' })
        queue.push({ question, weight: weigh(question), resolve })
        next()
      }),
    stop() {
      isStopped = true
      for (const waiting of queue.splice(0)) waiting.resolve({ failed: 'stopped' })
      settle({ failed: 'stopped' })
    },
  }
}

/** In the compiled program every module shares one address, beside which the workers lie by their path below src. */
function workerUrl(path: string): URL {
  const isCompiled = import.meta.url.includes('/$bunfs/')
  return new URL(isCompiled ? `./${path}` : `../${path}`, import.meta.url)
}
