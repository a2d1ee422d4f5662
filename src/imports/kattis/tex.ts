/**
 * Problem statements in TeX as Markdown. Knows what statements of contests use; what it does not know is named, and its
 * words stay.
 */
import { afterOptions, mathAt } from './tex-blocks.ts'
import { environment } from './tex-environments.ts'
import { Macros } from './tex-macros.ts'
import { argumentAt, commandAt, mathToText } from './tex-math.ts'
import { codeMark, escaped, marked, plainText, typography, unescaped, withoutComments } from './tex-text.ts'
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
  macros: Macros
}

const depthMax = 60

/** Turns it into Markdown. Never throws. */
export function texToMarkdown(source: string): Statement {
  const work: Work = { title: null, unknown: new Set(), images: new Set(), macros: new Macros() }
  const body = /\\begin\{document\}([\s\S]*?)(\\end\{document\}|$)/.exec(source)?.[1] ?? source
  const markdown = convert(withoutComments(body), work, 0)
    .replaceAll(/[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll('\u0001', '  ')
    .trim()
  return { markdown, title: work.title, unknown: [...work.unknown].sort(), images: [...work.images] }
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

/** `{\bf words}` is as `\textbf{words}`. */
function groupToMarkdown(text: string, work: Work, depth: number): string {
  const switched = /^\s*\\(bf|it|em|sl|tt|bfseries|itshape|ttfamily)(?![A-Za-z])\s*/.exec(text)
  if (switched === null) return convert(text, work, depth + 1)
  const [begin, name = ''] = switched
  const inner = text.slice(begin.length)
  return code.has(name) ? inlineCode(inner, work, depth) : marked(convert(inner, work, depth + 1), marks[name] ?? '')
}

function inlineCode(source: string, work: Work, depth: number): string {
  const text = unescaped(convert(source, work, depth + 1))
    .replaceAll(/\s+/g, ' ')
    .replaceAll('’', "'")
    .replaceAll('‘', '`')
  return codeMark(text)
}

function formula(source: string, work: Work, isDisplayed: boolean): string {
  const text = mathToText(work.macros.expandAll(source), (command) => work.unknown.add(command))
  const shown = /^\p{L}$/u.test(text) ? `*${text}*` : escaped(text)
  return isDisplayed ? `\n\n${shown}\n\n` : shown
}

interface Made {
  text: string
  end: number
}

function commandToMarkdown(source: string, at: number, work: Work, depth: number): Made {
  const { text: name, end } = commandAt(source, at)
  const expanded = work.macros.expand(name, source, end)
  if (expanded !== null) return { text: convert(expanded.text, work, depth + 1), end: expanded.end }
  if (name === 'begin') return environment(source, end, innerOf(work, depth))
  if (name === 'verb') return verb(source, end)
  if (/^(new|renew|provide)command$|^def$/.test(name))
    return { text: '', end: work.macros.define(source, end, name === 'def') }
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

function innerOf(work: Work, depth: number): Parameters<typeof environment>[2] {
  return {
    text: (source) => convert(source, work, depth + 1),
    formula: (source) => formula(source, work, true),
    unknown: (name) => work.unknown.add(name),
  }
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
    case 'epigraph': {
      const second = argumentAt(source, first.end)
      const said = `${inner(first.text).trim()}\n\n— ${inner(second.text).trim()}`
      return { text: `\n\n${said.replaceAll(/^/gm, '> ')}\n\n`, end: second.end }
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
