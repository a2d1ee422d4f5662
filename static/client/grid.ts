/** `<podium-grid>`: of a long result the first chunk shows at once, further chunks on demand; copied or kept as CSV. */
import { announce } from './announce.ts'
import { copyText } from './copy.ts'
import { clipboardText, csvOf, rowsOf } from './result-rows.ts'

class PodiumGrid extends HTMLElement {
  connectedCallback(): void {
    const acts = this.querySelector<HTMLElement>('[data-acts]')
    if (acts !== null) acts.hidden = false
    this.querySelector('[data-copy]')?.addEventListener('click', () => void this.copy())
    this.querySelector('[data-csv]')?.addEventListener('click', () => this.download())
    this.unfold()
  }

  private unfold(): void {
    const button = this.querySelector<HTMLButtonElement>('[data-more]')
    const chunks = [...this.querySelectorAll<HTMLElement>('tbody')].slice(1)
    if (button === null || chunks.length === 0) return
    for (const chunk of chunks) chunk.hidden = true
    button.hidden = false
    button.addEventListener('click', () => {
      const next = chunks.shift()
      if (next === undefined) return
      next.hidden = false
      button.hidden = chunks.length === 0
    })
  }

  private async copy(): Promise<void> {
    const table = this.querySelector('table')
    if (table === null) return
    const isCopied = await copyText(clipboardText(rowsOf(table)))
    this.say(isCopied ? 'Copied' : 'This browser did not let it copy')
  }

  private download(): void {
    const table = this.querySelector('table')
    if (table === null) return
    const address = URL.createObjectURL(new Blob([csvOf(rowsOf(table))], { type: 'text/csv' }))
    const link = document.createElement('a')
    link.href = address
    link.download = 'result.csv'
    link.click()
    URL.revokeObjectURL(address)
    this.say('Kept as result.csv')
  }

  private say(words: string): void {
    const place = this.querySelector('[data-said]')
    if (place !== null) place.textContent = words
    announce(words)
  }
}

/** Registers the element. */
export function defineGrid(): void {
  customElements.define('podium-grid', PodiumGrid)
}
