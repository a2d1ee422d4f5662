/** Running and checking from the editor: shortcuts, the busy state, cancelling, marks at mistakes. */
import { announce } from './announce.ts'
import type { TextEditor } from './editor.ts'
import { findError } from './error-place.ts'

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
  editor: TextEditor
  csrf: string
  /** Called once an answer is on the page. */
  afterAnswer(): void
}

/** How long a run may take before the page says that it is under way, in milliseconds. */
const quietMs = 300

/** Wires everything. */
export function wireRuns(parts: RunParts): void {
  const { form, result, editor } = parts
  const button = (act: string) => form.querySelector<HTMLButtonElement>(`[data-act="${act}"]`)
  let lastAct = 'run'
  wireKeys(editor, (act) => button(act)?.click())
  wireCancel(parts)
  onHtmx('htmx:config:request', ({ ctx }) => {
    const act = ctx.sourceElement instanceof HTMLElement ? ctx.sourceElement.dataset.act : undefined
    if (act === undefined) return
    lastAct = act
    if ((act !== 'run' && act !== 'explain') || ctx.request.body === null) return
    const { start, end } = editor.selection()
    ctx.request.body.set('selectionStart', String(start))
    ctx.request.body.set('selectionEnd', String(end))
  })
  const busy = busyState(parts)
  onHtmx('htmx:before:request', ({ ctx }) => {
    if (isOurs(ctx.request.action)) busy.begin(ctx.sourceElement)
  })
  onHtmx('htmx:finally:request', () => busy.end())
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

function wireKeys(editor: TextEditor, act: (name: string) => void): void {
  editor.onKey('run', { win: 'Ctrl-Enter', mac: 'Command-Enter|Ctrl-Enter' }, () => act('run'))
  editor.onKey('check', { win: 'Ctrl-Shift-Enter', mac: 'Command-Shift-Enter|Ctrl-Shift-Enter' }, () => act('check'))
  editor.onKey('explain', { win: 'Ctrl-Shift-E', mac: 'Command-Shift-E|Ctrl-Shift-E' }, () => act('explain'))
  editor.onKey('run all', { win: 'Alt-Enter', mac: 'Alt-Enter' }, () => act('all'))
}

/** Shows what is under way, and the button that ends it. */
function busyState({ form }: RunParts) {
  const cancel = form.querySelector<HTMLButtonElement>('[data-cancel]')
  let ends: (() => void)[] = []
  return {
    begin(source: Element) {
      source.setAttribute('aria-busy', 'true')
      const word = source.querySelector<HTMLElement>('[data-busy]')
      const idle = word?.textContent ?? ''
      if (word !== null) word.textContent = word.dataset.busy ?? idle
      const timer = setTimeout(() => {
        if (cancel === null || (source instanceof HTMLElement && source.dataset.act === undefined)) return
        cancel.hidden = false
        announce('Running')
      }, quietMs)
      ends.push(() => {
        clearTimeout(timer)
        source.removeAttribute('aria-busy')
        if (word !== null) word.textContent = idle
        if (cancel === null) return
        if (cancel === document.activeElement) form.querySelector<HTMLElement>('[data-act="run"]')?.focus()
        cancel.hidden = true
        cancel.disabled = false
      })
    },
    end() {
      for (const end of ends) end()
      ends = []
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
function showPane(name: 'edit' | 'out'): void {
  const radio = document.querySelector<HTMLInputElement>(`.switch input[value="${name}"]`)
  if (radio !== null) radio.checked = true
}

function afterAnswer(parts: RunParts): void {
  afterLoad(parts)
  parts.afterAnswer()
  showPane('out')
  const shape = parts.result.querySelector('.say > svg use')?.getAttribute('href')
  const mark = document.querySelector('#switch-state')
  if (shape && mark !== null && parts.result.querySelector('#pane-answer') !== null) {
    mark.className = `v ${parts.result.querySelector('.say')?.classList[1] ?? 'idle'}`
    mark.querySelector('use')?.setAttribute('href', shape)
  }
}

/** Marks the mistake that the pane speaks of, and shows what only scripts can do. */
function afterLoad({ result, editor }: RunParts): void {
  const link = result.querySelector<HTMLElement>('[data-error-position]')
  const position = link === null ? null : placeOf(link, editor)
  if (link !== null) link.hidden = position === null
  editor.mark(position === null ? null : { position, message: link?.dataset.errorMessage ?? '' })
  for (const button of document.querySelectorAll<HTMLElement>('[data-restore]')) button.hidden = false
}

/** Null where the text no longer has the line. */
function placeOf(link: HTMLElement, editor: TextEditor): number | null {
  const { errorPosition, errorColumn, errorLine } = link.dataset
  const place = { position: Number(errorPosition), column: Number(errorColumn), line: errorLine ?? '' }
  return findError(editor.text(), place)
}

/** Acts inside the panes: go to the mistake, try again, keep the database, put an earlier query back. */
function wireResult({ editor }: RunParts, retry: () => void): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null
    const link = target?.closest<HTMLElement>('[data-error-position]')
    if (link) {
      event.preventDefault()
      const position = placeOf(link, editor)
      showPane('edit')
      if (position === null) {
        announce('The line with the error was changed.')
        editor.focus()
      } else editor.goTo(position)
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
      editor.setText(kept || (target.closest('details')?.querySelector('pre')?.textContent ?? ''))
      showPane('edit')
      editor.focus()
    }
  })
}
