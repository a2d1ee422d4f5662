/**
 * `<podium-tree>`: a nested list that arrows walk, as trees do: up and down through what shows, right into a row or to
 * open it, left out of it or to fold it; Home and End to the ends; a letter to the next row that begins with it.
 */

let trees = 0

class PodiumTree extends HTMLElement {
  connectedCallback(): void {
    const list = this.querySelector(':scope > ul')
    if (list === null || list.getAttribute('role') === 'tree') return
    trees += 1
    list.setAttribute('role', 'tree')
    for (const [place, row] of this.rows().entries()) prepare(row, `tree-${trees}-${place}`)
    const [first] = this.rows()
    if (first !== undefined) first.tabIndex = 0
    this.addEventListener('keydown', (event) => this.onKey(event))
    this.addEventListener('click', (event) => this.onClick(event))
  }

  private rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('li > .node')]
  }

  private focusOn(row: HTMLElement): void {
    for (const other of this.rows()) other.tabIndex = -1
    row.tabIndex = 0
    row.focus()
  }

  private onClick(event: Event): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.node') : null
    // Whoever selects text wants no row to fold.
    if (row === null || getSelection()?.isCollapsed === false) return
    fold(row, row.ariaExpanded === 'true')
    this.focusOn(row)
  }

  private onKey(event: KeyboardEvent): void {
    const row = event.target instanceof HTMLElement && event.target.matches('.node') ? event.target : null
    if (row === null || event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    if (key === 'Enter' || key === ' ') fold(row, row.ariaExpanded === 'true')
    else if (key === 'ArrowRight' && row.ariaExpanded === 'false') fold(row, false)
    else if (key === 'ArrowLeft' && row.ariaExpanded === 'true') fold(row, true)
    else {
      const to = this.next(row, key)
      if (to === undefined) return
      this.focusOn(to)
    }
    event.preventDefault()
  }

  /** Where a key leads: the same row where there is nowhere to go; undefined where the key is none of the tree's. */
  private next(row: HTMLElement, key: string): HTMLElement | undefined {
    const shown = this.rows().filter((other) => other.closest('ul[hidden]') === null)
    const at = shown.indexOf(row)
    switch (key) {
      case 'ArrowDown':
        return shown[at + 1] ?? row
      case 'ArrowUp':
        return shown[at - 1] ?? row
      case 'ArrowRight':
        return groupOf(row)?.querySelector<HTMLElement>('.node') ?? row
      case 'ArrowLeft':
        return row.closest('ul')?.closest('li')?.querySelector<HTMLElement>('.node') ?? row
      case 'Home':
        return shown[0]
      case 'End':
        return shown.at(-1)
      default:
        return key.length === 1 ? [...shown.slice(at + 1), ...shown].find((other) => beginsWith(other, key)) : undefined
    }
  }
}

/** Its name is what the row shows; the rows below it are its own. */
function prepare(row: HTMLElement, id: string): void {
  row.parentElement?.setAttribute('role', 'none')
  row.setAttribute('role', 'treeitem')
  row.tabIndex = -1
  const group = groupOf(row)
  if (group === null) return
  group.id = id
  group.setAttribute('role', 'group')
  row.setAttribute('aria-owns', id)
  fold(row, false)
}

function groupOf(row: HTMLElement): HTMLElement | null {
  return row.parentElement?.querySelector<HTMLElement>(':scope > ul') ?? null
}

function fold(row: HTMLElement, isFolded: boolean): void {
  const group = groupOf(row)
  if (group === null) return
  row.ariaExpanded = String(!isFolded)
  group.hidden = isFolded
}

function beginsWith(row: HTMLElement, letter: string): boolean {
  return row.textContent.trim().toLowerCase().startsWith(letter.toLowerCase())
}

/** Registers the element. */
export function defineTree(): void {
  customElements.define('podium-tree', PodiumTree)
}
