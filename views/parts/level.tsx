/** Difficulty as filled steps and a word. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { Difficulty } from '../../src/catalog/exercise-common.ts'

const steps = { easy: 1, medium: 2, hard: 3 } as const
const words = { easy: 'Easy', medium: 'Medium', hard: 'Hard' } as const

/** One, two or three steps. */
export function Level({ difficulty }: { difficulty: Difficulty }): SafeHtml {
  const filled = steps[difficulty]
  return (
    <span class="lvl">
      <svg viewBox="0 0 18 14" aria-hidden="true">
        <rect class="on" x="0.5" y="9.5" width="4.5" height="4" />
        <rect class={filled > 1 ? 'on' : 'off'} x="6.5" y="5" width="4.5" height="8.5" />
        <rect class={filled > 2 ? 'on' : 'off'} x="12.5" y="0.5" width="4.5" height="13" />
      </svg>
      {words[difficulty]}
    </span>
  )
}
