/** Takes a page apart, so that template strings can put it together again. */
import { createDeadlineWorker } from '../../parsing/deadline-worker.ts'
import type { TemplatePage, TemplateServer } from './template-worker.ts'

const startTimeoutMs = 10_000
const rowPattern = /<tr><td.*?<\/tr>/gs

/** Serves the page from template strings. To be ended. */
export async function serveTemplate(html: string): Promise<TemplateServer & { end(): void }> {
  const worker = createDeadlineWorker<TemplatePage, TemplateServer>('commands/bench/template-worker.ts', {
    timeoutMs: startTimeoutMs,
  })
  const outcome = await worker.ask(takeApart(html))
  if ('failed' in outcome) throw new Error(`the page of template strings: ${outcome.failed}`)
  return { ...outcome.answer, end: () => worker.stop() }
}

/** The rows of its tables, with every text between two tags apart, and what stands before, between and after them. */
export function takeApart(html: string): TemplatePage {
  const rows: TemplatePage['rows'] = []
  let at = 0
  let head = ''
  for (const match of html.matchAll(rowPattern)) {
    if (rows.length === 0) head = html.slice(0, match.index)
    else rows.push({ markup: [html.slice(at, match.index)], texts: [] })
    const pieces = match[0].split(/(?<=>)([^<]+)(?=<)/)
    rows.push({ markup: pieces.filter(isEven), texts: pieces.filter((_, place) => !isEven(_, place)).map(unescaped) })
    at = match.index + match[0].length
  }
  return { head, rows, tail: html.slice(at) }
}

const isEven = (_: string, place: number) => place % 2 === 0

const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => characters[entity] ?? entity)
}
