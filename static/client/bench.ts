/** What the pages of all kinds of exercises do: keep the draft, walk through the panes, name keys as the machine does. */
import { announce } from './announce.ts'
import type { AnswerEditor } from './answer-editor.ts'
import { type Draft, type DraftState, keepDraft } from './draft.ts'
import { showConflict } from './draft-conflict.ts'
import { draftSender } from './send-draft.ts'
import { clockTime } from './times.ts'

/** The parts of the page that scripts work on. */
export interface BenchParts {
  bench: HTMLElement
  form: HTMLFormElement
  result: HTMLElement
  csrf: string
  /** The nonce of the page's policy. */
  nonce: string
}

/** Finds the parts; null where this is another page. */
export function findBench(): BenchParts | null {
  const bench = document.querySelector<HTMLElement>('.bench[data-attempt]')
  const form = document.querySelector<HTMLFormElement>('#query')
  const result = document.querySelector<HTMLElement>('#result')
  if (!bench || !form || !result) return null
  const csrf = form.querySelector<HTMLInputElement>('[name="csrf"]')?.value ?? ''
  return { bench, form, result, csrf, nonce: document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '' }
}

/** Line and column, at the foot of the editor. */
export function wireCaret(editor: AnswerEditor, form: HTMLFormElement): void {
  const caret = form.querySelector<HTMLElement>('#caret')
  editor.onMove((line, column) => {
    if (caret !== null) caret.textContent = `Line ${line}, column ${column}`
  })
}

/** Keeps the draft; the editor opens with what is newest. */
export function wireDraft(editor: AnswerEditor, bench: HTMLElement, text: string, csrf: string): void {
  const attempt = bench.dataset.attempt ?? ''
  const draft: Draft = keepDraft({
    text,
    version: Number(bench.dataset.version),
    storageKey: `podium:draft:${attempt}`,
    storage: localStorage,
    send: draftSender(`/attempts/${encodeURIComponent(attempt)}/draft`, csrf),
    onState: (state) => showDraftState(state, editor, (whose) => draft.settle(whose)),
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

function showDraftState(state: DraftState, editor: AnswerEditor, settle: (whose: 'mine' | 'other') => string): void {
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
    case 'too-large':
      saved.textContent = 'Not saved: it is larger than 256 KB. Your text is kept in this browser.'
      return
    case 'conflict':
      saved.textContent = 'not saved: another tab has another text'
      showConflict(state, editor, settle)
  }
}

/** Paper gets the whole text: an editor draws only what is in sight. */
export function wirePrint(editor: AnswerEditor, form: HTMLFormElement): void {
  const paper = document.createElement('pre')
  paper.className = 'on-paper printed'
  form.append(paper)
  const fill = () => {
    paper.textContent = editor.readable(editor.text())
  }
  window.addEventListener('beforeprint', fill)
  window.matchMedia('print').addEventListener('change', fill)
}

/** F6 goes from pane to pane, with Shift backwards. */
export function wirePanes(bench: HTMLElement, editor: AnswerEditor): void {
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
export function nameKeys(): void {
  if (!/Mac|iPhone|iPad/.test(navigator.userAgent)) return
  for (const key of document.querySelectorAll('kbd')) key.textContent = key.textContent.replace('Ctrl', '⌘')
}
