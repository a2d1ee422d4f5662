/** Keys that work on every page: `/` goes to the search, Escape closes the account menu. */

/** Whether keys belong to what is being typed. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

/** Listens for the keys. */
export function listenForShortcuts(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') closeMenu()
    if (isTyping(event.target)) return
    const field = document.querySelector<HTMLElement>(`[data-shortcut="${CSS.escape(event.key)}"]`)
    if (field === null) return
    event.preventDefault()
    field.focus()
  })
  document.addEventListener('click', (event) => {
    const menu = document.querySelector<HTMLDetailsElement>('details.menu[open]')
    if (menu !== null && event.target instanceof Node && !menu.contains(event.target)) menu.open = false
  })
}

function closeMenu(): void {
  const menu = document.querySelector<HTMLDetailsElement>('details.menu[open]')
  if (menu === null) return
  menu.open = false
  menu.querySelector('summary')?.focus()
}
