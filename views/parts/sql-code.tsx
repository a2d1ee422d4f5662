/** SQL as text with line numbers and a little colour. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import { wordRules } from '../../static/client/sql-words.ts'

/** Longer texts stay plain, in UTF-16 code units: colour is not worth the time. */
const colouredMax = 10_000

/**
 * Comments, texts, numbers, words. Each alternative also ends at the end of the text, so that an open quote costs one
 * pass and no search back.
 */
const tokenPattern =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<text>'(?:[^']|'')*(?:'|$)|\$\$[\s\S]*?(?:\$\$|$))|(?<number>\b\d[\d.]*\b)|(?<word>[A-Za-z_]\w*)/g

/** What the words are, by the editor's own rules. */
const wordPattern = new RegExp(wordRules.map(({ regex }) => `(${regex.source})`).join('|'), 'iy')
const kinds = { keyword: 'k', 'storage.type': 'k', 'support.function': 'f', identifier: '' } as const

/** A piece of text and its colour; an empty class is plain. */
interface Piece {
  kind: '' | 'k' | 's' | 'd' | 'f' | 'c'
  text: string
}

/** Text with line numbers. */
export function SqlCode({ sql, label }: { sql: string; label: string }): SafeHtml {
  return (
    <ol class="code" aria-label={label}>
      {linesOf(sql).map((line) => (
        <li>{line.length === 0 ? ' ' : line.map(coloured)}</li>
      ))}
    </ol>
  )
}

function coloured({ kind, text }: Piece): Child {
  return kind === '' ? text : <span class={kind}>{text}</span>
}

function linesOf(sql: string): Piece[][] {
  const lines: Piece[][] = [[]]
  for (const { kind, text } of sql.length > colouredMax ? [{ kind: '' as const, text: sql }] : piecesOf(sql)) {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([])
      if (part !== '') lines.at(-1)?.push({ kind, text: part })
    }
  }
  return lines
}

function piecesOf(sql: string): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  for (const match of sql.matchAll(tokenPattern)) {
    const { comment, text, number, word } = match.groups ?? {}
    const kind = comment ? 'c' : text ? 's' : number ? 'd' : word ? kindAt(sql, match.index) : ''
    const token = word ?? match[0]
    if (match.index > done) pieces.push({ kind: '', text: sql.slice(done, match.index) })
    pieces.push({ kind, text: token })
    done = match.index + token.length
  }
  pieces.push({ kind: '', text: sql.slice(done) })
  return pieces
}

/** The colour of the word that begins at a place. */
function kindAt(sql: string, at: number): Piece['kind'] {
  wordPattern.lastIndex = at
  const [word = '', ...groups] = wordPattern.exec(sql) ?? []
  const token = wordRules[groups.findIndex((group) => group !== undefined)]?.token
  if (token === undefined) return ''
  return kinds[typeof token === 'string' ? token : token(word)]
}
