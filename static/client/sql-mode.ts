/** PostgreSQL for Ace: comments, constants, names in quotes, and words as `sql-words.ts` tells them apart. */
import ace, { type Ace } from 'ace-builds'
import { wordRules } from './sql-words.ts'

/** A rule of Ace's tokenizer. */
interface Rule {
  token: string | ((found: string) => string)
  regex: string
  next?: string
  push?: string
}

const comment: Rule[] = [
  { token: 'comment', regex: '--.*$' },
  { token: 'comment', regex: '/\\*', push: 'comment' },
]

const constants: Rule[] = [
  { token: 'string', regex: "[eE]'(?:[^'\\\\]|''|\\\\.)*(?:'|$)" },
  { token: 'string', regex: "(?:[bBxX]|[uU]&)?'(?:[^']|'')*'" },
  { token: 'identifier', regex: '"(?:[^"]|"")*"' },
  { token: 'constant.numeric', regex: '(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?\\b' },
]

const words: Rule[] = wordRules.map(({ regex, token }) => ({ regex: regex.source, token }))

const marks: Rule[] = [
  { token: 'keyword.operator', regex: '[-+*/<>=~!@#%^&|`?:]+' },
  { token: 'paren.lparen', regex: '[\\[(]' },
  { token: 'paren.rparen', regex: '[\\])]' },
  { token: 'text', regex: '\\s+' },
]

/** In a body between `$$` and `$$` the same words count; an apostrophe there does not reach beyond its line. */
const rules: Record<string, Rule[]> = {
  start: [
    ...comment,
    ...constants,
    { token: 'string', regex: "'", next: 'quoted' },
    { token: 'string', regex: '\\$\\w*\\$', next: 'body' },
    ...words,
    ...marks,
  ],
  body: [...comment, { token: 'string', regex: '\\$\\w*\\$', next: 'start' }, ...constants, ...words, ...marks],
  quoted: [
    { token: 'string', regex: "(?:[^']|'')*'", next: 'start' },
    { token: 'string', regex: '.+' },
  ],
  comment: [
    { token: 'comment', regex: '\\*/', next: 'pop' },
    { token: 'comment', regex: '/\\*', push: 'comment' },
    { token: 'comment', regex: '[^*/]+|.' },
  ],
}

/** The mode, one for each editor. */
export function sqlMode(): Ace.SyntaxMode {
  const { TextHighlightRules } = ace.require('ace/mode/text_highlight_rules')
  class SqlHighlightRules extends TextHighlightRules {
    constructor() {
      super()
      this.$rules = caseless(rules)
      this.normalizeRules()
    }
  }
  const { Mode } = ace.require('ace/mode/text')
  const mode = new Mode()
  mode.HighlightRules = SqlHighlightRules
  mode.lineCommentStart = '--'
  mode.blockComment = { start: '/*', end: '*/' }
  mode.$id = 'podium/sql'
  return mode
}

/** Ace changes the rules it is given, so each mode gets its own. */
function caseless(states: Record<string, Rule[]>): Record<string, Rule[]> {
  return Object.fromEntries(
    Object.entries(states).map(([name, list]) => [name, list.map((rule) => ({ ...rule, caseInsensitive: true }))]),
  )
}
