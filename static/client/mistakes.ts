/** The mistake that the result speaks of: marked in the query, and one click away. */
import { announce } from './announce.ts'
import type { TextEditor } from './editor.ts'
import { findError } from './error-place.ts'
import { showPane } from './runs.ts'

/** Wires the way to the mistake; what it returns marks the mistake of the present result. */
export function wireMistakes(result: HTMLElement, editor: TextEditor): () => void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null
    const link = target?.closest<HTMLElement>('[data-error-position]')
    if (!link) return
    event.preventDefault()
    const position = placeOf(link, editor)
    showPane('edit')
    if (position !== null) return editor.goTo(position)
    announce('The line with the error was changed.')
    editor.focus()
  })
  return () => {
    const link = result.querySelector<HTMLElement>('[data-error-position]')
    const position = link === null ? null : placeOf(link, editor)
    if (link !== null) link.hidden = position === null
    editor.mark(position === null ? null : { position, message: link?.dataset.errorMessage ?? '' })
  }
}

/** Null where the text no longer has the line. */
function placeOf(link: HTMLElement, editor: TextEditor): number | null {
  const { errorPosition, errorColumn, errorLine } = link.dataset
  const place = { position: Number(errorPosition), column: Number(errorColumn), line: errorLine ?? '' }
  return findError(editor.text(), place)
}
