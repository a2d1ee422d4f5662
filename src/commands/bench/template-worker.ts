/**
 * The raw cost of a page: the same bytes put together from template strings, served by the same Bun and Elysia in a
 * thread of its own. It asks no database and knows nobody.
 */
import { Elysia } from 'elysia'
import { escapeHtml } from '../../../views/jsx/jsx-runtime.ts'

/** A page in pieces: what is the same for everybody, and rows of markup with texts between. */
export interface TemplatePage {
  head: string
  rows: { markup: string[]; texts: string[] }[]
  tail: string
}

/** Where it is served. */
export interface TemplateServer {
  url: string
}

self.onmessage = ({ data: page }: MessageEvent<TemplatePage>) => {
  const app = new Elysia().get('/', () => {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
    return new Response(`${page.head}${page.rows.map(rowHtml).join('')}${page.tail}`, { headers })
  })
  app.listen({ port: 0, hostname: '127.0.0.1' })
  postMessage({ url: `http://127.0.0.1:${app.server?.port}/` } satisfies TemplateServer)
}

function rowHtml({ markup, texts }: TemplatePage['rows'][number]): string {
  return markup.map((piece, place) => `${piece}${escapeHtml(texts[place] ?? '')}`).join('')
}
