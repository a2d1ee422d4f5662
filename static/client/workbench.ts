/** The exercise page: editor, drafts, runs, splitters. Without it the page is plain forms. */
import { announce } from './announce.ts'
import { fetchSchema } from './completion.ts'
import { type Draft, type DraftState, keepDraft } from './draft.ts'
import { showConflict } from './draft-conflict.ts'
import { createEditor, type TextEditor } from './editor.ts'
import { wireEditorActs } from './editor-acts.ts'
import { wireRuns } from './runs.ts'
import { draftSender } from './send-draft.ts'
import { wireSplitters } from './splitters.ts'
import { clockTime } from './times.ts'

function start(): void {
  const bench = document.querySelector<HTMLElement>('.bench[data-attempt]')
  const form = document.querySelector<HTMLFormElement>('#query')
  const textarea = form?.querySelector<HTMLTextAreaElement>('#sql')
  const result = document.querySelector<HTMLElement>('#result')
  if (!bench || !form || !textarea || !result) return
  const csrf = form.querySelector<HTMLInputElement>('[name="csrf"]')?.value ?? ''
  const serverText = textarea.value
  const editor = createEditor(textarea, document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '')
  const refreshNames = knowNames(bench, editor)
  wireSplitters(bench, () => editor.resize())
  wireRuns({ form, result, editor, csrf, afterAnswer: refreshNames })
  wireDraft(editor, bench, serverText, csrf)
  wireEditorActs(form, editor)
  wireFoot(editor, form)
  wirePanes(bench, editor)
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

function wireDraft(editor: TextEditor, bench: HTMLElement, text: string, csrf: string): void {
  const attempt = bench.dataset.attempt ?? ''
  const draft: Draft = keepDraft({
    text,
    version: Number(bench.dataset.version),
    storageKey: `podium:draft:${attempt}`,
    storage: localStorage,
    send: draftSender(`/attempts/${encodeURIComponent(attempt)}/draft`, csrf),
    onState: (state) => showDraftState(state, editor, (settled, version) => draft.settle(settled, version)),
    now: () => new Date(),
    later(act, ms) {
      const timer = setTimeout(act, ms)
      return () => clearTimeout(timer)
    },
  })
  if (draft.opening !== text) editor.setText(draft.opening)
  editor.onChange(() => draft.change(editor.text()))
  window.addEventListener('online', () => draft.retry())
  window.addEventListener('pagehide', () => draft.leave())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') draft.leave()
  })
}

function showDraftState(state: DraftState, editor: TextEditor, settle: (text: string, version: number) => void): void {
  const saved = document.querySelector<HTMLElement>('#saved')
  if (saved === null) return
  saved.classList.toggle('slow-ink', state.kind !== 'saved' && state.kind !== 'waiting')
  switch (state.kind) {
    case 'waiting':
      return
    case 'saved':
      saved.textContent = `saved ${clockTime(state.at)}`
      return
    case 'offline': {
      const text = `Offline since ${clockTime(state.since)}. Keep working: your text is kept in this browser.`
      if (saved.textContent !== text) announce(text)
      saved.textContent = text
      return
    }
    case 'refused':
      saved.textContent = 'Not saved: load this page again. Your text is kept in this browser.'
      return
    case 'conflict':
      saved.textContent = 'not saved: another tab has another text'
      showConflict(state, editor, settle)
  }
}

/** Line and column, and `Run all` once there is more than one statement. */
function wireFoot(editor: TextEditor, form: HTMLFormElement): void {
  const caret = form.querySelector<HTMLElement>('#caret')
  const all = form.querySelector<HTMLElement>('[data-act="all"]')
  const refresh = () => {
    if (all !== null) all.hidden = !/;\s*[^\s-]/.test(editor.text())
  }
  editor.onMove((line, column) => {
    if (caret !== null) caret.textContent = `Line ${line}, column ${column}`
  })
  editor.onChange(refresh)
  refresh()
}

/** F6 goes from pane to pane, with Shift backwards. */
function wirePanes(bench: HTMLElement, editor: TextEditor): void {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'F6') return
    event.preventDefault()
    const panes = [...bench.querySelectorAll<HTMLElement>(':scope > .pane')].filter(
      (pane) => pane.offsetParent !== null,
    )
    const at = panes.findIndex((pane) => pane.contains(document.activeElement))
    const pane = panes[(at + (event.shiftKey ? -1 : 1) + panes.length) % panes.length]
    if (pane === undefined) return
    if (pane.matches('.edit')) editor.focus()
    else pane.querySelector<HTMLElement>('[role="tab"][aria-selected="true"], .body, a, button')?.focus()
  })
}

/** Keys go by other names on a Mac. */
function nameKeys(): void {
  if (!/Mac|iPhone|iPad/.test(navigator.userAgent)) return
  for (const key of document.querySelectorAll('kbd')) key.textContent = key.textContent.replace('Ctrl', '⌘')
}

start()
