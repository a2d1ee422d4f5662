/** `<podium-grid>`: of a long result the first chunk shows at once, further chunks on demand. */

class PodiumGrid extends HTMLElement {
  connectedCallback(): void {
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
}

/** Registers the element. */
export function defineGrid(): void {
  customElements.define('podium-grid', PodiumGrid)
}
