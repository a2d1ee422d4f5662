/** The editor: Ace in PostgreSQL mode over the textarea, or the textarea itself where Ace cannot start. */
import ace, { type Ace } from 'ace-builds'
import 'ace-builds/src-noconflict/ext-searchbox'
import { completeNames } from './completion.ts'
import { sqlMode } from './sql-mode.ts'
import type { Relation } from './sql-names.ts'

/** A text editor, as the workbench uses it. Positions are UTF-16 code units. */
export interface TextEditor {
  text(): string
  setText(text: string): void
  /** What is selected; start equals end where nothing is. */
  selection(): { start: number; end: number }
  onChange(listener: () => void): void
  onMove(listener: (line: number, column: number) => void): void
  /** Calls `act` on a key combination, written as Ace does: `Ctrl-Enter`. */
  onKey(name: string, keys: { win: string; mac: string }, act: () => void): void
  /** Marks a mistake, or takes the mark away. */
  mark(mistake: { position: number; message: string } | null): void
  goTo(position: number): void
  /** The names that are offered from now on. */
  know(relations: readonly Relation[]): void
  focus(): void
  resize(): void
}

/** Puts Ace in the textarea's place; the textarea goes on holding the text that the form sends. */
export function createEditor(textarea: HTMLTextAreaElement, nonce: string): TextEditor {
  stampStyles(nonce)
  const host = document.createElement('div')
  host.className = 'ace-host'
  textarea.after(host)
  textarea.hidden = true
  const editor = ace.edit(host, {
    mode: sqlMode(),
    value: textarea.value,
    useWorker: false,
    tabSize: 2,
    useSoftTabs: true,
    showPrintMargin: false,
    highlightGutterLine: true,
    displayIndentGuides: false,
    showFoldWidgets: false,
    fixedWidthGutter: true,
    scrollPastEnd: 0.3,
    enableKeyboardAccessibility: true,
    textInputAriaLabel: 'Query',
  })
  editor.renderer.setTheme(podiumTheme)
  editor.session.getDocument().setNewLineMode('unix')
  const { know } = completeNames(editor)
  editor.session.getUndoManager().reset()
  editor.session.on('change', () => {
    textarea.value = editor.getValue()
  })
  return { ...wrap(editor), know }
}

/** Colours come from editor.css, so that both themes follow the page. */
const podiumTheme: Ace.Theme = { cssClass: 'ace-podium', cssText: '', isDark: false }

/** Ace inserts `<style>` elements, which the policy lets through only with this page's nonce. */
function stampStyles(nonce: string): void {
  const create = document.createElementNS.bind(document)
  const stamped = (namespace: string | null, name: string, options?: string | ElementCreationOptions): Element => {
    const element = create(namespace, name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
  Object.defineProperty(document, 'createElementNS', { value: stamped, configurable: true })
}

function wrap(editor: Ace.Editor): Omit<TextEditor, 'know'> {
  const document = editor.session.getDocument()
  let markerId: number | null = null
  return {
    text: () => editor.getValue(),
    setText(text) {
      // Through the document, so that undo brings the earlier text back.
      editor.session.replace(new ace.Range(0, 0, document.getLength(), 0), text)
      editor.clearSelection()
    },
    selection() {
      const range = editor.getSelectionRange()
      return { start: document.positionToIndex(range.start), end: document.positionToIndex(range.end) }
    },
    onChange(listener) {
      editor.session.on('change', listener)
    },
    onMove(listener) {
      const tell = () => {
        const { row, column } = editor.getCursorPosition()
        listener(row + 1, column + 1)
      }
      editor.selection.on('changeCursor', tell)
      tell()
    },
    onKey(name, keys, act) {
      editor.commands.addCommand({ name, bindKey: keys, exec: act })
    },
    mark(mistake) {
      editor.session.clearAnnotations()
      if (markerId !== null) editor.session.removeMarker(markerId)
      markerId = null
      if (mistake === null) return
      const { row, column } = document.indexToPosition(mistake.position)
      editor.session.setAnnotations([{ row, column, text: mistake.message, type: 'error' }])
      const word = /^\w+/.exec(document.getLine(row).slice(column))?.[0].length ?? 1
      markerId = editor.session.addMarker(new ace.Range(row, column, row, column + word), 'ace_mistake', 'text')
    },
    goTo(position) {
      const { row, column } = document.indexToPosition(position)
      editor.gotoLine(row + 1, column, false)
      editor.focus()
    },
    focus: () => editor.focus(),
    resize() {
      editor.resize()
      // What was marked while the pane was out of sight, as on a phone, is not drawn otherwise.
      editor.renderer.updateFull()
    },
  }
}
