/** The editor: Ace in PostgreSQL mode over the textarea, or the textarea itself where Ace cannot start. */
import ace, { type Ace } from 'ace-builds'
import 'ace-builds/src-noconflict/ext-searchbox'
import { type AnswerEditor, editorOptions, podiumTheme, stampStyles } from './answer-editor.ts'
import { completeNames } from './completion.ts'
import { sqlMode } from './sql-mode.ts'
import type { Relation } from './sql-names.ts'

/** The editor of a query. Positions are UTF-16 code units. */
export interface TextEditor extends AnswerEditor {
  /** What is selected; start equals end where nothing is. */
  selection(): { start: number; end: number }
  /** Marks a mistake, or takes the mark away. */
  mark(mistake: { position: number; message: string } | null): void
  goTo(position: number): void
  /** The names that are offered from now on. */
  know(relations: readonly Relation[]): void
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
    ...editorOptions,
    tabSize: 2,
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
      const exec = () => {
        // A list of names that is open would cover what the act brings.
        editor.completer?.detach()
        act()
      }
      editor.commands.addCommand({ name, bindKey: keys, exec })
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
    readable: (text) => text,
    focus: () => editor.focus(),
    resize() {
      editor.resize()
      // What was marked while the pane was out of sight, as on a phone, is not drawn otherwise.
      editor.renderer.updateFull()
    },
  }
}
