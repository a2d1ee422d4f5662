/** The cases of an exercise that are shown: what goes in, and what should come out. */
import type { SafeHtml } from '#jsx/jsx-runtime'

/** One case. Texts are cut. */
export interface Sample {
  name: string
  input: string
  /** Null where a program decides what is right. */
  expected: string | null
  /** The input is whole, so it can be put into the program's input. */
  isWhole: boolean
}

/** All of them. */
export function Samples({ samples }: { samples: readonly Sample[] }): SafeHtml {
  return (
    <div class="pad stack">
      {samples.map(({ name, input, expected, isWhole }) => (
        <section class="stack half sample">
          <h2>{name}</h2>
          <div class="two">
            <div class="stack half">
              <p class="part-name">Input</p>
              <pre class="scroll printed" tabindex="0">
                {input}
              </pre>
            </div>
            {expected === null ? null : (
              <div class="stack half">
                <p class="part-name">Output</p>
                <pre class="scroll printed" tabindex="0">
                  {expected}
                </pre>
              </div>
            )}
          </div>
          {isWhole ? (
            <button class="btn sm quiet" type="button" data-use-input={input} hidden>
              Run with this input
            </button>
          ) : null}
        </section>
      ))}
    </div>
  )
}
