/** Texts of queries and programs as pieces with a colour each, made where pages are made: no script colours them. */
import { wordRules } from '../../static/client/sql-words.ts'
import { type CodeGrammar, grammars } from './code-grammars.ts'

/** The class of a piece: keyword, text, number, call, comment; an empty one is plain. */
export type CodeColour = '' | 'k' | 's' | 'd' | 'f' | 'c'

/** A piece of text and its colour. */
export interface CodePiece {
  colour: CodeColour
  text: string
}

/** Longer texts stay plain, in UTF-16 code units: colour is not worth the time. Words of queries depend on their neighbours. */
const colouredMax = { sql: 10_000, program: 40_000 }

const sqlTokens =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<text>'(?:[^']|'')*(?:'|$)|\$\$[\s\S]*?(?:\$\$|$))|(?<number>\b\d[\d.]*\b)|(?<word>[A-Za-z_]\w*)/g

/** As above, and texts, so that what looks like a comment inside one is none. */
const sqlComment = /'(?:[^']|'')*(?:'|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g

/** What the words of a query are, by the editor's own rules. */
const sqlWord = new RegExp(wordRules.map(({ regex }) => `(${regex.source})`).join('|'), 'iy')
const sqlColours = { keyword: 'k', 'storage.type': 'k', 'support.function': 'f', identifier: '' } as const

/** The language that a file's name tells; a path of null is a query's. Null where nothing is known of it. */
export function languageOf(path: string | null): string | null {
  return path === null ? 'sql' : (/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? null)
}

/** The pieces of a text, in order; together they are the text. Unknown languages are one plain piece. */
export function piecesOf(text: string, language: string | null): CodePiece[] {
  const grammar = language === null ? undefined : grammars.get(language)
  const lengthMax = language === 'sql' ? colouredMax.sql : grammar === undefined ? 0 : colouredMax.program
  if (text.length > lengthMax) return [{ colour: '', text }]
  // What a comment ends with says nothing of the word after it.
  const bare =
    language === 'sql'
      ? text.replace(sqlComment, (found) => (found.startsWith("'") ? found : ' '.repeat(found.length)))
      : text
  const pieces: CodePiece[] = []
  let done = 0
  for (const match of text.matchAll(grammar?.tokens ?? sqlTokens)) {
    const colour = colourOf(match, bare, grammar)
    if (colour === '') continue
    if (match.index > done) pieces.push({ colour: '', text: text.slice(done, match.index) })
    pieces.push({ colour, text: match[0] })
    done = match.index + match[0].length
  }
  if (done < text.length) pieces.push({ colour: '', text: text.slice(done) })
  return pieces
}

/** The pieces of each line, without the ends of lines. */
export function linesOf(text: string, language: string | null): CodePiece[][] {
  const lines: CodePiece[][] = [[]]
  for (const { colour, text: piece } of piecesOf(text, language)) {
    for (const [index, part] of piece.split('\n').entries()) {
      if (index > 0) lines.push([])
      if (part !== '') lines.at(-1)?.push({ colour, text: part })
    }
  }
  return lines
}

function colourOf(match: RegExpExecArray, text: string, grammar: CodeGrammar | undefined): CodeColour {
  const { comment, text: quoted, number, word } = match.groups ?? {}
  if (comment !== undefined) return 'c'
  if (quoted !== undefined) return 's'
  if (number !== undefined) return 'd'
  if (word === undefined) return ''
  return grammar === undefined ? sqlColourAt(text, match.index) : programColourAt(word, { text, match, grammar })
}

function programColourAt(
  word: string,
  { text, match, grammar }: { text: string; match: RegExpExecArray; grammar: CodeGrammar },
): CodeColour {
  // What a dot leads to is a name, whatever it is called.
  if (grammar.keywords.has(word) && text[match.index - 1] !== '.') return 'k'
  return text[match.index + word.length] === '(' ? 'f' : ''
}

/** The colour of the word of a query that begins at a place. */
function sqlColourAt(sql: string, at: number): CodeColour {
  sqlWord.lastIndex = at
  const [word = '', ...groups] = sqlWord.exec(sql) ?? []
  const token = wordRules[groups.findIndex((group) => group !== undefined)]?.token
  if (token === undefined) return ''
  return sqlColours[typeof token === 'string' ? token : token(word)]
}
