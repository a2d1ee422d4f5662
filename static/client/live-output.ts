/** Output of a program as it comes: the page shows it until the answer of the run takes its place. */
import { announce } from './announce.ts'
import { showPane } from './runs.ts'

/** A run that is quick is answered at once, without anything shown before, in milliseconds. */
const quietMs = 250

/** Follows a run that was just begun; what it returns ends that. */
export function followRun(address: string, result: HTMLElement): () => void {
  const controller = new AbortController()
  const since = performance.now()
  let place: HTMLElement | null = null
  void follow(address, controller.signal, async (text) => {
    const left = quietMs - (performance.now() - since)
    if (place === null && left > 0) await new Promise((resolve) => setTimeout(resolve, left))
    if (controller.signal.aborted) return
    place ??= showLive(result)
    place.append(text)
  })
  return () => controller.abort()
}

/** Where the page was loaded in the middle of a run: follows it, and shows what came of it. */
export function goOnFollowing(result: HTMLElement, cancel: HTMLElement | null, afterAnswer: () => void): void {
  const place = result.querySelector<HTMLElement>('[data-live]')
  if (place === null) return
  if (cancel !== null) cancel.hidden = false
  const address = place.dataset.live ?? ''
  void follow(address, new AbortController().signal, (text) => place.append(text)).then(async () => {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null)
    if (cancel !== null) cancel.hidden = true
    if (response === null || !result.contains(place)) return
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    for (const id of ['result', 'tries']) {
      const [here, there] = [document.getElementById(id), page.getElementById(id)]
      if (here !== null && there !== null) here.replaceChildren(...there.childNodes)
    }
    announce('The run has ended')
    afterAnswer()
  })
}

function showLive(result: HTMLElement): HTMLElement {
  const template = document.querySelector<HTMLTemplateElement>('#live-output')
  const content = template?.content.cloneNode(true) ?? document.createElement('pre')
  result.replaceChildren(content)
  showPane('out')
  return result.querySelector('pre') ?? result
}

/** Reads pieces, a JSON value a line, until they end. Never throws: the answer of the run tells everything. */
async function follow(
  address: string,
  signal: AbortSignal,
  onPiece: (text: string) => void | Promise<void>,
): Promise<void> {
  try {
    const response = await fetch(address, { signal })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    if (!response.ok || reader === undefined) return
    let rest = ''
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const lines = `${rest}${next.value}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) await onPiece(textOf(line))
    }
  } catch {
    // Aborted, or the connection broke.
  }
}

function textOf(line: string): string {
  const piece: unknown = JSON.parse(line)
  if (typeof piece !== 'object' || piece === null || !('text' in piece)) return ''
  return typeof piece.text === 'string' ? piece.text : ''
}
