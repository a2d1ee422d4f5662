/** A secret that is shown this once: in a field, so that it can be copied whole and never widens the page. */
import type { SafeHtml } from '#jsx/jsx-runtime'

/** The field; nothing is sent from it. */
export function Secret({ label, text }: { label: string; text: string }): SafeHtml {
  return (
    <span class="field">
      <input class="mono" aria-label={label} value={text} readonly />
    </span>
  )
}
