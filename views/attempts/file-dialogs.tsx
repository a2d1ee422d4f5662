/** Questions about files of a program: what a new one is called, and before one is deleted. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CancelToo } from './program-result.tsx'

/** Dialogs that `static/client/file-acts.ts` opens, and what shows output while it comes. */
export function FileDialogs(): SafeHtml {
  return (
    <>
      <template id="live-output">
        <div class="head">
          <h2 class="file">Running</h2>
          <CancelToo />
        </div>
        <section class="body scroll live" tabindex="0" aria-label="Output so far">
          <pre class="printed pad" />
        </section>
      </template>
      <dialog class="dialog file-naming" aria-labelledby="file-naming-title">
        <form method="dialog" class="stack">
          <h2 id="file-naming-title">New file</h2>
          <div class="field">
            <label for="file-path">Name, with folders where it is in one</label>
            <input
              id="file-path"
              type="text"
              autocomplete="off"
              spellcheck="false"
              aria-describedby="file-path-problem"
            />
            <p class="problem" id="file-path-problem" role="alert" />
          </div>
          <div class="row">
            <button class="btn" type="button" data-close>
              Cancel
            </button>
            <button class="btn" type="submit" data-confirm>
              Make it
            </button>
          </div>
        </form>
      </dialog>
      <dialog class="dialog file-deletion" aria-labelledby="file-deletion-title">
        <h2 id="file-deletion-title">Delete this file?</h2>
        <p>Earlier versions under Tries keep it.</p>
        <form method="dialog" class="row">
          <button class="btn" type="submit" value="keep" autofocus>
            Keep it
          </button>
          <button class="btn stop" type="submit" value="delete">
            Delete the file
          </button>
        </form>
      </dialog>
    </>
  )
}
