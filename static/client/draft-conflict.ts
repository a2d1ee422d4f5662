/** Two tabs or devices wrote different drafts: both are shown, and the person says which one stays. */
import { announce } from './announce.ts'
import type { AnswerEditor } from './answer-editor.ts'
import type { DraftState } from './draft.ts'

/** Puts a notice above the editor; `settle` ends the conflict, and returns the text that stays. */
export function showConflict(
  state: Extract<DraftState, { kind: 'conflict' }>,
  editor: AnswerEditor,
  settle: (whose: 'mine' | 'other') => string,
): void {
  const template = document.querySelector<HTMLTemplateElement>('#draft-conflict')
  const place = document.querySelector('.editor')
  if (template === null || place === null || document.querySelector('.conflict') !== null) return
  const notice = template.content.firstElementChild?.cloneNode(true)
  if (!(notice instanceof HTMLElement)) return
  const show = (selector: string, text: string) => {
    const element = notice.querySelector(selector)
    if (element !== null) element.textContent = text
  }
  show('[data-mine-text]', editor.readable(state.mine))
  show('[data-other-text]', editor.readable(state.other.text))
  const choose = (whose: 'mine' | 'other') => {
    notice.querySelector(`[data-${whose}]`)?.addEventListener('click', () => {
      notice.remove()
      const text = settle(whose)
      if (editor.text() !== text) editor.setText(text)
      editor.focus()
    })
  }
  choose('mine')
  choose('other')
  // What is typed while the question stands is part of what may stay.
  editor.onChange(() => {
    if (notice.isConnected) show('[data-mine-text]', editor.readable(editor.text()))
  })
  place.before(notice)
  editor.resize()
  announce('Another tab saved another text. Choose which one stays.', 'assertive')
}
