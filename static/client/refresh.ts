/**
 * Reads figures again while somebody can see them: not in a hidden page, not while the focus is inside them, and only
 * after being asked where the reader wants less motion.
 */
import { announce } from './announce.ts'

/** Starts the clock where the page has something to read again. */
export function keepFresh(): void {
  const control = document.querySelector<HTMLInputElement>('[data-refresh-switch]')
  const seconds = Number(figures()?.dataset.refreshSeconds)
  if (control === null || !(seconds > 0)) return
  control.checked = !matchMedia('(prefers-reduced-motion: reduce)').matches
  let said = spoken()
  setInterval(() => {
    const place = figures()
    if (place === null || !control.checked || document.hidden || place.contains(document.activeElement)) return
    place.dispatchEvent(new Event('refresh'))
  }, seconds * 1000)
  // Only what changed is worth an interruption.
  document.addEventListener('htmx:after:swap', () => {
    const now = spoken()
    if (now !== said) announce(now)
    said = now
  })
}

function figures(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-refresh-seconds]')
}

function spoken(): string {
  return figures()?.querySelector('.say b')?.textContent ?? ''
}
