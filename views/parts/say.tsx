/** The bar that says how something went, and the frame for nothing yet. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import { Mark, Shape } from './icon.tsx'
import type { StateLook } from './state.tsx'

/** What a bar says. */
export interface SayProps {
  look: Pick<StateLook, 'hue' | 'shape'>
  title: Child
  help?: Child
  action?: Child
  /** Not spoken when a swap brings it: it is read again and again. */
  isQuiet?: boolean
}

/**
 * Shape, sentence, help, act. It carries no live role: the page's announcer speaks `data-announce`, because a live region
 * that arrives with its text is not spoken.
 */
export function Say({ look, title, help, action, isQuiet = false }: SayProps): SafeHtml {
  const announced = look.hue === 'fail' ? 'assertive' : 'polite'
  return (
    <div class={`say ${look.hue}`} data-announce={isQuiet ? null : announced}>
      <Shape name={look.shape} />
      <p>
        <b>{title}</b>
      </p>
      {help ? <p class="muted">{help}</p> : null}
      {action ? <div class="push row tight">{action}</div> : null}
    </div>
  )
}

/** What will be here and how to start. */
export function Empty({ title, children }: { title: string; children: Child }): SafeHtml {
  return (
    <div class="empty">
      <Mark />
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  )
}
