/** The choice of a theme in the account menu, kept in this browser. */

const key = 'podium:theme'

/** Shows the choice and follows it. */
export function offerThemes(): void {
  for (const choice of document.querySelectorAll<HTMLElement>('[data-theme-choice]')) {
    choice.hidden = false
    const chosen = document.documentElement.dataset.theme ?? 'system'
    for (const input of choice.querySelectorAll<HTMLInputElement>('input')) {
      input.checked = input.value === chosen
      input.addEventListener('change', () => choose(input.value))
    }
  }
}

function choose(theme: string): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem(key, theme)
  } catch {
    // Storage may be switched off; the choice then holds for this page.
  }
}
