/** What an author's judging program said: the words of Kattis and ICPC output validators, or plain success and failure. */
import type { ExecutionResult } from '../../pods/execution.ts'
import { badEndOf } from './ends.ts'
import { shownText } from './results.ts'

/** Its decision. */
export interface Decision {
  isRight: boolean
  /** What it printed first; null where it said nothing. */
  message: string | null
}

/** Whether the program itself broke, in place of deciding. */
export function isBroken({ end, exitCode, stderr }: ExecutionResult): boolean {
  const isCrash = exitCode === 1 && /^Traceback |^\s+at .*:\d+/m.test(shownText(stderr))
  return end !== 'exited' || isCrash || ![0, 1, 42, 43].includes(exitCode ?? -1)
}

/** The decision; throws an Error where the program itself broke, which is the author's to mend, not the learner's. */
export function decisionOf(result: ExecutionResult, what: 'checker' | 'interactor'): Decision {
  const { exitCode, stdout, stderr } = result
  // What an interactor prints is the conversation.
  const said = shownText(stdout.length > 0 && what === 'checker' ? stdout : stderr, 400).trim()
  if (isBroken(result))
    throw new Error(`The ${what} broke: ${badEndOf(result)?.message ?? ''} ${shownText(stderr, 400)}`)
  return { isRight: exitCode === 0 || exitCode === 42, message: said.split('\n')[0] || null }
}
