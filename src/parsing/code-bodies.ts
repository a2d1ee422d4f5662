/**
 * The SQL inside SQL: bodies of functions and procedures, DO blocks, texts that are executed. PostgreSQL's own parsers
 * read them, that of PL/pgSQL included; nothing is looked for in the text itself. Runs inside the parse worker.
 */
import { listOf, nameOf, nodeOf } from './nodes.ts'
import type { RawStatement, Tree, TreeParser } from './tree.ts'

/** A text's statements together with those inside its bodies. */
export interface WholeText {
  statements: RawStatement[]
  /** Something may run that nobody can read beforehand: a text put together at run time, another language. */
  hasUnread: boolean
}

/** Bodies within bodies, at most so deep. */
const depthMax = 8

/** Functions that run their argument of this number as SQL. */
const executing: Readonly<Record<string, number>> = {
  query_to_xml: 0,
  query_to_xmlschema: 0,
  query_to_xml_and_xmlschema: 0,
  ts_stat: 0,
  ts_rewrite: 1,
}

/** Everything in a text. What does not parse can't run either, but counts as unread within a body. */
export function readWhole(parser: TreeParser, text: string, depth = 0): WholeText {
  const outcome = parser.parse(text)
  if (!('statements' in outcome) || depth > depthMax) return { statements: [], hasUnread: depth > 0 }
  const bytes = new TextEncoder().encode(text)
  const parts = outcome.statements.map((raw): WholeText => {
    const start = raw.stmt_location ?? 0
    const own = bytes.slice(start, raw.stmt_len === undefined ? undefined : start + raw.stmt_len)
    return withInner(raw, innerOf(parser, raw, new TextDecoder().decode(own), depth))
  })
  return join(parts)
}

const nothing: WholeText = { statements: [], hasUnread: false }
const unread: WholeText = { statements: [], hasUnread: true }

function join(parts: readonly WholeText[]): WholeText {
  return {
    statements: parts.flatMap(({ statements }) => statements),
    hasUnread: parts.some(({ hasUnread }) => hasUnread),
  }
}

function withInner(raw: RawStatement, inner: WholeText): WholeText {
  return { ...inner, statements: [raw, ...inner.statements] }
}

/** What a statement has inside: a body, and texts that functions run. A body of BEGIN ATOMIC is in the tree already. */
function innerOf(parser: TreeParser, { stmt }: RawStatement, text: string, depth: number): WholeText {
  const create = nodeOf(stmt['CreateFunctionStmt'])
  const block = nodeOf(stmt['DoStmt'])
  const calls = executedTexts(stmt).map((executed) =>
    executed === null ? unread : readWhole(parser, executed, depth + 1),
  )
  if (block !== null) return join([...calls, readBody(parser, block['args'], text, { depth, unsaid: 'plpgsql' })])
  if (create === null) return join(calls)
  return join([...calls, readBody(parser, create['options'], text, { depth, unsaid: 'sql' })])
}

/** The body that the options name; in a language that no parser here reads it is unread. */
function readBody(
  parser: TreeParser,
  options: Tree | undefined,
  text: string,
  { depth, unsaid }: { depth: number; unsaid: string },
): WholeText {
  const language = (nameOf(optionOf(options, 'language')) ?? unsaid).toLowerCase()
  if (language === 'plpgsql') return readProcedural(parser, text, depth)
  if (language !== 'sql') return unread
  const [body] = listOf(nodeOf(nodeOf(optionOf(options, 'as'))?.['List'])?.['items'])
  const sql = nameOf(body)
  return sql === null ? nothing : readWhole(parser, sql, depth + 1)
}

/** `text` is the statement that holds the body. */
function readProcedural(parser: TreeParser, text: string, depth: number): WholeText {
  const body = parser.parseProcedural(text)
  if (body === null) return unread
  return join(fragmentsOf(body, '', '').map((fragment) => readFragment(parser, fragment, depth)))
}

/** A piece of SQL in a PL/pgSQL body. `mode` as PostgreSQL counts: 0 a statement, 2 an expression, from 3 an assignment. */
interface Fragment {
  query: string
  mode: number
  /** The expression gives a text that is run. */
  isExecuted: boolean
}

