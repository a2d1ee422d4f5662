/** What a command says when it fails, and the exit code that goes with it. */
import { Failure } from '../failure.ts'

/** What was typed or set is wrong, as opposed to what was tried. */
const usageExitCode = 2

/** Lines for standard error. What nobody foresaw comes with its stack, for a bug report. */
export function explainTrouble(error: unknown): { lines: string[]; code: number } {
  if (error instanceof Failure) {
    const isUsage = error.code === 'usage' || error.code === 'invalid_setting'
    return { lines: error.message.split('\n').map((line) => `podium: ${line}`), code: isUsage ? usageExitCode : 1 }
  }
  // Not the error itself: Bun would print the lines of the bundled program around it, each of thousands of letters.
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
  const frames = stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? []
  return { lines: [`podium: something failed that Podium did not foresee: ${message}`, ...frames], code: 1 }
}
