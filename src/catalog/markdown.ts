/** Markdown to HTML that is safe to show: HTML in the text is text, and what is left passes an allow list. */
import MarkdownIt from 'markdown-it'
import sanitize from 'sanitize-html'
import { piecesOf } from '../../views/parts/code-colours.ts'

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, highlight })

/** Colours a block whose fence names its language, with the classes of the pages' own listings. */
function highlight(text: string, language: string): string {
  return piecesOf(text, language)
    .map(({ colour, text: piece }) => {
      const shown = markdown.utils.escapeHtml(piece)
      return colour === '' ? shown : `<span class="${colour}">${shown}</span>`
    })
    .join('')
}

// The page's own heading is the first: the highest of a text becomes the second, whatever level its author began with.
markdown.core.ruler.push('lower headings', (state) => {
  const headings = state.tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close')
  const highest = Math.min(...headings.map(({ tag }) => Number(tag.slice(1))))
  for (const token of headings) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) - highest + 2)}`
})

// Content has no files of pictures, and the pages load nothing from elsewhere: what a picture shows is said, and it is a
// click away where it has an address.
markdown.renderer.rules['image'] = (tokens, index) => {
  const token = tokens[index]
  const words = markdown.utils.escapeHtml(token?.content || 'without a description')
  const address = String(token?.attrGet('src') ?? '')
  const isLinked = tokens[index - 1]?.type === 'link_open'
  if (isLinked || !/^https?:/.test(address)) return `<em>Picture: ${words}</em>`
  return `<a href="${markdown.utils.escapeHtml(address)}">Picture: ${words}</a>`
}

const allowed: sanitize.IOptions = {
  allowedTags: [
    ...['h2', 'h3', 'h4', 'h5', 'h6', 'p', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'em', 'strong', 's', 'a'],
    ...['br', 'hr', 'span', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], code: ['class'], span: ['class'], ol: ['start'] },
  allowedClasses: { code: [/^language-[a-z]+$/], span: ['k', 's', 'd', 'f', 'c'] },
  allowedSchemes: ['https', 'http', 'mailto'],
  allowProtocolRelative: false,
  transformTags: { a: sanitize.simpleTransform('a', { rel: 'noopener noreferrer' }) },
}

/** A whole text. */
export function renderMarkdown(source: string): string {
  return sanitize(markdown.render(source), allowed)
}

/** One small line below a text, of parts that are text and may be links. */
export function renderAttribution(parts: readonly { label: string; text: string; url: string | null }[]): string {
  const plain = (text: string) => markdown.utils.escapeHtml(text)
  const shown = parts.map(({ label, text, url }) => {
    const words = url === null ? plain(text) : `<a href="${plain(url)}">${plain(text)}</a>`
    return `${label}${words}`
  })
  return parts.length === 0 ? '' : sanitize(`<hr><p><em>${shown.join('. ')}.</em></p>`, allowed)
}

/** One line, without a paragraph around it. */
export function renderInlineMarkdown(source: string): string {
  return sanitize(markdown.renderInline(source), allowed)
}

/** The first paragraph as plain text, for lists. */
export function firstParagraph(source: string): string {
  const tokens = markdown.parse(source, {})
  const start = tokens.findIndex(({ type }) => type === 'paragraph_open')
  const words = start < 0 ? [] : (tokens[start + 1]?.children ?? [])
  return words
    .map(({ type, content }) => (type === 'softbreak' || type === 'hardbreak' ? ' ' : content))
    .join('')
    .trim()
}
