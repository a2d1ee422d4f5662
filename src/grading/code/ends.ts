/** How a run ended, in the words of verdicts. Pure. */
import type { ExecutionResult, LimitName } from '../../pods/execution.ts'
import { type ItemOutcome, type LimitHit, shownText } from './results.ts'

/** An end that is no ordinary one. */
export interface BadEnd {
  outcome: Exclude<ItemOutcome, 'passed' | 'failed' | 'not_run'>
  /** A sentence without a full stop, in small letters, for example `more than 64 MB of memory`. */
  message: string
  limit: LimitHit | null
}

const outcomes: Readonly<Record<LimitName, BadEnd['outcome']>> = {
  wallMs: 'time_limit',
  cpuMs: 'time_limit',
  memoryBytesMax: 'memory_limit',
  diskBytesMax: 'output_limit',
  fileBytesMax: 'output_limit',
  filesMax: 'output_limit',
  outputBytesMax: 'output_limit',
  processesMax: 'runtime_error',
  openFilesMax: 'runtime_error',
}

const words: Readonly<Record<LimitName, (value: number) => string>> = {
  wallMs: (value) => `stopped after ${seconds(value)}`,
  cpuMs: (value) => `stopped after ${seconds(value)} of computing`,
  memoryBytesMax: (value) => `more than ${size(value)} of memory`,
  diskBytesMax: (value) => `more than ${size(value)} of files`,
  fileBytesMax: (value) => `a file of more than ${size(value)}`,
  filesMax: (value) => `more than ${value} files`,
  outputBytesMax: (value) => `more than ${size(value)} of output`,
  processesMax: (value) => `more than ${value} processes`,
  openFilesMax: (value) => `more than ${value} open files`,
}

/** What went wrong with a run; null where it ended by itself with exit code 0. Throws where it was called off. */
export function badEndOf(result: ExecutionResult): BadEnd | null {
  switch (result.end) {
    case 'exited':
      if (result.exitCode === 0) return null
      return { outcome: 'runtime_error', message: exitMessage(result), limit: null }
    case 'signalled':
      return { outcome: 'runtime_error', message: `it was ended by ${result.signal ?? 'a signal'}`, limit: null }
    case 'limit':
      if (result.limit === null) throw new Error('A run ended at a limit that nobody knows')
      return endAtLimit(result.limit)
    case 'cancelled':
      throw new DOMException('The run was called off', 'AbortError')
    case 'lost':
      throw new Error('A lost box has no verdict')
  }
}

/** The end of what met a limit. */
export function endAtLimit(limit: LimitHit): BadEnd {
  return { outcome: outcomes[limit.name], message: words[limit.name](limit.value), limit }
}

/** UTF-16 code units of a message that are told; all of it is in the output. */
const saidMax = 300

/** The last line of standard error says most in all languages but Node, whose error has a name with a colon. */
function exitMessage({ exitCode, stderr }: ExecutionResult): string {
  const said = saidOf(stderr)
  return said === null ? `it ended with exit code ${exitCode}` : said
}

const errorLine = /^(\w+\.)*[A-Z]\w*(Error|Exception|Exit|Interrupt|Warning)\b.*$/

/** The line of an error message that names the error; null where there is none. */
export function saidOf(stderr: Uint8Array): string | null {
  const lines = shownText(stderr.subarray(-8192), 8192)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^Node\.js v\d/.test(line) && !/^Bun v\d/.test(line))
  const named = lines.findLast((line) => errorLine.test(line)) ?? lines.at(-1)
  if (named === undefined) return null
  return named.length > saidMax ? `${named.slice(0, saidMax - 1)}…` : named
}

/**
 * Whether the language could not even read the program. Interpreters say so on standard error when they begin, before
 * anything of the program ran.
 */
export function isSyntaxError({ end, exitCode, stdout, stderr }: ExecutionResult): boolean {
  if (end !== 'exited' || exitCode === 0 || stdout.length > 0) return false
  const said = shownText(stderr, 4000)
  if (/^Traceback /m.test(said)) return false
  return (
    /^(SyntaxError|IndentationError|TabError):/m.test(said) ||
    /: syntax error( near|: unexpected)/.test(said) ||
    /^error: (Expected|Unexpected|Unterminated|Syntax Error)/m.test(said)
  )
}

function seconds(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toFixed(1))} s`
}

function size(bytes: number): string {
  const [value, unit] = bytes >= 1024 ** 2 ? [bytes / 1024 ** 2, 'MB'] : [bytes / 1024, 'KB']
  return `${Number(value.toFixed(1))} ${unit}`
}
