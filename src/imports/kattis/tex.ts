/**
 * Problem statements in TeX as Markdown. Knows what statements of contests use; what it does not know is named, and its
 * words stay.
 */
import { afterOptions, bodyOf, list, mathAt, table } from './tex-blocks.ts'
import { argumentAt, commandAt, mathToText } from './tex-math.ts'
import { accents, characters, code, headings, marks, silent } from './tex-words.ts'

/** A statement as Markdown. */
export interface Statement {
  markdown: string
  /** What `\problemname` says; null where it does not. */
  title: string | null
  /** Commands and environments that were not understood, each once. */
  unknown: string[]
  /** Pictures that were left out, by name. */
  images: string[]
}

interface Work {
  title: string | null
  unknown: Set<string>
  images: Set<string>
  macros: Map<string, { count: number; body: string }>
  /** Macros that were put in; somebody's may call itself. */
  expansions: number
}

const expansionsMax = 10_000
const depthMax = 60

/** Turns it into Markdown. Never throws. */
export function texToMarkdown(source: string): Statement {
  const work: Work = { title: null, unknown: new Set(), images: new Set(), macros: new Map(), expansions: 0 }
  const body = /\\begin\{document\}([\s\S]*?)(\\end\{document\}|$)/.exec(source)?.[1] ?? source
  const markdown = convert(withoutComments(body), work, 0)
    .replaceAll(/[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll('\u0001', '  ')
    .trim()
  return { markdown, title: work.title, unknown: [...work.unknown].sort(), images: [...work.images] }
}

/** A percent sign begins a comment, and takes the end of its line along. Not in program texts. */
function withoutComments(source: string): string {
  const parts = source
    .replaceAll('\r\n', '\n')
    .split(/(\\begin\{(?:verbatim|lstlisting)\*?\}[\s\S]*?\\end\{(?:verbatim|lstlisting)\*?\})/)
  return parts
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/(^|[^\\])%.*(?:\n[ \t]*(?!\n))?/gm, '$1')))
    .join('')
}

/** A piece of text. */
function convert(source: string, work: Work, depth: number): string {
  if (depth > depthMax) return escaped(source)
  let out = ''
  let at = 0
  while (at < source.length) {
    const rest = source.slice(at, at + 4)
    const math = mathAt(source, at)
    if (math !== null) {
      out += formula(math.text, work, math.isDisplayed)
      at = math.end
    } else if (rest[0] === '\\') {
      const made = commandToMarkdown(source, at, work, depth)
      out += made.text
      at = made.end
    } else if (rest[0] === '{') {
      const group = argumentAt(source, at)
      out += groupToMarkdown(group.text, work, depth)
      at = group.end
    } else {
      const quote = /^(``|''|---|--|~|\}|&)/.exec(rest)?.[0]
      out += quote === undefined ? plainText(source, at, out) : (typography[quote] ?? '')
      at += quote?.length ?? 1
    }
  }
  return out
}

const typography: Readonly<Record<string, string>> = {
  '``': '“',
  "''": '”',
  '---': '—',
  '--': '–',
  '~': ' ',
  '}': '',
  '&': ' ',
}

