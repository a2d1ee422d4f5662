/** What an answer fails to satisfy: checks, assertions on the plan, constructs. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { Violation } from '../../src/grading/verdict.ts'
import { Shape } from '../parts/icon.tsx'

/** The list, each with its message and what was found. */
export function Violations({ violations }: { violations: readonly Violation[] }): SafeHtml {
  return (
    <ul class="list pad">
      {violations.map(({ name, message, detail }) => (
        <li class="stack half">
          <p>
            <span class="v fail wraps">
              <Shape name="fail" />
              <span class="sr">Not satisfied: </span>
              {message}
            </span>
          </p>
          <p class="faint">{name}</p>
          {detail === undefined ? null : <pre class="wraps">{detail}</pre>}
        </li>
      ))}
    </ul>
  )
}
