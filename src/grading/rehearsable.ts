/** Which texts can be rehearsed: in a transaction and a session that are not their own they do what they would do alone. */
import type { ParsedStatement } from '../parsing/parsed.ts'
import type { Parser } from '../parsing/parser.ts'

/**
 * What may run in a transaction of Podium's, and leaves nothing in the session that grading, in a session of its own,
 * would not see. Settings, temporary tables, cursors, blocks of code and everything else does not.
 */
const rehearsableKinds = new Set([
  ...['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'TruncateStmt', 'CreateStmt', 'IndexStmt'],
  ...['CreateTableAsStmt', 'ViewStmt', 'AlterTableStmt', 'CreateFunctionStmt', 'CreateTrigStmt', 'CreatePolicyStmt'],
  ...['CreateSeqStmt', 'CreateDomainStmt', 'CreateEnumStmt', 'CompositeTypeStmt', 'DropStmt', 'RenameStmt'],
  ...['CommentStmt', 'RuleStmt'],
])

/** Words behind which there may be more than their statement shows. A mention too many costs time and nothing else. */
const doubtful = new RegExp(
  [
    String.raw`\b(temp|temporary|pg_temp\w*|concurrently|deferr\w*|set_config|setseed|random\w*|now|clock_timestamp)\b`,
    String.raw`\b(current_\w+|localtime\w*|statement_timestamp|transaction_timestamp|timeofday|uuidv?\d*|gen_random\w*)\b`,
    String.raw`\b(currval|lastval|setval|dblink|lo_\w+|pg_\w+|txid_\w+|xmin|xmax|ctid|commit|rollback|savepoint|execute)\b`,
    String.raw`(^|;|\b(begin|then|else|loop)\b)\s*(set|reset)\s`,
  ].join('|'),
  'i',
)

/** The statements without a BEGIN and COMMIT around all of them; null where they are not surely rehearsable. */
export async function rehearsable(parser: Parser, sql: string): Promise<string[] | null> {
  const split = await parser.split(sql)
  if ('error' in split) return null
  const inner = withoutTransaction(split.statements)
  const isSure = inner.length > 0 && inner.every(({ kind, text }) => rehearsableKinds.has(kind) && !isDoubtful(text))
  return isSure ? inner.map(({ text }) => text) : null
}

/** The text of a single SELECT; null where it is more or something else. */
export async function oneSelect(parser: Parser, sql: string): Promise<string | null> {
  const split = await parser.split(sql)
  if ('error' in split) return null
  const [only, ...more] = split.statements
  return only?.kind === 'SelectStmt' && more.length === 0 ? only.text : null
}

/** The same where it surely changes nothing, neither data nor its session; else null. */
export async function oneQuery(parser: Parser, sql: string): Promise<string | null> {
  const text = await oneSelect(parser, sql)
  return text === null || isDoubtful(text) || changing.test(text) ? null : text
}

/** Words of a query that changes something. */
const changing = /\b(insert|update|delete|merge|into|nextval)\b/i

/** A trigger names its function with EXECUTE, which runs nothing. */
function isDoubtful(text: string): boolean {
  return doubtful.test(text.replace(/\bexecute\s+(function|procedure)\b/gi, ''))
}

function withoutTransaction(statements: readonly ParsedStatement[]): readonly ParsedStatement[] {
  const isPlain = (statement: ParsedStatement | undefined, words: RegExp) =>
    statement?.isTransactionControl === true && words.test(statement.text)
  const isWhole = isPlain(statements[0], /^begin$/i) && isPlain(statements.at(-1), /^commit$/i)
  return isWhole ? statements.slice(1, -1) : statements
}