/** A character as text. At the beginning of a line, Markdown reads more of them as marks. */
function plainText(source: string, at: number, before: string): string {
  const char = source[at] ?? ''
  if (char === ' ' && before.endsWith('\n')) return ''
  if (char === '`') return '‘'
  if (char === "'") return '’'
  const isFirst = before === '' || before.endsWith('\n')
  return isFirst && /[#>+-]/.test(char) ? `\\${char}` : escaped(char)
}

function escaped(text: string): string {
  return text.replaceAll(/[\\*_[\]<`|]/g, (char) => `\\${char}`)
}

/** `{\bf words}` is as `\textbf{words}`. */
function groupToMarkdown(text: string, work: Work, depth: number): string {
  const switched = /^\s*\\(bf|it|em|sl|tt|bfseries|itshape|ttfamily)(?![A-Za-z])\s*/.exec(text)
  if (switched === null) return convert(text, work, depth + 1)
  const [begin, name = ''] = switched
  const inner = text.slice(begin.length)
  return code.has(name) ? inlineCode(inner, work, depth) : marked(convert(inner, work, depth + 1), marks[name] ?? '')
}

function marked(text: string, mark: string): string {
  const inner = text.trim()
  // Marks around a paragraph's end would be read as themselves.
  if (inner === '' || inner.includes('\n\n')) return text
  return `${/^\s/.test(text) ? ' ' : ''}${mark}${inner}${mark}${/\s$/.test(text) ? ' ' : ''}`
}

function inlineCode(source: string, work: Work, depth: number): string {
  const text = unescaped(convert(source, work, depth + 1))
    .replaceAll(/\s+/g, ' ')
    .replaceAll('’', "'")
    .replaceAll('‘', '`')
  return codeMark(text)
}

function codeMark(text: string): string {
  if (text.trim() === '') return text
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([\\*_[\]<>`|#+-])/g, '$1').replaceAll(/\*+/g, '')
}

function formula(source: string, work: Work, isDisplayed: boolean): string {
  const text = mathToText(expandMacros(source, work), (command) => work.unknown.add(command))
  const shown = /^\p{L}$/u.test(text) ? `*${text}*` : escaped(text)
  return isDisplayed ? `\n\n${shown}\n\n` : shown
}

interface Made {
  text: string
  end: number
}

function commandToMarkdown(source: string, at: number, work: Work, depth: number): Made {
  const { text: name, end } = commandAt(source, at)
  const macro = work.macros.get(name)
  if (macro !== undefined) {
    const expanded = expand(source, end, macro, work)
    return { text: convert(expanded.text, work, depth + 1), end: expanded.end }
  }
  if (name === 'begin') return environment(source, end, work, depth)
  if (name === 'verb') return verb(source, end)
  if (/^(new|renew|provide)command$|^def$/.test(name)) return define(source, end, name === 'def', work)
  const behind = afterOptions(source, end)
  const argument = () => argumentAt(source, behind)
  const inner = (text: string) => convert(text, work, depth + 1)
  const silentCount = silent[name]
  if (silentCount !== undefined) {
    let after = silentCount === 0 ? end : behind
    for (let count = 0; count < silentCount; count += 1) after = argumentAt(source, after).end
    return { text: name === 'par' ? '\n\n' : '', end: after }
  }
  const character = characters[name]
  if (character !== undefined) return { text: character, end: source.startsWith('{}', end) ? end + 2 : end }
  const heading = headings[name]
  if (heading !== undefined) return { text: `\n\n${heading} ${inner(argument().text).trim()}\n\n`, end: argument().end }
  const mark = marks[name]
  if (mark !== undefined && source[behind] === '{')
    return { text: marked(inner(argument().text), mark), end: argument().end }
  if (code.has(name) && source[behind] === '{')
    return { text: inlineCode(argument().text, work, depth), end: argument().end }
  if (mark !== undefined || code.has(name)) return { text: '', end }
  return furtherCommand(source, { text: name, end }, work, inner)
}

function furtherCommand(source: string, { text: name, end }: Made, work: Work, inner: (text: string) => string): Made {
  const behind = afterOptions(source, end)
  const first = argumentAt(source, behind)
  const accent = accents[name]
  if (accent !== undefined) {
    const letter = first.text.replace(/^\\([ij])$/, '$1')
    return { text: `${letter}${accent}`.normalize('NFC'), end: first.end }
  }
  if (/^[%$#&_{}]$/.test(name)) return { text: escaped(name), end }
  if (name === '\\') return { text: '\u0001\n', end: afterOptions(source, end) }
  if (/^[\s,;:!/@-]$/.test(name)) return { text: /[!/@-]/.test(name) ? '' : ' ', end }
  switch (name) {
    case 'problemname':
      work.title ??= inner(first.text).trim()
      return { text: '', end: first.end }
    case 'paragraph':
    case 'subparagraph':
      return { text: `\n\n**${inner(first.text).trim()}** `, end: first.end }
    case 'url':
      return { text: `<${first.text}>`, end: first.end }
    case 'href': {
      const second = argumentAt(source, first.end)
      return { text: `[${inner(second.text)}](${first.text.replaceAll(/[\s()\\]/g, '')})`, end: second.end }
    }
    case 'footnote':
      return { text: ` (${inner(first.text).trim()})`, end: first.end }
    case 'caption':
      return { text: `\n\n${marked(inner(first.text), '*')}\n\n`, end: first.end }
    case 'includegraphics':
      work.images.add(first.text)
      return { text: '', end: first.end }
    case 'illustration': {
      const file = argumentAt(source, first.end)
      const caption = argumentAt(source, file.end)
      work.images.add(file.text)
      return { text: '', end: caption.end }
    }
    case 'textcolor':
    case 'multicolumn':
    case 'multirow': {
      const second = argumentAt(source, first.end)
      const third = name === 'textcolor' ? second : argumentAt(source, second.end)
      return { text: inner(third.text), end: third.end }
    }
    case 'textrm':
    case 'textnormal':
    case 'textsf':
    case 'textsc':
    case 'textup':
    case 'text':
    case 'mbox':
    case 'underline':
    case 'uline':
    case 'ensuremath':
      return { text: inner(first.text), end: first.end }
    case 'textsuperscript':
      return { text: mathToText(`^{${first.text}}`, () => {}), end: first.end }
    default:
      return unknownCommand(source, { text: name, end }, work)
  }
}

/** Symbols of formulas are met outside of them; of what nobody knows, the name is told and the argument is left. */
function unknownCommand(source: string, { text: name, end }: Made, work: Work): Made {
  let isKnown = true
  const symbol = mathToText(`\\${name}`, () => {
    isKnown = false
  })
  if (isKnown) return { text: escaped(symbol), end }
  work.unknown.add(`\\${name}`)
  return { text: '', end: afterOptions(source, end) }
}

function verb(source: string, at: number): Made {
  const end = source.indexOf(source[at] ?? '', at + 1)
  if (end < 0) return { text: '', end: source.length }
  return { text: codeMark(source.slice(at + 1, end)), end: end + 1 }
}

function define(source: string, from: number, isDef: boolean, work: Work): Made {
  const name = argumentAt(source, from)
  const counted = isDef ? null : /^\s*\[(\d)\]/.exec(source.slice(name.end, name.end + 20))
  const body = argumentAt(source, name.end + (counted?.[0].length ?? 0))
  work.macros.set(name.text.replace(/^\\/, ''), { count: Number(counted?.[1] ?? 0), body: body.text })
  return { text: '', end: body.end }
}

function expand(source: string, from: number, macro: { count: number; body: string }, work: Work): Made {
  work.expansions += 1
  if (work.expansions > expansionsMax) return { text: '', end: from }
  let end = from
  let text = macro.body
  for (let number = 1; number <= macro.count; number += 1) {
    const argument = argumentAt(source, end)
    text = text.replaceAll(`#${number}`, () => argument.text)
    end = argument.end
  }
  if (macro.count === 0 && source.startsWith('{}', end)) end += 2
  return { text, end }
}

/** Macros in formulas. */
function expandMacros(source: string, work: Work): string {
  let text = source
  for (let round = 0; round < 5 && work.macros.size > 0; round += 1) {
    let out = ''
    let at = 0
    while (at < text.length) {
      const command = text[at] === '\\' ? commandAt(text, at) : null
      const macro = command === null ? undefined : work.macros.get(command.text)
      const made =
        command === null
          ? { text: text[at] ?? '', end: at + 1 }
          : { text: text.slice(at, command.end), end: command.end }
      const put = command === null || macro === undefined ? made : expand(text, command.end, macro, work)
      out += put.text
      at = put.end
    }
    if (out === text || out.length > 20_000) return text
    text = out
  }
  return text
}

/** `\begin{name}…\end{name}`. */
function environment(source: string, from: number, work: Work, depth: number): Made {
  const name = argumentAt(source, from)
  const kind = name.text.replace(/\*$/, '')
  const { body, end } = bodyOf(source, name.end, name.text)
  const inner = (text: string) => convert(text, work, depth + 1)
  switch (kind) {
    case 'verbatim':
    case 'lstlisting':
      return { text: `\n\n\`\`\`\n${body.replace(/^\s*\[[^\]]*\]/, '').replace(/^\n|\s+$/g, '')}\n\`\`\`\n\n`, end }
    case 'itemize':
    case 'enumerate':
    case 'description':
      return { text: list(body, kind, inner), end }
    case 'tabular':
    case 'tabularx':
    case 'array':
      return { text: table(body, kind === 'tabularx' ? 2 : 1, inner), end }
    case 'equation':
    case 'displaymath':
    case 'math':
      return { text: formula(body, work, true), end }
    case 'align':
    case 'eqnarray':
    case 'gather':
      return {
        text: body
          .split('\\\\')
          .map((line) => formula(line, work, true))
          .join(''),
        end,
      }
    case 'quote':
    case 'quotation':
      return { text: `\n\n${inner(body).trim().replaceAll(/^/gm, '> ')}\n\n`, end }
    case 'figure':
    case 'wrapfigure':
    case 'minipage':
    case 'center':
    case 'flushleft':
    case 'flushright':
    case 'table':
    case 'multicols':
      return { text: `\n\n${inner(withoutArguments(body, kind)).trim()}\n\n`, end }
    default:
      work.unknown.add(`\\begin{${name.text}}`)
      return { text: `\n\n${inner(body).trim()}\n\n`, end }
  }
}

const environmentArguments: Readonly<Record<string, number>> = { wrapfigure: 2, minipage: 1, multicols: 1 }

function withoutArguments(body: string, kind: string): string {
  let at = afterOptions(body, 0)
  for (let count = environmentArguments[kind] ?? 0; count > 0; count -= 1)
    at = afterOptions(body, argumentAt(body, at).end)
  return body.slice(at)
}
