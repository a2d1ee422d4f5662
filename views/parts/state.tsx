/** Where someone stands with an exercise or a check: shape, word and hue, never hue alone. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { VerdictKind } from '../../src/store/submissions.ts'
import { Shape } from './icon.tsx'
import type { ShapeName, SymbolId } from './icon-shapes.ts'

/** A verdict, or `new`: nothing was checked yet. */
export type State = VerdictKind | 'nearly' | 'new'

/** How a state looks and what it is called. */
export interface StateLook {
  hue: 'pass' | 'part' | 'fail' | 'slow' | 'idle'
  shape: ShapeName
  word: string
}

const looks: Record<State, StateLook> = {
  new: { hue: 'idle', shape: 'idle', word: 'New' },
  accepted: { hue: 'pass', shape: 'pass', word: 'Passed' },
  nearly: { hue: 'part', shape: 'part', word: 'Nearly' },
  wrong_answer: { hue: 'fail', shape: 'fail', word: 'Not yet' },
  time_limit: { hue: 'slow', shape: 'slow', word: 'Too slow' },
  memory_limit: { hue: 'slow', shape: 'gauge', word: 'Too much memory' },
  output_limit: { hue: 'slow', shape: 'torn', word: 'Too much output' },
  runtime_error: { hue: 'fail', shape: 'fail', word: 'Did not run' },
  compile_error: { hue: 'fail', shape: 'fail', word: 'Did not run' },
  internal_error: { hue: 'slow', shape: 'warn', word: 'That is on Podium' },
}

/** The symbols of all states. */
export const stateSymbols: readonly SymbolId[] = [
  ...new Set(Object.values(looks).map(({ shape }) => `v-${shape}` as const)),
]

/** The look of a state. */
export function lookOf(state: State): StateLook {
  return looks[state]
}

/** Shape and word of a state. */
export function StateMark({ state }: { state: State }): SafeHtml {
  const { hue, shape, word } = looks[state]
  return (
    <span class={`v ${hue}`}>
      <Shape name={shape} />
      {word}
    </span>
  )
}

/** How sentences begin that say it. */
const didNotRun = /^(?:The query did not run|It did not run to its end|It does not run)[:.]? /

/** The verdict's sentence after its mark, without saying the word twice. */
export function afterMark(sentence: string, state: State): string {
  const { word } = looks[state]
  const said = word === 'Did not run' ? sentence.replace(didNotRun, '') : sentence
  const rest = said.startsWith(word) ? said.slice(word.length).replace(/^[:.]\s*/, '') : said
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}
