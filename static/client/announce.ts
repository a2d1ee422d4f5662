/** Speaks what a swap brought: live regions that stay in the page get the text of `data-announce`. */

/** Says a sentence to screen readers; `assertive` interrupts. */
export function announce(text: string, how: 'polite' | 'assertive' = 'polite'): void {
  const region = document.getElementById(how === 'assertive' ? 'alarm' : 'announcer')
  if (region !== null) region.textContent = text
}

/** Listens for answers of forms. */
export function announceSwaps(): void {
  document.addEventListener('htmx:after:swap', (event) => {
    const swapped = event instanceof CustomEvent ? event.detail?.ctx?.target : null
    if (!(swapped instanceof Element)) return
    // What replaced a whole element goes by the same id.
    const place = swapped.isConnected ? swapped : document.getElementById(swapped.id)
    const said = place?.querySelector<HTMLElement>('[data-announce]') ?? null
    if (said === null) return
    const sentences = said.matches('.say')
      ? [...said.querySelectorAll('p')].map((part) => part.textContent)
      : [said.textContent]
    announce(
      sentences.join(' ').replace(/\s+/g, ' ').trim(),
      said.dataset.announce === 'assertive' ? 'assertive' : 'polite',
    )
  })
}
