/** Parts of a page that scripts put in place when something goes wrong: two drafts, no answer. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { Say } from '../parts/say.tsx'

/** Inert until a script copies from them. */
export function BenchTemplates({ own }: { own: string }): SafeHtml {
  return (
    <>
      <template id="draft-conflict">
        <section class="conflict stack" aria-label="Two drafts">
          <p>
            <b>This {own} was changed in another tab or on another device.</b> Choose which text stays; until then
            nothing is saved.
          </p>
          <div class="two">
            <div class="stack half">
              <button class="btn sm" type="button" data-mine>
                Keep this one
              </button>
              <pre class="scroll" tabindex="0" data-mine-text />
            </div>
            <div class="stack half">
              <button class="btn sm" type="button" data-other>
                Take the other one
              </button>
              <pre class="scroll" tabindex="0" data-other-text />
            </div>
          </div>
        </section>
      </template>
      <template id="no-answer">
        <Say
          look={{ hue: 'slow', shape: 'warn' }}
          title="Podium did not answer."
          help="The connection broke or the program is being restarted. Your text is kept in this browser."
          action={
            <button class="btn sm" type="submit" form="query" data-retry>
              Try again
            </button>
          }
        />
      </template>
    </>
  )
}
