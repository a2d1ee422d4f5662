/** Exercism's Markdown without what only its own pages show: HTML, pictures, addresses without a host or of headings, notes. */

/** A text, and how many pictures of it are links now. */
export interface Readable {
  text: string
  pictures: number
}

const site = 'https://exercism.org'

/** Turns it. What is code stays as it is. */
export function readable(source: string): Readable {
  const boxed = source
    .replaceAll('\r\n', '\n')
    .replaceAll(
      /^(`{3,}|~{3,})@?exercism\/(\w+)[^\n]*\n([\s\S]*?)^\1[ \t]*$/gm,
      (_, _fence, kind: string, inner: string) =>
        quoted(`**${kind[0]?.toUpperCase()}${kind.slice(1)}.** ${inner.trim()}`),
    )
  const named = [...boxed.matchAll(/^\[([^\]^\n]+)\]:[ \t]*#\S*[ \t]*$/gm)].map(([, name = '']) => name)
  let pictures = 0
  const count = () => {
    pictures += 1
  }
  const made = (part: string) => withoutAnchors(plain(part, count), named)
  let text = ''
  let at = 0
  for (const found of boxed.matchAll(code)) {
    text += made(boxed.slice(at, found.index)) + found[0]
    at = found.index + found[0].length
  }
  return { text: text + made(boxed.slice(at)), pictures }
}

/** The same for addresses that stand below the text, by name. */
function withoutAnchors(text: string, names: readonly string[]): string {
  return names.reduce((rest, name) => {
    const quoted = RegExp.escape(name)
    return rest
      .replaceAll(new RegExp(`^\\[${quoted}\\]:[ \\t]*#.*\\n?`, 'gm'), '')
      .replaceAll(new RegExp(`\\[([^[\\]\\n]+)\\]\\[${quoted}\\]`, 'g'), '$1')
      .replaceAll(new RegExp(`\\[(${quoted})\\](\\[\\])?`, 'g'), '$1')
  }, text)
}

/** Blocks between fences, also in quotations, and code within a line. */
const code =
  /^[> \t]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?^[> \t]*\1[ \t]*$|(?<!`)(`+)(?!`)(?:(?!\n\s*\n)[\s\S])*?(?<!`)\2(?!`)/gm

function plain(text: string, onPicture: () => void): string {
  return (
    text
      .replaceAll(/<!--[\s\S]*?-->\n?/g, '')
      .replaceAll(/!\[([^\]]*)\]\s*\((\S*?)(?:\s+"[^"]*")?\)/g, (_, words: string, url: string) => {
        onPicture()
        return pictureLink(words, url)
      })
      .replaceAll(/!\[([^\]]*)\](\[[^\]]*\])/g, (_, words: string, name: string) => {
        onPicture()
        return `[Picture]${name}: ${inLine(words)}`
      })
      .replaceAll(/<img\b[^>]*>/g, (tag) => {
        onPicture()
        const [words, url] = ['alt', 'src'].map((name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
        return pictureLink(words ?? '', url ?? '')
      })
      .replaceAll(/^[ \t]*\|.*$/gm, (row) => row.replaceAll(/[ \t]*<br\s*\/?>[ \t]*/g, ' '))
      .replaceAll(/<br\s*\/?>/g, '  \n')
      .replaceAll(/<th\b[^>]*>([^<\n]+)<\/th>/g, '**$1** ')
      .replaceAll(/<\/?(table|thead|tbody|tr|td|th)\b[^>]*>/g, '\n')
      .replaceAll(/<\/?(sup|sub|details|summary|b|i|u|p|div|span|a|kbd)\b[^>]*>/g, '')
      .replaceAll(/<code>([^<`\n]+)<\/code>/g, '`$1`')
      .replaceAll(/\]\((\/[^)\s]*)/g, `](${site}$1`)
      // Headings have no addresses on a page of Podium.
      .replaceAll(/(?<!!)\[([^[\]\n]+)\]\(#[^)\s]*\)/g, '$1')
      .replaceAll(/^(\[[^\]^]+\]:[ \t]*)(\/\S*)/gm, `$1${site}$2`)
      .replaceAll(/^\[\^([^\]]+)\]:[ \t]*/gm, '\n\\[$1\\] ')
      .replaceAll(/[ \t]*\[\^([^\]]+)\]/g, ' \\[$1\\]')
  )
}

function pictureLink(words: string, url: string): string {
  const name = inLine(words)
  const address = url.startsWith('/') ? `${site}${url}` : url
  if (!/^https?:\/\//.test(address)) return name
  return `[Picture](${address})${name === '' ? '' : `: ${name}`}`
}

function inLine(words: string): string {
  return words.replaceAll(/\s+/g, ' ').trim()
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')
}
