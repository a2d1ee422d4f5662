/** Lines that results speak of: marked in the editor, and one click away. */
import { announce } from './announce.ts'
import type { FilesEditor } from './files-editor.ts'
import { showPane } from './runs.ts'

/** Wires the way to lines; what it returns marks those of the present result. */
export function wirePlaces(result: HTMLElement, editor: FilesEditor): () => void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null
    const link = target?.closest<HTMLElement>('a[data-place]')
    if (!link) return
    event.preventDefault()
    showPane('edit')
    if (!editor.goTo(link.dataset.place ?? '', Number(link.dataset.line))) announce('This file is not there any more.')
  })
  return () => {
    const links = [...result.querySelectorAll<HTMLAnchorElement>('a[data-place]')]
    const paths = new Set(editor.files().map(({ path }) => path))
    for (const link of links) if (!paths.has(link.dataset.place ?? '')) link.replaceWith(...link.childNodes)
    editor.mark(
      links.flatMap(({ dataset: { place: path = '', line = '' } }) =>
        paths.has(path) ? [{ path, line: Number(line), message: 'The result speaks of this line' }] : [],
      ),
    )
  }
}
