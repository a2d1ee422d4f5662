/** What names mean at a place of a query: tables, their columns, aliases and CTEs, as far as unfinished text tells. */

/** A table or a CTE. */
export interface Relation {
  name: string
  columns: readonly { name: string; type: string }[]
}

/** Something that may be typed at a place. */
export interface Proposal {
  text: string
  /** What it is: `column of film`, `table`, `alias of film`. */
  kind: string
  /** The higher, the sooner it is offered. */
  rank: number
}

const word = '[a-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*'
const name = `(?:${word}|"[^"]+")`

/** Words that may follow a table and are no alias. */
const notAliases = new Set(
  `as on using where group order having limit offset union intersect except join left right full inner outer cross
   natural lateral set values returning when window fetch for with select from default do tablesample`.split(/\s+/),
)

/** Offered where a word begins. */
const keywords = `select from where group by order having limit offset join left right full inner cross on using as and
  or not null is in exists between like ilike case when then else end distinct union intersect except with recursive
  insert into values update set delete returning create table view index primary key references unique check default
  over partition rows range preceding following current row unbounded asc desc nulls first last true false lateral
  filter within materialized explain analyze begin commit rollback merge matched cast interval array`.split(/\s+/)

const functions = `count sum avg min max coalesce nullif greatest least round ceil floor abs length lower upper trim
  substring position replace concat concat_ws left right split_part string_agg array_agg jsonb_agg jsonb_build_object
  bool_and bool_or row_number rank dense_rank percent_rank ntile lag lead first_value last_value nth_value now
  date_trunc extract age to_char to_date generate_series unnest regexp_replace percentile_cont mode`.split(/\s+/)

/** What may be typed at `at`, given what the database has. The part of a word before `at` does not matter. */
export function proposalsAt(text: string, at: number, schema: readonly Relation[]): Proposal[] {
  const masked = mask(text)
  const [start, end] = statementAround(masked, at)
  const statement = masked.slice(start, end)
  const relations = [...ctesOf(statement, schema), ...createdTables(masked), ...schema]
  const used = usedIn(statement, relations)
  const before = masked.slice(start, at)
  const qualifier = new RegExp(`(${name})\\.\\s*(?:${word})?$`, 'i').exec(before)?.[1]
  if (qualifier !== undefined) return columnsOf(used.get(plain(qualifier)) ?? find(relations, qualifier), 1000)
  const columns = [...new Set(used.values())].flatMap((relation) => columnsOf(relation, 900))
  const aliases = [...used].filter(([alias, relation]) => alias !== plain(relation.name))
  return unique([
    ...columns,
    ...aliases.map(([alias, relation]) => ({ text: alias, kind: `alias of ${relation.name}`, rank: 850 })),
    ...relations.map((relation) => ({
      text: quoted(relation.name),
      kind: 'table',
      rank: isAfterFrom(before) ? 950 : 700,
    })),
    ...keywords.map((text) => ({ text, kind: 'keyword', rank: 400 })),
    ...functions.map((text) => ({ text, kind: 'function', rank: 300 })),
  ])
}

/** The text with comments and string constants blanked out, so that places stay the same. */
function mask(text: string): string {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)/g, (found) =>
    ' '.repeat(found.length),
  )
}

function statementAround(text: string, at: number): [number, number] {
  const start = text.lastIndexOf(';', at - 1) + 1
  const end = text.indexOf(';', at)
  return [start, end < 0 ? text.length : end]
}

/** Relations by the name that the statement calls them: their alias, else their own. */
function usedIn(statement: string, relations: readonly Relation[]): Map<string, Relation> {
  const used = new Map<string, Relation>()
  const pattern = new RegExp(
    `(?:\\b(?:from|join|update|into|using)\\b|,)\\s*(?:only\\s+|lateral\\s+)?(${name}(?:\\.${name})?)(?:\\s+(?:as\\s+)?(${name}))?`,
    'gi',
  )
  for (let match = pattern.exec(statement); match !== null; match = pattern.exec(statement)) {
    const [whole, table = '', alias] = match
    const isAlias = alias !== undefined && !notAliases.has(alias.toLowerCase())
    // What follows a table that has no alias may itself be the next join.
    if (alias !== undefined && !isAlias) pattern.lastIndex = match.index + whole.length - alias.length
    const relation = find(relations, table)
    if (relation !== null) used.set(plain(isAlias ? alias : (table.split('.').at(-1) ?? table)), relation)
  }
  return used
}

