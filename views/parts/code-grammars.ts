/** What the words of programs are, for their colours: for each language its comments, texts and keywords. */

/** A language as listings and descriptions colour it. Group `comment`, `text`, `number` or `word` says what was found. */
export interface CodeGrammar {
  /** Each alternative also ends at the end of the text or line, so that an open quote costs one pass and no search back. */
  tokens: RegExp
  keywords: ReadonlySet<string>
}

const number = /(?<number>(?<![\w.])(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)\w*)/
const word = /(?<word>[A-Za-z_$][\w$]*)/
const slashComment = String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`
const doubleQuoted = String.raw`"(?:\\[\s\S]|[^"\\\n])*(?:"|(?=\n)|$)`
const singleQuoted = String.raw`'(?:\\[\s\S]|[^'\\\n])*(?:'|(?=\n)|$)`
const backQuoted = String.raw`\u0060(?:\\[\s\S]|[^\u0060\\])*(?:\u0060|$)`
/** Where a value may begin, a slash does. */
const pattern = String.raw`(?<=[=(,:!&|?{}[;]\s?|\breturn\s)\/(?![*\/])(?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n]){0,80}\]|[^\/\\\n[]){1,80}\/\w*`

const python: CodeGrammar = {
  tokens: tokens({
    comment: '#[^\\n]*',
    text: String.raw`(?<!\w)[fFrRbBuU]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|${doubleQuoted}|${singleQuoted})`,
  }),
  keywords: words(`
    and as assert async await break class continue def del elif else except False finally for from global if import in
    is lambda match None nonlocal not or pass raise return True try while with yield case self`),
}

const javascript: CodeGrammar = {
  tokens: tokens({
    comment: slashComment,
    text: `${doubleQuoted}|${singleQuoted}|${backQuoted}|${pattern}`,
  }),
  keywords: words(`
    abstract as async await break case catch class const continue debugger declare default delete do else enum export
    extends false finally for from function get if implements import in instanceof interface keyof let new null of
    private protected public readonly return satisfies set static super switch this throw true try type typeof undefined
    var void while yield any boolean bigint never number object string symbol unknown`),
}

const shell: CodeGrammar = {
  tokens: tokens({
    comment: '(?<![^\\s;(])#[^\\n]*',
    text: String.raw`"(?:\\[\s\S]|[^"\\])*(?:"|$)|'[^']*(?:'|$)`,
    number: String.raw`\$(?:\w+|\{[^}\n]*\}?|[@#?*!$-])`,
  }),
  keywords: words(`
    break case continue declare do done elif else esac exit export fi for function if in local read readonly return set
    shift then trap unset until while`),
}

const c: CodeGrammar = {
  tokens: tokens({ comment: slashComment, text: `${doubleQuoted}|${singleQuoted}` }),
  keywords: words(`
    auto bool break case char class const constexpr continue default delete do double else enum extern false final float
    for friend goto if inline int long namespace new nullptr operator override private protected public return short
    signed sizeof static struct switch template this throw true try catch typedef typename union unsigned using virtual
    void volatile while define include`),
}

const go: CodeGrammar = {
  tokens: tokens({ comment: slashComment, text: `${doubleQuoted}|${singleQuoted}|${backQuoted}` }),
  keywords: words(`
    break case chan const continue default defer else fallthrough false for func go goto if import interface map nil
    package range return select struct switch true type var bool byte error float64 int int64 rune string`),
}

const java: CodeGrammar = {
  tokens: tokens({ comment: slashComment, text: `"""[\\s\\S]*?(?:"""|$)|${doubleQuoted}|${singleQuoted}` }),
  keywords: words(`
    abstract assert boolean break byte case catch char class continue default do double else enum extends final finally
    float for if implements import instanceof int interface long new null package private protected public record return
    sealed short static super switch synchronized this throw throws true false try var void volatile while yield`),
}

const rust: CodeGrammar = {
  // A lifetime has a quote at its beginning only.
  tokens: tokens({ comment: slashComment, text: String.raw`${doubleQuoted}|'(?:\\[^\n]|[^'\\\n])'` }),
  keywords: words(`
    as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut
    pub ref return self Self static struct super trait true type unsafe use where while bool char f64 i32 i64 str String
    u32 u64 u8 usize Vec Option Result`),
}

/** By the ending of a file's name, and by what stands after the fence of a block in a description. */
export const grammars: ReadonlyMap<string, CodeGrammar> = new Map(
  Object.entries({
    ...{ py: python, python, js: javascript, mjs: javascript, cjs: javascript, jsx: javascript, javascript },
    ...{ ts: javascript, mts: javascript, cts: javascript, tsx: javascript, typescript: javascript, json: javascript },
    ...{ sh: shell, bash: shell, shell, c, h: c, cc: c, cpp: c, hpp: c, go, golang: go, java, rs: rust, rust },
  }),
)

/** `number`: what besides numbers gets their colour. */
function tokens(parts: { comment: string; text: string; number?: string }): RegExp {
  const values = parts.number === undefined ? number.source : number.source.replace('>', `>${parts.number}|`)
  return new RegExp(`(?<comment>${parts.comment})|(?<text>${parts.text})|${values}|${word.source}`, 'g')
}

function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/))
}
