/**
 * Splits authors' SQL files the way psql does: statements, and the data that follows `COPY … FROM stdin`. Exact about
 * quotes, escape strings, dollar quotes, nested comments, parentheses and `BEGIN ATOMIC` bodies. Only for files that
 * come with exercises: what a learner types is split by PostgreSQL's own parser.
 */

/** One thing to send. `line` counts from 1; `data` is what COPY reads, beginning on `dataLine`. */
export interface ScriptPart {
  text: string
  line: number
  data: string | null
  dataLine: number
}

const copyFromStdin = /^copy\s[\s\S]*\sfrom\s+stdin\b/i
const createsRoutine = /^create\s+(or\s+replace\s+)?(function|procedure)\b/i
const wordStart = /[A-Za-z_\u0080-\uffff]/
const wordPart = /[\w$\u0080-\uffff]/

/** Splits a script. A line that begins with a backslash outside a statement (`\restrict`, `\connect`) is a part of its own. */
export function* scanScript(script: string): Generator<ScriptPart> {
  let at = 0
  let line = 1
  let counted = 0
  const lineAt = (position: number) => {
    for (; counted < position; counted += 1) if (script.charCodeAt(counted) === 10) line += 1
    return line
  }
  while (at < script.length) {
    const start = skipBlank(script, at)
    if (start >= script.length) return
    if (script[start] === '\\') {
      at = endOfLine(script, start)
      yield { text: script.slice(start, at).trimEnd(), line: lineAt(start), data: null, dataLine: 0 }
      continue
    }
    const end = findEnd(script, start)
    const text = script.slice(start, end)
    const startLine = lineAt(start)
    at = end + 1
    if (!copyFromStdin.test(text)) {
      if (text.trim() !== '') yield { text, line: startLine, data: null, dataLine: 0 }
      continue
    }
    const dataStart = Math.min(endOfLine(script, at) + 1, script.length)
    const dataEnd = findDataEnd(script, dataStart)
    const dataLine = lineAt(dataStart)
    yield { text, line: startLine, data: script.slice(dataStart, dataEnd), dataLine }
    at = dataEnd >= script.length ? dataEnd : endOfLine(script, dataEnd)
  }
}

/** The next character that is neither white space, nor a comment, nor an empty statement. */
function skipBlank(script: string, from: number): number {
  let at = from
  while (at < script.length) {
    if (/[\s;\ufeff]/.test(script[at] ?? '')) at += 1
    else if (script.startsWith('--', at)) at = endOfLine(script, at)
    else if (script.startsWith('/*', at)) at = endOfComment(script, at)
    else break
  }
  return at
}

/** The position of the semicolon that ends the statement, or the end of the script. */
function findEnd(script: string, start: number): number {
  const isRoutine = createsRoutine.test(script.slice(start, start + 200))
  let parentheses = 0
  let blocks = 0
  let previousWord = ''
  let at = start
  while (at < script.length) {
    const character = script[at] ?? ''
    if (character === ';' && parentheses <= 0 && blocks <= 0) return at
    if (wordStart.test(character) && !isStringPrefix(script, at)) {
      const end = endOfWord(script, at)
      const word = script.slice(at, end).toLowerCase()
      if (isRoutine) blocks += blockChange(word, previousWord, blocks)
      previousWord = word
      at = end
      continue
    }
    if (character === '(') parentheses += 1
    if (character === ')') parentheses -= 1
    at = skipToken(script, at)
  }
  return at
}

/** `BEGIN ATOMIC` opens a body; inside it every CASE and BEGIN needs an END. */
function blockChange(word: string, previousWord: string, blocks: number): number {
  if (word === 'atomic' && previousWord === 'begin') return 1
  if (blocks > 0 && word === 'case') return 1
  return blocks > 0 && word === 'end' ? -1 : 0
}

/** The position after a quoted thing, a comment, or one character. */
function skipToken(script: string, at: number): number {
  const character = script[at]
  if (character === "'") return endOfQuoted(script, at, "'", false)
  if (character === '"') return endOfQuoted(script, at, '"', false)
  if (isStringPrefix(script, at)) return endOfQuoted(script, at + 1, "'", /e/i.test(character ?? ''))
  if (character === '$') return endOfDollar(script, at)
  if (script.startsWith('--', at)) return endOfLine(script, at)
  if (script.startsWith('/*', at)) return endOfComment(script, at)
  if (/\d/.test(character ?? '')) return endOfWord(script, at)
  return at + 1
}

/** `E'…'`, `B'…'`, `X'…'`, `N'…'`: a letter right before a quote, not the end of a longer word. */
function isStringPrefix(script: string, at: number): boolean {
  return script[at + 1] === "'" && /[ebxn]/i.test(script[at] ?? '')
}

function endOfQuoted(script: string, from: number, quote: string, hasEscapes: boolean): number {
  let at = from + 1
  while (at < script.length) {
    if (hasEscapes && script[at] === '\\') at += 2
    else if (script[at] !== quote) at += 1
    else if (script[at + 1] === quote) at += 2
    else return at + 1
  }
  return script.length
}

function endOfDollar(script: string, at: number): number {
  const tag = /^\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(script.slice(at, at + 130))?.[0]
  if (!tag) return at + 1
  const end = script.indexOf(tag, at + tag.length)
  return end < 0 ? script.length : end + tag.length
}

function endOfComment(script: string, from: number): number {
  let depth = 0
  let at = from
  while (at < script.length) {
    if (script.startsWith('/*', at)) {
      depth += 1
      at += 2
    } else if (script.startsWith('*/', at)) {
      depth -= 1
      at += 2
      if (depth === 0) return at
    } else at += 1
  }
  return at
}

function endOfWord(script: string, from: number): number {
  let at = from
  while (at < script.length && wordPart.test(script[at] ?? '')) at += 1
  return at
}

function endOfLine(script: string, from: number): number {
  const end = script.indexOf('\n', from)
  return end < 0 ? script.length : end
}

/** Where COPY's data ends: before the line `\.`, or with the file. */
function findDataEnd(script: string, from: number): number {
  if (script.startsWith('\\.', from)) return from
  const end = /\n\\\.(?=\r?(\n|$))/g
  end.lastIndex = Math.max(from - 1, 0)
  const found = end.exec(script)
  return found ? found.index + 1 : script.length
}
