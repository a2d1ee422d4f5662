/** Tabs over panels. Without a script they are links to panels that stand below each other. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'

/** One tab and its panel. */
export interface Tab {
  /** Unique on the page; the panel's id. */
  id: string
  name: string
  count?: string | number | null
  panel: Child
}

/** Tabs, what stands at their right, what stands between them and the panels, and the panels. */
export interface PaneTabsProps {
  label: string
  tabs: readonly Tab[]
  /** The id of the tab that is open first. */
  open: string
  aside?: Child
  above?: Child
}

/** `static/client/tabs.ts` makes these real tabs: roles, arrows, Home and End. */
export function PaneTabs({ label, tabs, open, aside, above }: PaneTabsProps): SafeHtml {
  return (
    <podium-tabs data-open={open} data-label={label}>
      <div class="head">
        <div class="tabs">
          {tabs.map((tab) => (
            <a href={`#${tab.id}`} aria-current={tab.id === open ? 'true' : null}>
              {tab.name}
              {tab.count === undefined ? null : (
                <span class="num" id={`${tab.id}-count`}>
                  {tab.count ?? ''}
                </span>
              )}
            </a>
          ))}
        </div>
        {aside ? <span class="push faint hide-s">{aside}</span> : null}
      </div>
      {above ?? null}
      <section class="body scroll" tabindex="0" aria-label={label}>
        {tabs.map((tab) => (
          <section class="panel" id={tab.id} aria-label={tab.name}>
            {tab.panel}
          </section>
        ))}
      </section>
    </podium-tabs>
  )
}
