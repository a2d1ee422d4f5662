/** Buttons that copy the text of a field; without scripts the field can be selected by hand. */
import { announce } from './announce.ts'

/** Shows and arms every such button. */
export function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy-from]')) {
    const field = document.getElementById(button.dataset.copyFrom ?? '')
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) continue
    button.hidden = false
    const words = button.textContent
    button.addEventListener('click', async () => {
      const isCopied = await copyText(field.value)
      const said = isCopied ? 'Copied' : 'This browser did not let it copy'
      button.textContent = said
      announce(said)
      setTimeout(() => {
        button.textContent = words
      }, 2_000)
    })
  }
}

/** Puts text on the clipboard. Without a secure connection browsers have no clipboard to write to, but an older way. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const isCopied = document.execCommand('copy')
    area.remove()
    return isCopied
  }
}
