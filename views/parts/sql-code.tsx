/** SQL as text with line numbers and a little colour. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'

/** Longer texts stay plain, in UTF-16 code units: colour is not worth the time. */
const colouredMax = 20_000

/**
 * Comments, texts, numbers, words. Each alternative also ends at the end of the text, so that an open quote costs one
 * pass and no search back.
 */
const tokenPattern =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<text>'(?:[^']|'')*(?:'|$)|\$\$[\s\S]*?(?:\$\$|$))|(?<number>\b\d[\d.]*\b)|(?<word>[A-Za-z_]\w*)(?<call>\()?/g

const keywords = new Set(
  `all alter and any as asc begin between by case cascade check column commit constraint create cross current_date
  default delete desc distinct drop else end except exists explain analyze false filter first following for foreign from
  full grant group having if in index inner insert intersect into is join key lateral left like ilike limit materialized
  natural not null nulls last offset on or order outer over partition preceding primary range recursive references
  returning right rollback row rows select set table temp then true unbounded union unique update using values view when
  where window with`.split(/\s+/),
)

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
    const { comment, text, number, word, call } = match.groups ?? {}
    const kind = comment
      ? 'c'
      : text
        ? 's'
        : number
          ? 'd'
          : keywords.has(word?.toLowerCase() ?? '')
            ? 'k'
            : call
              ? 'f'
              : ''
    const token = word ?? match[0]
    if (match.index > done) pieces.push({ kind: '', text: sql.slice(done, match.index) })
    pieces.push({ kind, text: token })
    done = match.index + token.length
  }
  pieces.push({ kind: '', text: sql.slice(done) })
  return pieces
}
