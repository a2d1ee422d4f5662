/** Podium's SQL parser: PostgreSQL 18's own, in a worker with a size check before it and a deadline around it. */
import { Failure } from '../failure.ts'
import { dynamicSql } from './constructs.ts'
import { createDeadlineWorker } from './deadline-worker.ts'
import type { Mutant } from './mutant.ts'
import type { ParseAnswer, ParseQuestion } from './parse-worker.ts'
import type { SplitResult, SyntaxProblem } from './parsed.ts'
import { tooDeep } from './split.ts'

/** Longest text that is parsed, in bytes of UTF-8. */
export const textBytesMax = 256 * 1024

/** Longest that parsing may take; a text of the largest size takes well under a second. */
const parseTimeoutMs = 3_000

/** Most characters that wait to be parsed, in all texts together, and most texts: more is refused. */
const waitingLengthMax = 16 * 1024 * 1024
const waitingTextsMax = 5_000

/**
 * Parses what people write; never throws for a text, only `Failure('exhausted')` where far too many wait, and
 * `Failure('unavailable')` where it has been stopped.
 */
export interface Parser {
  /** The statements of a text, with kind and place. */
  split(text: string): Promise<SplitResult>
  /** The first syntax error of a text, or null where PostgreSQL's parser takes it. Executes nothing. */
  validate(text: string): Promise<SyntaxProblem | null>
  /**
   * The constructs a text uses (see `constructNames`, and `table NAME`, `function NAME`), also within bodies of functions
   * and DO blocks; none where it does not parse, and `dynamic sql` where it can't be read to its end.
   */
  constructs(text: string): Promise<string[]>
  /** A text's mutants; none where it does not parse. */
  mutants(text: string): Promise<Mutant[]>
  stop(): void
}

/** Starts a parser. Stop it when the program ends. */
export function createParser(): Parser {
  const worker = createDeadlineWorker<ParseQuestion, ParseAnswer>('parsing/parse-worker.ts', {
    timeoutMs: parseTimeoutMs,
    weigh: ({ text }) => text.length,
  })
  let waitingLength = 0
  let waitingTexts = 0
  async function ask(verb: ParseQuestion['verb'], text: string): Promise<ParseAnswer | SyntaxProblem> {
    const refusal = refuse(text)
    if (refusal !== null) return refusal
    if (waitingLength + text.length > waitingLengthMax || waitingTexts >= waitingTextsMax) throw busy()
    waitingLength += text.length
    waitingTexts += 1
    const outcome = await worker.ask({ verb, text: text.toWellFormed() })
    waitingLength -= text.length
    waitingTexts -= 1
    if ('answer' in outcome) return 'tooDeep' in outcome.answer ? tooDeep : outcome.answer
    if (outcome.failed === 'stopped') throw new Failure('unavailable', 'The parser has been stopped')
    return outcome.failed === 'timeout' ? tooSlow : tooDeep
  }
  async function split(text: string): Promise<SplitResult> {
    const answer = await ask('split', text)
    if ('message' in answer) return { error: answer }
    return 'split' in answer ? answer.split : { error: tooDeep }
  }
  return {
    split,
    async constructs(text) {
      const answer = await ask('constructs', text)
      return 'constructs' in answer ? answer.constructs : [dynamicSql]
    },
    async mutants(text) {
      const answer = await ask('mutants', text)
      return 'mutants' in answer ? answer.mutants : []
    },
    async validate(text) {
      const result = await split(text)
      return 'error' in result ? result.error : null
    },
    stop: () => worker.stop(),
  }
}

const tooSlow: SyntaxProblem = {
  message: `Parsing the text took longer than ${parseTimeoutMs / 1000} s and was stopped`,
  hint: 'A shorter text helps.',
  position: null,
}

function busy(): Failure {
  return new Failure('exhausted', 'Too many texts wait to be read. Try again in a few seconds.', {
    code: 'parser_busy',
    retryAfterSeconds: 5,
  })
}

/** What is said without parsing: texts that are too long, and NUL, at which the parser would silently end. */
function refuse(text: string): SyntaxProblem | null {
  const bytes = Buffer.byteLength(text)
  if (bytes > textBytesMax) {
    const size = Math.ceil(bytes / 1024)
    return {
      message: `The text has ${size} KB; at most ${textBytesMax / 1024} KB can be run`,
      hint: null,
      position: null,
    }
  }
  const nul = text.indexOf('\0')
  if (nul < 0) return null
  return { message: 'The text contains a NUL character, which PostgreSQL does not take', hint: null, position: nul }
}
