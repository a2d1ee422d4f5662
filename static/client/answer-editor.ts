/** What the page asks of an editor, whatever is written in it; and what every Ace on it shares. */
import type { Ace } from 'ace-builds'

/** An editor of an answer. Its text is the answer as it is stored. */
export interface AnswerEditor {
  text(): string
  setText(text: string): void
  onChange(listener: () => void): void
  onMove(listener: (line: number, column: number) => void): void
  /** Calls `act` on a key combination, written as Ace does: `Ctrl-Enter`. */
  onKey(name: string, keys: { win: string; mac: string }, act: () => void): void
  /** An answer as people read it. */
  readable(text: string): string
  focus(): void
  resize(): void
}

/** Settings of every editor. */
export const editorOptions = {
  useWorker: false,
  useSoftTabs: true,
  showPrintMargin: false,
  highlightGutterLine: true,
  displayIndentGuides: false,
  showFoldWidgets: false,
  fixedWidthGutter: true,
  scrollPastEnd: 0.3,
  enableKeyboardAccessibility: true,
} as const

/** Colours come from editor.css, so that both themes follow the page. */
export const podiumTheme: Ace.Theme = { cssClass: 'ace-podium', cssText: '', isDark: false }

/** Ace inserts `<style>` elements, which the policy lets through only with this page's nonce. */
export function stampStyles(nonce: string): void {
  const create = document.createElementNS.bind(document)
  const stamped = (namespace: string | null, name: string, options?: string | ElementCreationOptions): Element => {
    const element = create(namespace, name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
  Object.defineProperty(document, 'createElementNS', { value: stamped, configurable: true })
}
