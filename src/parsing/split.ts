/** From PostgreSQL's parse tree to statements with their place in the text. Runs inside the parse worker. */
import { explainMetaCommand } from './meta-command.ts'
import type { ParsedStatement, SplitResult, SyntaxProblem } from './parsed.ts'
import { skipBlank, utf16FromBytes, utf16FromCodePoints } from './positions.ts'
import type { ParseOutcome, RawStatement, Tree } from './tree.ts'

/** What is said of a text whose nesting the parser can't follow. */
export const tooDeep: SyntaxProblem = {
  message: 'The text is nested too deeply to be parsed',
  hint: 'Fewer parentheses or shorter chains of operators help.',
  position: null,
}

/** Turns a parser's outcome for this text into statements, or into a problem with its place. */
export function splitOutcome(text: string, outcome: ParseOutcome): SplitResult {
  if ('statements' in outcome) return { statements: placeStatements(text, outcome.statements) }
  const position = outcome.codePoint === null ? null : utf16FromCodePoints(text, outcome.codePoint)
  // The grammar's own stack has an end; its words would mislead people about their computer's memory.
  if (outcome.message.startsWith('memory exhausted')) return { error: { ...tooDeep, position } }
  const meta = position === null ? null : explainMetaCommand(text, position)
  return { error: { message: meta?.message ?? outcome.message, hint: meta?.hint ?? null, position } }
}

function placeStatements(text: string, raw: readonly RawStatement[]): ParsedStatement[] {
  const bounds = raw.flatMap(({ stmt_location = 0, stmt_len = 0 }) => [
    stmt_location,
    stmt_len === 0 ? Number.POSITIVE_INFINITY : stmt_location + stmt_len,
  ])
  const places = utf16FromBytes(text, bounds)
  return raw.map((statement, index) => {
    const offset = skipBlank(text, places[index * 2] ?? 0)
    const end = places[index * 2 + 1] ?? text.length
    return { text: text.slice(offset, end).trimEnd(), offset, ...describe(statement) }
  })
}

function describe({ stmt }: RawStatement): Omit<ParsedStatement, 'text' | 'offset'> {
  const [kind, node] = Object.entries(stmt)[0] ?? ['', null]
  return {
    kind,
    isClientCopy: kind === 'CopyStmt' && copiesToClient(node),
    isTransactionControl: kind === 'TransactionStmt',
  }
}

/** COPY without a file name and without PROGRAM speaks to the client. */
function copiesToClient(node: Tree): boolean {
  if (node === null || typeof node !== 'object' || Array.isArray(node)) return false
  return node['filename'] === undefined && node['is_program'] === undefined
}