/** `key` is where the value stands, `kind` the kind of the node around it. */
function fragmentsOf(tree: Tree, key: string, kind: string): Fragment[] {
  if (Array.isArray(tree)) return tree.flatMap((item) => fragmentsOf(item, key, kind))
  const node = nodeOf(tree)
  if (node === null) return []
  const expression = nodeOf(node['PLpgSQL_expr'])
  if (expression !== null) {
    const isExecuted =
      key === 'dynquery' || (key === 'query' && /^PLpgSQL_stmt_(dynexecute|dynfors|return_query)$/.test(kind))
    const isStatement = Number(expression['parseMode'] ?? 0) === 0
    const fragment = { query: String(expression['query'] ?? ''), mode: Number(expression['parseMode'] ?? 0) }
    return [{ ...fragment, isExecuted: isExecuted && !isStatement }]
  }
  return Object.entries(node).flatMap(([name, value]) =>
    /^[A-Z]/.test(name) ? fragmentsOf(value, key, name) : fragmentsOf(value, name, kind),
  )
}

function readFragment(parser: TreeParser, { query, mode, isExecuted }: Fragment, depth: number): WholeText {
  if (mode === 0) return readWhole(parser, query, depth + 1)
  const expressions = mode < 3 ? [query] : sidesOf(parser, query)
  const read = join(expressions.map((expression) => readExpression(parser, expression, depth)))
  if (!isExecuted) return read
  const constant = constantOf(read.statements[0]?.stmt['expression'])
  return join([read, constant === null ? unread : readWhole(parser, constant, depth + 1)])
}

/** PL/pgSQL's expressions are SELECTs without the word. One without FROM is none that the author wrote. */
function readExpression(parser: TreeParser, expression: string, depth: number): WholeText {
  const whole = readWhole(parser, `SELECT ${expression}`, depth + 1)
  const [first, ...rest] = whole.statements
  const select = nodeOf(first?.stmt['SelectStmt'])
  if (first === undefined || select === null || select['fromClause'] !== undefined) return whole
  return { ...whole, statements: [{ ...first, stmt: { expression: select } }, ...rest] }
}

/** The target and the value of an assignment. */
function sidesOf(parser: TreeParser, assignment: string): string[] {
  const bytes = new TextEncoder().encode(assignment)
  let brackets = 0
  for (const token of parser.scan(assignment)) {
    if (token.text === '[') brackets += 1
    if (token.text === ']') brackets -= 1
    if (brackets > 0 || (token.text !== ':=' && token.text !== '=')) continue
    return [bytes.slice(0, token.start), bytes.slice(token.end)].map((side) => new TextDecoder().decode(side))
  }
  return [assignment]
}

/** For each call of a function that runs a text: that text, or null where it is no constant. */
function executedTexts(tree: Tree): (string | null)[] {
  if (Array.isArray(tree)) return tree.flatMap(executedTexts)
  const node = nodeOf(tree)
  if (node === null) return []
  const below = Object.values(node).flatMap(executedTexts)
  const call = nodeOf(node['FuncCall'])
  const place = executing[nameOf(listOf(call?.['funcname']).at(-1)) ?? '']
  const args = listOf(call?.['args'])
  // ts_rewrite of three arguments runs nothing.
  if (place === undefined || args.length <= place || (place === 1 && args.length !== 2)) return below
  return [...below, literalOf(args[place])]
}

/** The text where a SELECT's only column is a constant text. */
function constantOf(select: Tree | undefined): string | null {
  const [only, ...more] = listOf(nodeOf(select)?.['targetList'])
  return more.length > 0 ? null : literalOf(nodeOf(nodeOf(only)?.['ResTarget'])?.['val'])
}

function literalOf(value: Tree | undefined): string | null {
  const sval = nodeOf(nodeOf(nodeOf(value)?.['A_Const'])?.['sval'])
  return sval === null ? null : String(sval['sval'] ?? '')
}

function optionOf(options: Tree | undefined, name: string): Tree | undefined {
  const all = listOf(options).map((option) => nodeOf(nodeOf(option)?.['DefElem']))
  return all.find((option) => option?.['defname'] === name)?.['arg']
}
