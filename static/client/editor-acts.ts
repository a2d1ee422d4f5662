/** Acts of the editor beside running: laying the text out, the list of keys, back to the starter. */
import { announce } from './announce.ts'
import type { AnswerEditor } from './answer-editor.ts'

/** Wires the buttons and their keys. */
export function wireEditorActs(form: HTMLFormElement, editor: AnswerEditor): void {
  wireKeysDialog(form, editor)
  wireStarter(form, editor)
}

/** Lays a query out. */
export function wireFormat(form: HTMLFormElement, editor: AnswerEditor): void {
  const button = form.querySelector<HTMLButtonElement>('[data-format]')
  if (button === null) return
  const format = async () => {
    try {
      const module: { formatSql?: (text: string) => string } = await import(button.dataset.format ?? '')
      const laidOut = module.formatSql?.(editor.text())
      if (laidOut !== undefined && laidOut !== editor.text()) editor.setText(laidOut)
      announce('Formatted')
    } catch {
      announce('The text could not be formatted: it does not read as SQL.', 'assertive')
    }
    editor.focus()
  }
  button.hidden = false
  button.addEventListener('click', () => void format())
  editor.onKey('format', { win: 'Ctrl-Shift-F', mac: 'Command-Shift-F|Ctrl-Shift-F' }, () => void format())
}

/** `?` where nothing is typed, F1 in the editor, or the button. */
function wireKeysDialog(form: HTMLFormElement, editor: AnswerEditor): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.keys')
  const button = form.querySelector<HTMLButtonElement>('[data-keys]')
  if (dialog === null || button === null) return
  const show = () => {
    if (!dialog.open) dialog.showModal()
  }
  button.hidden = false
  button.addEventListener('click', show)
  editor.onKey('keys', { win: 'F1', mac: 'F1' }, show)
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
    if (event.key !== '?' || isTyping || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    show()
  })
}

/** Asks where a text would go; without one there is nothing to lose. */
function wireStarter(form: HTMLFormElement, editor: AnswerEditor): void {
  const button = form.querySelector<HTMLButtonElement>('[data-starter]')
  const dialog = document.querySelector<HTMLDialogElement>('dialog.back')
  if (button === null || dialog === null) return
  const starter = button.dataset.starter ?? ''
  const goBack = () => {
    if (editor.text() !== starter) editor.setText(starter)
    editor.focus()
  }
  button.addEventListener('click', (event) => {
    event.preventDefault()
    const text = editor.text()
    if (text.trim() === '' || text === starter) return goBack()
    dialog.returnValue = ''
    dialog.showModal()
  })
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'back') goBack()
  })
}
