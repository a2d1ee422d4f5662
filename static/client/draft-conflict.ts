/** Two tabs or devices wrote different drafts: both are shown, and the person says which one stays. */
import { announce } from './announce.ts'
import type { AnswerEditor } from './answer-editor.ts'
import type { DraftState } from './draft.ts'

/** Puts a notice above the editor; `settle` ends the conflict. */
export function showConflict(
  state: Extract<DraftState, { kind: 'conflict' }>,
  editor: AnswerEditor,
  settle: (text: string, version: number) => void,
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
  const choose = (selector: string, text: string) => {
    notice.querySelector(selector)?.addEventListener('click', () => {
      notice.remove()
      editor.setText(text)
      settle(text, state.other.version)
      editor.focus()
    })
  }
  choose('[data-mine]', state.mine)
  choose('[data-other]', state.other.text)
  place.before(notice)
  editor.resize()
  announce('Another tab saved another text. Choose which one stays.', 'assertive')
}
