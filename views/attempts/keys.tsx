/** The list of keys that the exercise page understands. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { WorkKind } from './kind-words.ts'

type Key = readonly [key: string, act: string]

const ownKeys: Readonly<Record<WorkKind, readonly Key[]>> = {
  sql: [
    ['Ctrl ↵', 'Run the selection, or the statement under the cursor'],
    ['Alt ↵', 'Run everything'],
    ['⇧ Ctrl ↵', 'Check the answer'],
    ['⇧ Ctrl E', 'Explain the plan'],
    ['⇧ Ctrl F', 'Format the query'],
    ['Ctrl Space', 'Offer names; Tab goes into the list and takes'],
  ],
  code: [
    ['Ctrl ↵', 'Run the program with your input'],
    ['Alt ↵', 'Run the shown tests or cases'],
    ['⇧ Ctrl ↵', 'Check the answer'],
    ['Alt .  Alt ,', 'Next file, the file before'],
  ],
}

const commonKeys: readonly Key[] = [
  ['Ctrl F', 'Find'],
  ['Ctrl Z', 'Undo'],
  ['Esc', 'Leave the editor, so that Tab goes on to the next control'],
  ['F6', 'Next pane; with ⇧ the one before'],
  ['?', 'This list; F1 inside the editor'],
]

/** A dialog that `static/client/editor-acts.ts` opens. */
export function KeysDialog({ kind }: { kind: WorkKind }): SafeHtml {
  return (
    <dialog class="dialog keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl class="facts">
        {[...ownKeys[kind], ...commonKeys].map(([key, act]) => (
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
