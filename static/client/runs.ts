/** Running and checking from the editor: shortcuts, the busy state, cancelling, marks at mistakes. */
import { announce } from './announce.ts'
import type { AnswerEditor } from './answer-editor.ts'

/** What htmx tells of a request. */
interface RequestEvent {
  ctx: {
    sourceElement: Element
    target: Element | null
    request: { body: FormData | URLSearchParams | null; action: string }
    response?: { status: number }
  }
}

/** The parts of the page that this module works on. */
export interface RunParts {
  form: HTMLFormElement
  result: HTMLElement
  editor: AnswerEditor
  csrf: string
  /** Keys by the act of a button. */
  keys: Readonly<Record<string, { win: string; mac: string }>>
  /** Adds to what an act sends. */
  beforeSend?(act: string, body: FormData | URLSearchParams): void
  /** Called when an act's request goes off; what it returns, when that has ended. */
  whileRunning?(act: string): () => void
  /** Called when the page is there, and whenever an answer is on it. */
  afterAnswer(): void
}

/** How long a run may take before the page says that it is under way, in milliseconds. */
const quietMs = 300

/** Wires everything. */
export function wireRuns(parts: RunParts): void {
  const { form, result } = parts
  const button = (act: string) => form.querySelector<HTMLButtonElement>(`[data-act="${act}"]`)
  let lastAct = 'run'
  for (const [act, keys] of Object.entries(parts.keys)) parts.editor.onKey(act, keys, () => button(act)?.click())
  wireCancel(parts)
  onHtmx('htmx:config:request', ({ ctx }) => {
    const act = ctx.sourceElement instanceof HTMLElement ? ctx.sourceElement.dataset.act : undefined
    if (act === undefined) return
    lastAct = act
    if (ctx.request.body !== null) parts.beforeSend?.(act, ctx.request.body)
  })
  const busy = busyState(parts)
  onHtmx('htmx:before:request', ({ ctx }) => {
    if (isOurs(ctx.request.action)) busy.begin(ctx.sourceElement)
  })
  onHtmx('htmx:finally:request', ({ ctx }) => busy.end(ctx.sourceElement))
  onHtmx('htmx:error', ({ ctx }) => {
    if (ctx.target === result) showNoAnswer(result)
    else announce('Podium did not answer.', 'assertive')
  })
  onHtmx('htmx:after:swap', ({ ctx }) => {
    if (ctx.target === result) afterAnswer(parts)
  })
  wireResult(parts, () => button(lastAct)?.click())
  afterLoad(parts)
}

function isOurs(address: string): boolean {
  return address.startsWith('/attempts/')
}

function onHtmx(name: string, listener: (detail: RequestEvent) => void): void {
  document.addEventListener(name, (event) => {
    if (event instanceof CustomEvent && event.detail?.ctx !== undefined) listener(event.detail)
  })
}

/** Shows what is under way, and the button that ends it. Other requests come and go meanwhile. */
function busyState({ form, whileRunning }: RunParts) {
  const cancel = form.querySelector<HTMLButtonElement>('[data-cancel]')
  const ends = new Map<Element, () => void>()
  const beginAct = (act: string) => {
    const timer = setTimeout(() => {
      if (cancel === null) return
      cancel.hidden = false
      announce('Running')
    }, quietMs)
    const endAct = whileRunning?.(act)
    return () => {
      endAct?.()
      clearTimeout(timer)
      if (cancel === null) return
      if (cancel === document.activeElement) form.querySelector<HTMLElement>('[data-act="run"]')?.focus()
      cancel.hidden = true
      cancel.disabled = false
    }
  }
  return {
    begin(source: Element) {
      source.setAttribute('aria-busy', 'true')
      const word = source.querySelector<HTMLElement>('[data-busy]')
      const idle = word?.textContent ?? ''
      if (word !== null) word.textContent = word.dataset.busy ?? idle
      const act = source instanceof HTMLElement ? source.dataset.act : undefined
      const endAct = act === undefined ? () => undefined : beginAct(act)
      ends.set(source, () => {
        endAct()
        source.removeAttribute('aria-busy')
        if (word !== null) word.textContent = idle
      })
    },
    end(source: Element) {
      ends.get(source)?.()
      ends.delete(source)
    },
  }
}

function wireCancel({ form, csrf }: RunParts): void {
  const cancel = form.querySelector<HTMLButtonElement>('[data-cancel]')
  cancel?.addEventListener('click', () => {
    cancel.disabled = true
    void fetch(cancel.dataset.cancel ?? '', { method: 'POST', headers: { 'x-csrf': csrf } }).catch(() => {
      cancel.disabled = false
    })
  })
}

function showNoAnswer(result: HTMLElement): void {
  const template = document.querySelector<HTMLTemplateElement>('#no-answer')
  if (template === null) return
  result.replaceChildren(template.content.cloneNode(true))
  showPane('out')
  announce('Podium did not answer.', 'assertive')
}

/** On a phone, brings a pane to the front. */
export function showPane(name: 'edit' | 'out'): void {
  const radio = document.querySelector<HTMLInputElement>(`.switch input[value="${name}"]`)
  if (radio !== null) radio.checked = true
}

function afterAnswer(parts: RunParts): void {
  afterLoad(parts)
  showPane('out')
  const shape = parts.result.querySelector('.say > svg use')?.getAttribute('href')
  const mark = document.querySelector('#switch-state')
  if (shape && mark !== null && parts.result.querySelector('#pane-answer') !== null) {
    mark.className = `v ${parts.result.querySelector('.say')?.classList[1] ?? 'idle'}`
    mark.querySelector('use')?.setAttribute('href', shape)
  }
}

/** Shows what only scripts can do. */
function afterLoad({ afterAnswer }: RunParts): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-restore]')) button.hidden = false
  afterAnswer()
}

/** Acts inside the panes: try again, keep things as they are, put an earlier answer back. */
function wireResult({ editor, form }: RunParts, retry: () => void): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest('[data-cancel-too]')) {
      form.querySelector<HTMLButtonElement>('[data-cancel]')?.click()
    } else if (target?.closest('[data-retry]')) {
      event.preventDefault()
      retry()
    } else if (target?.closest('[data-keep]')) {
      event.preventDefault()
      target.closest('.question')?.replaceChildren('Kept as it is.')
      editor.focus()
    } else if (target?.closest('[data-restore]')) {
      event.preventDefault()
      const kept = target.closest<HTMLElement>('[data-restore]')?.dataset.restore
      if (kept !== undefined) editor.setText(kept)
      showPane('edit')
      editor.focus()
    }
  })
}
