/** What the words of a query are, for their colours: keywords, types, functions, or plain names. */

/** Words that are syntax wherever they stand unquoted. */
const keywords = words(`
  all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
  current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc distinct
  do else end except false fetch for foreign from grant group having in initially intersect into lateral leading limit
  localtime localtimestamp not null offset on only or order placing primary references returning select session_user some
  symmetric system_user table then to trailing true union unique user using variadic when where window with
  authorization concurrently cross freeze full ilike inner is isnull join like natural notnull outer overlaps similar
  tablesample verbose left right
  abort alter begin between by cascade commit copy delete drop exists explain insert materialized merge nothing over
  partition recursive reindex restrict revoke rollback savepoint set temp temporary truncate unlogged update vacuum
  values within`)

/** Words that are syntax only beside certain others and make good names of columns elsewhere: `name`, `key`, `first`. */
const besideOthers = [
  /(?<=\b(?:primary|foreign|for(?:\s+no)?)\s+)key\b|(?<=\bfor\s+(?:no\s+key\s+)?)update\b|(?<=\bfor\s+(?:key\s+)?)share\b/,
  /(?<=\bnulls\s+)(?:first|last)\b|\bnulls(?=\s+(?:first|last|not|distinct)\b)|(?<=\bfetch\s+)(?:first|next)\b/,
  /\b(?:rows|range|groups)(?=\s+(?:between|unbounded|current)\b)|\b(?:rows|range|groups)(?=\s+\d+\s+preceding\b)/,
  /\bunbounded(?=\s+(?:preceding|following)\b)|\bcurrent(?=\s+row\b)|(?<=\b(?:current|each)\s+)row\b/,
  /(?<=\b(?:unbounded|\d+|')\s+)(?:preceding|following)\b|\bfilter(?=\s*\(\s*where\b)|(?<=\bwithin\s+)group\b/,
  /(?<=\b(?:create|drop|alter|comment\s+on|or\s+replace|unique|refresh|materialized|temp|temporary)\s+)(?:view|index|schema|sequence|function|procedure|trigger|type|domain|extension|role|database|policy|aggregate|rule|materialized)\b/,
  /(?<=\bor\s+)replace\b|\bif(?=\s+(?:not\s+)?exists\b)|(?<=\b(?:add|drop|alter|rename)\s+)(?:column|constraint)\b/,
  /\b(?:add|rename)(?=\s+(?:column|constraint|primary|foreign|unique|check|to)\b)|(?<=\bon\s+)conflict\b/,
  /\bmatched(?=\s+(?:then|and)\b)|(?<=\bmatched\s+)by\b|\bno(?=\s+(?:action|key|data)\b)|(?<=\bno\s+)action\b/,
  /\bgenerated(?=\s+(?:always|by)\b)|(?<=\bgenerated\s+)always\b|\bidentity(?=\s*[,)(])|(?<=\bwith\s+)ordinality\b/,
  /\b(?:grouping\s+)?sets(?=\s*\()|\bgrouping(?=\s+sets\b)|(?<=\bgroup\s+by\s+)(?:rollup|cube)\b|\bescape(?=\s*')/,
  /\b(?:returns|language)(?=\s+(?:trigger|table|setof|void|plpgsql|sql|int|text)\b)|\b(?:before|after|instead\s+of)(?=\s+(?:insert|update|delete|truncate)\b)/,
  /\b(?:at\s+)?time(?=\s+zone\b)|(?<=\btime\s+)zone\b|\bat(?=\s+time\s+zone\b)|\bties\b(?<=\bwith\s+ties)|\bstart(?=\s+transaction\b)/,
  /\btransaction(?=\s*(?:;|isolation\b|read\b))|\bisolation(?=\s+level\b)|(?<=\bisolation\s+)level\b/,
]

/** Types that hardly anybody calls a column. */
const types = words(`
  bigint bigserial bool boolean bytea decimal float4 float8 int int2 int4 int8 integer json jsonb numeric regclass serial
  smallint timestamptz tsquery tsvector uuid varchar`)

/** Types that are columns as well: `date`, `text`; types after `::`, and before a constant in quotes. */
const besideConstants =
  /(?<=::\s*)[a-z_]\w*|\b(?:date|time|timestamp|interval)(?=\s*')|\b(?:double\s+precision|character\s+varying)\b/

/** What Ace calls it: the sheet has a colour for each. */
export type WordKind = 'keyword' | 'storage.type' | 'support.function' | 'identifier'

/** A pattern and what it means; of several that match at a place the first counts. Case does not matter. */
export interface WordRule {
  regex: RegExp
  token: WordKind | ((found: string) => WordKind)
}

/** What a word is where nothing beside it says otherwise. */
export function kindOfWord(word: string): WordKind {
  const folded = word.toLowerCase()
  if (keywords.has(folded)) return 'keyword'
  return types.has(folded) ? 'storage.type' : 'identifier'
}

/** Every word of a query matches one of these. */
export const wordRules: readonly WordRule[] = [
  // A column of a table is never anything else, whatever it is called.
  { regex: /(?<=\.\s*)[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/, token: 'identifier' },
  ...besideOthers.map((regex): WordRule => ({ regex, token: 'keyword' })),
  { regex: besideConstants, token: 'storage.type' },
  // The name of a table that gets columns in brackets is no function.
  { regex: /(?<=\b(?:into|table|references|exists)\s+)[a-z_]\w*(?=\s*\()/, token: kindOfWord },
  { regex: /\b(?:left|right|replace|any|all|some)(?=\()|[a-z_]\w*(?=\()/, token: kindOfCall },
  { regex: /[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/, token: kindOfWord },
]

/** `left(name, 1)` is a function, `in (1, 2)` is none. */
function kindOfCall(found: string): WordKind {
  if (/^(?:left|right)$/i.test(found)) return 'support.function'
  const kind = kindOfWord(found)
  return kind === 'identifier' ? 'support.function' : kind
}

function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/))
}
