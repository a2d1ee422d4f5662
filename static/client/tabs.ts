/** `<podium-tabs>`: links to panels become tabs that arrows, Home and End walk through. */

class PodiumTabs extends HTMLElement {
  connectedCallback(): void {
    const list = this.querySelector('.tabs')
    if (list === null || list.getAttribute('role') === 'tablist') return
    list.setAttribute('role', 'tablist')
    list.setAttribute('aria-label', this.dataset.label ?? 'Panels')
    for (const tab of this.tabs()) {
      tab.setAttribute('role', 'tab')
      tab.removeAttribute('aria-current')
      tab.setAttribute('aria-controls', panelId(tab))
      tab.id = `${panelId(tab)}-tab`
    }
    this.addEventListener('click', (event) => this.onClick(event))
    list.addEventListener('keydown', (event) => {
      if (event instanceof KeyboardEvent) this.onKey(event)
    })
    this.open(this.dataset.open ?? '')
  }

  /** Shows one panel and hides the others. */
  open(id: string): void {
    const tabs = this.tabs()
    const chosen = tabs.find((tab) => panelId(tab) === id) ?? tabs[0]
    for (const tab of tabs) {
      const isChosen = tab === chosen
      tab.setAttribute('aria-selected', String(isChosen))
      tab.tabIndex = isChosen ? 0 : -1
      const panel = this.querySelector<HTMLElement>(`#${CSS.escape(panelId(tab))}`)
      if (panel === null) continue
      panel.setAttribute('role', 'tabpanel')
      panel.removeAttribute('aria-label')
      panel.setAttribute('aria-labelledby', tab.id)
      panel.hidden = !isChosen
    }
    const body = this.querySelector('.body')
    if (body !== null) body.scrollTop = 0
  }

  private tabs(): HTMLAnchorElement[] {
    return [...this.querySelectorAll<HTMLAnchorElement>('.tabs > a')]
  }

  private onClick(event: Event): void {
    const tab = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.tabs > a') : null
    if (tab === null) return
    event.preventDefault()
    this.open(panelId(tab))
  }

  private onKey(event: KeyboardEvent): void {
    const tabs = this.tabs()
    const at = event.target instanceof HTMLAnchorElement ? tabs.indexOf(event.target) : -1
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1, ' ': at }[
      event.key
    ]
    const tab = to === undefined || at < 0 ? undefined : tabs[to % tabs.length]
    if (tab === undefined) return
    event.preventDefault()
    this.open(panelId(tab))
    tab.focus()
  }
}

function panelId(tab: HTMLAnchorElement): string {
  return tab.hash.slice(1)
}

/** Registers the element. */
export function defineTabs(): void {
  customElements.define('podium-tabs', PodiumTabs)
}
