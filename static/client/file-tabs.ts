/** The tabs of files over the editor: arrows, Home and End walk through them. */

/** A file that is open. */
export interface OpenFile {
  path: string
  isReadOnly: boolean
  isEntry: boolean
}

/** Tabs over one panel that shows the chosen file. */
export class FileTabs {
  readonly #list: HTMLElement
  readonly #panel: HTMLElement
  readonly #choose: (path: string) => void
  readonly #lock: Node | null

  constructor(list: HTMLElement, panel: HTMLElement, choose: (path: string) => void) {
    this.#list = list
    this.#panel = panel
    this.#choose = choose
    this.#lock = list.querySelector('svg')?.cloneNode(true) ?? null
    list.setAttribute('role', 'tablist')
    list.setAttribute('aria-label', 'Files')
    panel.setAttribute('role', 'tabpanel')
    panel.id = 'file-panel'
    list.addEventListener('click', (event) => {
      const tab = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="tab"]') : null
      if (tab === null) return
      choose(tab.dataset.path ?? '')
    })
    list.addEventListener('keydown', (event) => this.#onKey(event))
  }

  /** Draws a tab for each file. */
  draw(files: readonly OpenFile[], chosen: string): void {
    const hadFocus = this.#list.contains(document.activeElement)
    const tabs = files.map((file, index) => this.#tab(file, index, file.path === chosen))
    this.#list.replaceChildren(...tabs)
    const tab = tabs.find(({ tabIndex }) => tabIndex === 0)
    if (tab === undefined) return
    this.#panel.setAttribute('aria-labelledby', tab.id)
    tab.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    if (hadFocus) tab.focus()
  }

  #tab({ path, isReadOnly }: OpenFile, index: number, isChosen: boolean): HTMLElement {
    const tab = document.createElement('button')
    tab.type = 'button'
    tab.id = `file-tab-${index}`
    tab.setAttribute('role', 'tab')
    tab.setAttribute('aria-selected', String(isChosen))
    tab.setAttribute('aria-controls', 'file-panel')
    tab.tabIndex = isChosen ? 0 : -1
    tab.dataset.path = path
    if (isReadOnly && this.#lock !== null) tab.append(this.#lock.cloneNode(true))
    tab.append(path)
    if (isReadOnly) {
      const words = document.createElement('span')
      words.className = 'sr'
      words.textContent = ', read only'
      tab.append(words)
    }
    return tab
  }

  #onKey(event: KeyboardEvent): void {
    const tabs = [...this.#list.querySelectorAll<HTMLElement>('[role="tab"]')]
    const at = event.target instanceof HTMLElement ? tabs.indexOf(event.target) : -1
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key]
    const tab = to === undefined || at < 0 ? undefined : tabs[to % tabs.length]
    if (tab === undefined) return
    event.preventDefault()
    this.#choose(tab.dataset.path ?? '')
  }
}
