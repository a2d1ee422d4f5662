/** The question before the editor goes back to the exercise's starter. */
import type { SafeHtml } from '#jsx/jsx-runtime'

/** A dialog that `static/client/editor-acts.ts` opens where the text would change. */
export function StarterDialog({ own }: { own: string }): SafeHtml {
  return (
    <dialog class="dialog back" aria-labelledby="back-title">
      <h2 id="back-title">Go back to the starter?</h2>
      <p>
        It takes the place of your {own}. Undo brings your {own} back, and saved versions stay under Tries.
      </p>
      <form method="dialog" class="row">
        <button class="btn" type="submit" value="keep" autofocus>
          Keep my {own}
        </button>
        <button class="btn stop" type="submit" value="back">
          Go back to the starter
        </button>
      </form>
    </dialog>
  )
}
