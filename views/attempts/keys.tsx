/** The list of keys that the exercise page understands. */
import type { SafeHtml } from '#jsx/jsx-runtime'

const keys: readonly (readonly [string, string])[] = [
  ['Ctrl ↵', 'Run the selection, or the statement under the cursor'],
  ['Alt ↵', 'Run everything'],
  ['⇧ Ctrl ↵', 'Check the answer'],
  ['⇧ Ctrl E', 'Explain the plan'],
  ['⇧ Ctrl F', 'Format the query'],
  ['Ctrl Space', 'Offer names; Tab goes into the list and takes'],
  ['Ctrl F', 'Find'],
  ['Ctrl Z', 'Undo'],
  ['Esc', 'Leave the editor, so that Tab goes on to the next control'],
  ['F6', 'Next pane; with ⇧ the one before'],
  ['?', 'This list; F1 inside the editor'],
]

/** A dialog that `static/client/editor-acts.ts` opens. */
export function KeysDialog(): SafeHtml {
  return (
    <dialog class="dialog keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl class="facts">
        {keys.map(([key, act]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{act}</dd>
          </>
        ))}
      </dl>
      <form method="dialog" class="row">
        <button class="btn" type="submit" autofocus>
          Close
        </button>
      </form>
    </dialog>
  )
}
