/** The editor of several files: Ace with a session for each, and tabs over it. Its text is the answer as it is stored. */
import ace, { type Ace } from 'ace-builds'
import 'ace-builds/src-noconflict/ext-searchbox'
import { type AnswerEditor, editorOptions, podiumTheme, stampStyles } from './answer-editor.ts'
import { decodeFiles, encodeFiles, readableFiles } from './answer-text.ts'
import { FileTabs, type OpenFile } from './file-tabs.ts'
import { modeOf } from './modes.ts'

/** An editor of several files. */
export interface FilesEditor extends AnswerEditor {
  /** All files, in the order of their tabs. */
  files(): readonly OpenFile[]
  current(): OpenFile
  show(path: string): void
  add(path: string): void
  rename(path: string, to: string): void
  remove(path: string): void
  /** Shows a line, from 1; false where there is no such file. */
  goTo(path: string, line: number): boolean
  /** Marks lines, from 1, with what is wrong there; takes earlier marks away. */
  mark(mistakes: readonly { path: string; line: number; message: string }[]): void
  /** Called when another file is shown. */
  onShow(listener: () => void): void
}

interface Entry extends OpenFile {
  session: Ace.EditSession
}

/** Puts Ace in the place of the fields of the files. */
export function createFilesEditor(form: HTMLFormElement, nonce: string): FilesEditor | null {
  const place = form.querySelector<HTMLElement>('.editor.files')
  const list = form.querySelector<HTMLElement>('[data-files]')
  const sent = form.querySelector<HTMLInputElement>('[name="files"]')
  if (place === null || list === null || sent === null) return null
  stampStyles(nonce)
  const fields = [...place.querySelectorAll<HTMLTextAreaElement>('textarea[data-path]')]
  const host = document.createElement('div')
  host.className = 'ace-host'
  place.classList.remove('scroll')
  place.replaceChildren(host)
  const editor = ace.edit(host, { ...editorOptions, textInputAriaLabel: 'File' })
  editor.renderer.setTheme(podiumTheme)
  const files = new SessionFiles(editor, form.dataset.mode ?? 'text')
  const answer = decodeFiles(form.dataset.answer ?? '')
  for (const { dataset, readOnly, value } of fields) {
    const path = dataset.path ?? ''
    files.open({ path, isReadOnly: readOnly, isEntry: 'entry' in dataset }, answer?.get(path) ?? value)
  }
  const tabs = new FileTabs(list, place, (path) => files.show(path))
  files.onShow(() => tabs.draw(files.files(), files.current().path))
  files.onChange(() => {
    sent.value = files.text()
  })
  files.show(files.files()[0]?.path ?? '')
  sent.value = files.text()
  return files
}

class SessionFiles implements FilesEditor {
  readonly #editor: Ace.Editor
  readonly #usualMode: string
  readonly #changeListeners: (() => void)[] = []
  readonly #showListeners: (() => void)[] = []
  #entries: Entry[] = []
  #current: Entry | null = null

  constructor(editor: Ace.Editor, usualMode: string) {
    this.#editor = editor
    this.#usualMode = usualMode
  }

  open(file: OpenFile, text: string): void {
    const { mode, tabSize, useSoftTabs } = modeOf(file.path, this.#usualMode)
    const session = ace.createEditSession(text, 'ace/mode/text')
    // Before the mode, which else starts its worker from an address that the policy forbids.
    session.setOptions({ tabSize, useSoftTabs, useWorker: false })
    session.setMode(mode)
    session.getDocument().setNewLineMode('unix')
    session.on('change', () => {
      session.clearAnnotations()
      this.#changed()
    })
    const own = this.#entries.filter(({ isReadOnly }) => !isReadOnly)
    const others = this.#entries.filter(({ isReadOnly }) => isReadOnly)
    const entry = { ...file, session }
    this.#entries = file.isReadOnly ? [...own, ...others, entry] : [...own, entry, ...others]
  }

  text(): string {
    const own = this.#entries.filter(({ isReadOnly }) => !isReadOnly)
    return encodeFiles(new Map(own.map(({ path, session }) => [path, session.getValue()])))
  }

  setText(text: string): void {
    const files = decodeFiles(text)
    if (files === null) return
    for (const [path, content] of files) {
      const known = this.#entries.find((entry) => entry.path === path)
      if (known === undefined) this.open({ path, isReadOnly: false, isEntry: false }, content)
      else if (!known.isReadOnly) replaceText(known.session, content)
    }
    this.#entries = this.#entries.filter(({ path, isReadOnly, isEntry }) => isReadOnly || isEntry || files.has(path))
    this.#changed()
    this.show(this.#current?.path ?? '')
  }

  files(): readonly OpenFile[] {
    return this.#entries
  }

  current(): OpenFile {
    return this.#current ?? { path: '', isReadOnly: true, isEntry: true }
  }

  show(path: string): void {
    const entry = this.#entries.find((each) => each.path === path) ?? this.#entries[0]
    if (entry === undefined) return
    this.#current = entry
    this.#editor.setSession(entry.session)
    this.#editor.setReadOnly(entry.isReadOnly)
    this.#editor.setOption('textInputAriaLabel', entry.isReadOnly ? `${entry.path}, read only` : entry.path)
    for (const tell of this.#showListeners) tell()
  }

  add(path: string): void {
    this.open({ path, isReadOnly: false, isEntry: false }, '')
    this.#changed()
    this.show(path)
  }

  rename(path: string, to: string): void {
    const entry = this.#entries.find((each) => each.path === path)
    if (entry === undefined || entry.isEntry || entry.isReadOnly) return
    entry.path = to
    entry.session.setMode(modeOf(to, this.#usualMode).mode)
    this.#changed()
    this.show(to)
  }

  remove(path: string): void {
    this.#entries = this.#entries.filter((entry) => entry.path !== path || entry.isEntry || entry.isReadOnly)
    this.#changed()
    this.show('')
  }

  goTo(path: string, line: number): boolean {
    if (!this.#entries.some((entry) => entry.path === path)) return false
    this.show(path)
    this.#editor.gotoLine(line, 0, false)
    this.#editor.focus()
    return true
  }

  mark(mistakes: readonly { path: string; line: number; message: string }[]): void {
    for (const { path, session } of this.#entries) {
      const own = mistakes.filter((mistake) => mistake.path === path)
      session.setAnnotations(
        own.map(({ line, message }) => ({ row: line - 1, column: 0, text: message, type: 'error' })),
      )
    }
  }

  onShow(listener: () => void): void {
    this.#showListeners.push(listener)
  }

  onChange(listener: () => void): void {
    this.#changeListeners.push(listener)
  }

  onMove(listener: (line: number, column: number) => void): void {
    const tell = () => {
      const { row, column } = this.#editor.getCursorPosition()
      listener(row + 1, column + 1)
    }
    this.#editor.on('changeSelection', tell)
    this.onShow(tell)
    tell()
  }

  onKey(name: string, keys: { win: string; mac: string }, act: () => void): void {
    this.#editor.commands.addCommand({ name, bindKey: keys, exec: act, readOnly: true })
  }

  readable(text: string): string {
    return readableFiles(text)
  }

  focus(): void {
    this.#editor.focus()
  }

  resize(): void {
    this.#editor.resize()
    this.#editor.renderer.updateFull()
  }

  #changed(): void {
    for (const tell of this.#changeListeners) tell()
  }
}

/** Through the document, so that undo brings the earlier text back. */
function replaceText(session: Ace.EditSession, text: string): void {
  if (session.getValue() === text) return
  session.replace(new ace.Range(0, 0, session.getLength(), 0), text)
  session.selection.clearSelection()
}
