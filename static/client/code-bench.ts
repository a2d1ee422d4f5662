/** The page of a code exercise: files, drafts, runs with their output as it comes. Without it the page is plain forms. */
import { findBench, nameKeys, wireCaret, wireDraft, wirePanes, wirePrint } from './bench.ts'
import { wireEditorActs } from './editor-acts.ts'
import { wireFileActs } from './file-acts.ts'
import { wirePlaces } from './file-places.ts'
import { createFilesEditor, type FilesEditor } from './files-editor.ts'
import { followRun, goOnFollowing } from './live-output.ts'
import { wireInput } from './program-input.ts'
import { wireRuns } from './runs.ts'
import { wireSplitters } from './splitters.ts'

const keys = {
  run: { win: 'Ctrl-Enter', mac: 'Command-Enter|Ctrl-Enter' },
  check: { win: 'Ctrl-Shift-Enter', mac: 'Command-Shift-Enter|Ctrl-Shift-Enter' },
  all: { win: 'Alt-Enter', mac: 'Alt-Enter' },
}

function start(): void {
  const parts = findBench()
  const editor = parts === null ? null : createFilesEditor(parts.form, parts.nonce)
  if (!parts || !editor) return
  const { bench, form, result, csrf } = parts
  const serverText = form.dataset.answer ?? editor.text()
  const button = (act: string) => form.querySelector<HTMLButtonElement>(`[data-act="${act}"]`)
  const markPlaces = wirePlaces(result, editor)
  wireSplitters(bench, () => editor.resize())
  wireRuns({
    ...{ form, result, editor, csrf, keys, afterAnswer: markPlaces },
    whileRunning(act) {
      return act === 'run' ? followRun(button('run')?.dataset.output ?? '', result) : () => undefined
    },
  })
  wireDraft(editor, bench, serverText, csrf)
  wireEditorActs(form, editor)
  wireFileActs(form, editor)
  wireWalk(editor)
  wireInput(form, bench.dataset.attempt ?? '', () => button('run')?.click())
  wireCaret(editor, form)
  wirePanes(bench, editor)
  wirePrint(editor, form)
  nameKeys()
  goOnFollowing(result, form.querySelector('[data-cancel]'), markPlaces)
  new ResizeObserver(() => editor.resize()).observe(form)
}

/** From file to file without leaving the editor. */
function wireWalk(editor: FilesEditor): void {
  const walk = (step: number) => () => {
    const files = editor.files()
    const at = files.findIndex(({ path }) => path === editor.current().path)
    const next = files[(at + step + files.length) % files.length]
    if (next !== undefined) editor.show(next.path)
  }
  editor.onKey('next file', { win: 'Alt-.', mac: 'Ctrl-.' }, walk(1))
  editor.onKey('file before', { win: 'Alt-,', mac: 'Ctrl-,' }, walk(-1))
}

start()