function find(relations: readonly Relation[], called: string): Relation | null {
  const wanted = called.split('.').map(plain).join('.')
  return relations.find((relation) => relation.name === wanted || `public.${relation.name}` === wanted) ?? null
}

/** The CTEs of a statement; each may use those before it. */
function ctesOf(statement: string, schema: readonly Relation[]): Relation[] {
  const found: Relation[] = []
  if (!/^\s*with\b/i.test(statement)) return found
  const pattern = new RegExp(
    `(?:\\bwith\\s+(?:recursive\\s+)?|,\\s*)(${name})\\s*(?:\\(([^)]*)\\)\\s*)?as\\s+(?:(?:not\\s+)?materialized\\s+)?\\(`,
    'gi',
  )
  for (const match of statement.matchAll(pattern)) {
    const body = inBrackets(statement, match.index + match[0].length)
    const named = match[2]?.split(',').map((column) => ({ name: plain(column.trim()), type: '' }))
    found.push({ name: plain(match[1] ?? ''), columns: named ?? selectList(body, [...found, ...schema]) })
  }
  return found
}

/** The columns that a query returns, as far as its select list names them. */
function selectList(query: string, relations: readonly Relation[]): { name: string; type: string }[] {
  const list = /^\s*select\s+(?:distinct\s+)?/i.exec(query)
  if (list === null) return []
  const rest = query.slice(list[0].length)
  const used = usedIn(query, relations)
  return splitTop(rest.slice(0, endOfList(rest))).flatMap((item) => {
    const star = /^(?:(\S+)\.)?\*$/.exec(item.trim())
    if (star !== null) {
      const from = star[1] === undefined ? [...used.values()] : [used.get(plain(star[1]))]
      return from.flatMap((relation) => relation?.columns ?? [])
    }
    const last = new RegExp(`(${name})\\s*$`, 'i').exec(item)?.[1]
    return last === undefined ? [] : [{ name: plain(last), type: '' }]
  })
}

/** Tables that the text itself makes. */
function createdTables(text: string): Relation[] {
  const pattern = new RegExp(
    `\\bcreate\\s+(?:temp(?:orary)?\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?(${name})\\s*\\(`,
    'gi',
  )
  return [...text.matchAll(pattern)].map((match) => ({
    name: plain(match[1] ?? ''),
    columns: splitTop(inBrackets(text, match.index + match[0].length)).flatMap((part) => {
      const column = new RegExp(`^\\s*(${name})\\s+(\\S+)`, 'i').exec(part)
      const isColumn =
        column !== null && !/^(primary|foreign|unique|check|constraint|exclude|like)$/i.test(column[1] ?? '')
      return isColumn ? [{ name: plain(column[1] ?? ''), type: column[2] ?? '' }] : []
    }),
  }))
}

/** What stands from a place to its closing bracket. */
function inBrackets(text: string, start: number): string {
  let depth = 1
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth === 0) return text.slice(start, at)
  }
  return text.slice(start)
}

/** Where the select list ends: at its own FROM. */
function endOfList(text: string): number {
  let depth = 0
  for (const match of text.matchAll(/[()]|\bfrom\b/gi)) {
    if (match[0] === '(') depth += 1
    else if (match[0] === ')') depth -= 1
    else if (depth === 0) return match.index
  }
  return text.length
}

/** Splits at commas outside brackets. */
function splitTop(text: string): string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (character === ',' && depth === 0) parts.push('')
    else parts.push(`${parts.pop() ?? ''}${character}`)
  }
  return parts
}

function columnsOf(relation: Relation | null | undefined, rank: number): Proposal[] {
  if (relation === null || relation === undefined) return []
  return relation.columns.map(({ name: column, type }, place) => ({
    text: quoted(column),
    kind: type === '' ? relation.name : `${type}, ${relation.name}`,
    // In the order of the table.
    rank: rank - Math.min(place, 40),
  }))
}

function isAfterFrom(before: string): boolean {
  return new RegExp(`\\b(?:from|join|update|into|table)\\s+(?:${word})?$`, 'i').test(before)
}

/** A name as PostgreSQL folds it. */
function plain(called: string): string {
  return called.startsWith('"') ? called.slice(1, -1) : called.toLowerCase()
}

/** A name as it must be typed. */
function quoted(called: string): string {
  return called.split('.').every((part) => /^[a-z_][a-z0-9_$]*$/.test(part)) ? called : `"${called}"`
}

function unique(proposals: readonly Proposal[]): Proposal[] {
  const first = new Map<string, Proposal>()
  for (const proposal of proposals) if (!first.has(proposal.text)) first.set(proposal.text, proposal)
  return [...first.values()]
}
