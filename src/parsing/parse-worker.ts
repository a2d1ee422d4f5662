/** The thread that parses what people wrote: one question in, one answer out. */
import { readWhole } from './code-bodies.ts'
import { findConstructs } from './constructs.ts'
import type { Mutant } from './mutant.ts'
import { mutate } from './mutate.ts'
import type { SplitResult } from './parsed.ts'
import { splitOutcome } from './split.ts'
import { createTreeParser, type TreeParser } from './tree.ts'

/** A question to the parse worker. */
export interface ParseQuestion {
  verb: 'split' | 'constructs' | 'mutants'
  text: string
}

/** Its answer. `tooDeep`: the text nests so deeply that the parser's stack was spent. */
export type ParseAnswer = { split: SplitResult } | { constructs: string[] } | { mutants: Mutant[] } | { tooDeep: true }

let loading: Promise<TreeParser> = createTreeParser()

self.onmessage = async ({ data }: MessageEvent<ParseQuestion>) => {
  postMessage(await answer(data))
}

async function answer(question: ParseQuestion): Promise<ParseAnswer> {
  const parser = await loading
  try {
    return answerWith(parser, question)
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof WebAssembly.RuntimeError)) throw error
    // The instance's stack and heap are in no known state after this.
    loading = createTreeParser()
    return { tooDeep: true }
  }
}

function answerWith(parser: TreeParser, { verb, text }: ParseQuestion): ParseAnswer {
  if (verb === 'constructs') return { constructs: findConstructs(readWhole(parser, text)) }
  const outcome = parser.parse(text)
  if (verb === 'split') return { split: splitOutcome(text, outcome) }
  const statements = 'statements' in outcome ? outcome.statements : []
  return { mutants: mutate(statements, (mutated) => 'statements' in parser.parse(mutated)) }
}
