/** Difficulty as filled steps and a word. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { Difficulty } from '../../src/catalog/exercise-common.ts'
import type { SymbolId } from './icon-shapes.ts'

const words = { easy: 'Easy', medium: 'Medium', hard: 'Hard' } as const

/** The symbols of all levels. */
export const levelSymbols: readonly SymbolId[] = ['l-easy', 'l-medium', 'l-hard']

/** One, two or three steps. */
export function Level({ difficulty }: { difficulty: Difficulty }): SafeHtml {
  return (
    <span class="lvl">
      <svg aria-hidden="true">
        <use href={`#l-${difficulty}`} />
      </svg>
      {words[difficulty]}
    </span>
  )
}
