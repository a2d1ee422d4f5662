/** Making, renaming and deleting files of a program. */
import { announce } from './announce.ts'
import { filesMax, namingProblem } from './answer-text.ts'
import type { FilesEditor } from './files-editor.ts'

/** Wires the buttons over the editor. */
export function wireFileActs(form: HTMLFormElement, editor: FilesEditor): void {
  const button = (act: string) => form.querySelector<HTMLButtonElement>(`[data-file-act="${act}"]`)
  const naming = namingDialog(editor)
  const add = button('add')
  const rename = button('rename')
  const remove = button('delete')
  if (naming === null || add === null || rename === null || remove === null) return
  const refresh = () => {
    const { isReadOnly, isEntry } = editor.current()
    add.hidden = editor.files().filter((file) => !file.isReadOnly).length >= filesMax
    rename.hidden = isReadOnly || isEntry
    remove.hidden = isReadOnly || isEntry
  }
  editor.onShow(refresh)
  refresh()
  add.addEventListener('click', () =>
    naming({ title: 'New file', act: 'Make it', path: '' }, (path) => editor.add(path)),
  )
  rename.addEventListener('click', () => {
    const { path } = editor.current()
    naming({ title: `Rename ${path}`, act: 'Rename it', path }, (to) => editor.rename(path, to))
  })
  wireDeletion(remove, editor)
}

type AskName = (question: { title: string; act: string; path: string }, done: (path: string) => void) => void

function namingDialog(editor: FilesEditor): AskName | null {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.file-naming')
  const field = dialog?.querySelector<HTMLInputElement>('input')
  const problem = dialog?.querySelector<HTMLElement>('.problem')
  const title = dialog?.querySelector('h2')
  const confirm = dialog?.querySelector('[data-confirm]')
  if (!dialog || !field || !problem || !title || !confirm) return null
  let finish: (path: string) => void = () => undefined
  let present = ''
  dialog.querySelector('[data-close]')?.addEventListener('click', () => dialog.close())
  dialog.querySelector('form')?.addEventListener('submit', (event) => {
    event.preventDefault()
    const path = field.value.trim()
    const others = editor.files().flatMap((file) => (file.path === present ? [] : [file.path]))
    const wrong = namingProblem(path, others)
    problem.textContent = wrong ?? ''
    field.setAttribute('aria-invalid', String(wrong !== null))
    if (wrong !== null) return
    dialog.close()
    if (path !== present) finish(path)
    editor.focus()
  })
  return ({ title: words, act, path }, done) => {
    title.textContent = words
    confirm.textContent = act
    field.value = path
    problem.textContent = ''
    field.removeAttribute('aria-invalid')
    present = path
    finish = done
    dialog.showModal()
    field.focus()
    field.select()
  }
}

function wireDeletion(button: HTMLButtonElement, editor: FilesEditor): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.file-deletion')
  const title = dialog?.querySelector('h2')
  if (!dialog || !title) return
  button.addEventListener('click', () => {
    title.textContent = `Delete ${editor.current().path}?`
    dialog.returnValue = ''
    dialog.showModal()
  })
  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'delete') return
    const { path } = editor.current()
    editor.remove(path)
    announce(`${path} is deleted`)
    editor.focus()
  })
}
