/** What every page loads: htmx, tabs, long grids, times in the reader's zone, the theme, shortcuts. */
import 'htmx.org'
import { announceSwaps } from './announce.ts'
import { offerCopies } from './copy.ts'
import { defineGrid } from './grid.ts'
import { keepFresh } from './refresh.ts'
import { listenForShortcuts } from './shortcuts.ts'
import { defineTabs } from './tabs.ts'
import { offerThemes } from './theme-choice.ts'
import { tellTimeZone } from './time-zone.ts'
import { localiseTimes } from './times.ts'
import { defineTree } from './tree.ts'

defineTabs()
defineGrid()
defineTree()
offerThemes()
localiseTimes(document)
announceSwaps()
listenForShortcuts()
tellTimeZone()
offerCopies()
keepFresh()

for (const element of document.querySelectorAll('[data-scriptless]')) element.remove()
if (matchMedia('(width < 48rem)').matches) {
  for (const details of document.querySelectorAll<HTMLElement>('details[data-open-wide]')) {
    details.removeAttribute('open')
    details.dataset.folded = ''
  }
}

// On a phone the present place may stand beyond the edge of its row.
for (const here of document.querySelectorAll('nav.scroll [aria-current], .nav [aria-current]')) {
  here.scrollIntoView({ inline: 'nearest', block: 'nearest' })
}

/** What scrolls sideways is reached by keyboard; a pane that is out of sight tells its width when it comes. */
const sideways = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target instanceof HTMLElement && target.scrollWidth > target.clientWidth) target.tabIndex = 0
  }
})
for (const box of document.querySelectorAll('.prose pre, .prose table')) sideways.observe(box)

document.addEventListener('htmx:after:swap', (event) => {
  localiseTimes(document)
  const form = event.target instanceof Element ? event.target.closest('form[data-address]') : null
  if (form instanceof HTMLFormElement) history.replaceState(null, '', addressOf(form))
})

/** The address that the form's filters stand for, without empty fields. */
function addressOf(form: HTMLFormElement): string {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value !== '') fields.append(name, value)
  }
  const query = fields.toString()
  return query === '' ? form.action : `${form.action}?${query}`
}
