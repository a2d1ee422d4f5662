/** The page of an SQL exercise: editor, drafts, runs, splitters. Without it the page is plain forms. */
import { findBench, nameKeys, wireCaret, wireDraft, wirePanes, wirePrint } from './bench.ts'
import { fetchSchema } from './completion.ts'
import { createEditor, type TextEditor } from './editor.ts'
import { wireEditorActs, wireFormat } from './editor-acts.ts'
import { wireMistakes } from './mistakes.ts'
import { wireRuns } from './runs.ts'
import { wireSplitters } from './splitters.ts'

const keys = {
  run: { win: 'Ctrl-Enter', mac: 'Command-Enter|Ctrl-Enter' },
  check: { win: 'Ctrl-Shift-Enter', mac: 'Command-Shift-Enter|Ctrl-Shift-Enter' },
  explain: { win: 'Ctrl-Shift-E', mac: 'Command-Shift-E|Ctrl-Shift-E' },
  all: { win: 'Alt-Enter', mac: 'Alt-Enter' },
}

function start(): void {
  const parts = findBench()
  const textarea = parts?.form.querySelector<HTMLTextAreaElement>('#sql')
  if (!parts || !textarea) return
  const { bench, form, result, csrf, nonce } = parts
  const serverText = textarea.value
  const editor = createEditor(textarea, nonce)
  const refreshNames = knowNames(bench, editor)
  const markMistake = wireMistakes(result, editor)
  wireSplitters(bench, () => editor.resize())
  wireRuns({
    ...{ form, result, editor, csrf, keys },
    beforeSend(act, body) {
      if (act !== 'run' && act !== 'explain') return
      const { start, end } = editor.selection()
      body.set('selectionStart', String(start))
      body.set('selectionEnd', String(end))
    },
    afterAnswer() {
      markMistake()
      refreshNames()
    },
  })
  wireDraft(editor, bench, serverText, csrf)
  wireFormat(form, editor)
  wireEditorActs(form, editor)
  wireCaret(editor, form)
  wireRunAll(editor, form)
  wirePanes(bench, editor)
  wirePrint(editor, form)
  nameKeys()
  new ResizeObserver(() => editor.resize()).observe(form)
}

/** The names that the editor completes; asked for again where an answer brought other tables. */
function knowNames(bench: HTMLElement, editor: TextEditor): () => void {
  const address = `/attempts/${encodeURIComponent(bench.dataset.attempt ?? '')}/schema`
  let shown: string | undefined
  const refresh = async () => {
    const { schema } = bench.querySelector<HTMLElement>('#tables [data-schema]')?.dataset ?? {}
    if (schema === shown && shown !== undefined) return
    shown = schema
    const names = await fetchSchema(address)
    // Of two answers under way the one to the later question counts.
    if (names !== null && schema === shown) editor.know(names)
  }
  void refresh()
  return () => void refresh()
}

/** `Run all` once there is more than one statement. */
function wireRunAll(editor: TextEditor, form: HTMLFormElement): void {
  const all = form.querySelector<HTMLElement>('[data-act="all"]')
  const refresh = () => {
    if (all !== null) all.hidden = !/;\s*[^\s-]/.test(editor.text())
  }
  editor.onChange(refresh)
  refresh()
}

start()
