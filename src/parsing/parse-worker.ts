/** The thread that parses what people wrote: one question in, one answer out. */
import type { SplitResult } from './parsed.ts'
import { splitOutcome } from './split.ts'
import { createTreeParser, type TreeParser } from './tree.ts'

/** A question to the parse worker. */
export interface ParseQuestion {
  verb: 'split'
  text: string
}

/** Its answer. `tooDeep`: the text nests so deeply that the parser's stack was spent. */
export type ParseAnswer = { split: SplitResult } | { tooDeep: true }

let loading: Promise<TreeParser> = createTreeParser()

self.onmessage = async ({ data }: MessageEvent<ParseQuestion>) => {
  postMessage(await answer(data))
}

async function answer(question: ParseQuestion): Promise<ParseAnswer> {
  const parser = await loading
  try {
    return { split: splitOutcome(question.text, parser.parse(question.text)) }
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof WebAssembly.RuntimeError)) throw error
    // The instance's stack and heap are in no known state after this.
    loading = createTreeParser()
    return { tooDeep: true }
  }
}
