/** The statement that shows another statement's plan. */
import type { ParsedStatement } from '../parsing/parsed.ts'
import { mayChange } from './changes.ts'

/** Kinds of statement that EXPLAIN takes. */
const explainable = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'CreateTableAsStmt'])

const measured = 'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) '
const planned = 'EXPLAIN (FORMAT JSON) '

/** What may stand in front of a statement that Podium explained. */
export const explainWords = [measured, planned] as const

/**
 * A reading statement is run and measured, one that changes something only planned, an EXPLAIN stays what it is; null
 * for what has no plan. The offset moves with the words in front, so that errors still point into the person's text.
 */
export function explained(statement: ParsedStatement): ParsedStatement | null {
  if (statement.kind === 'ExplainStmt') return statement
  if (!explainable.has(statement.kind)) return null
  const isReading = statement.kind === 'SelectStmt' && !mayChange([statement])
  const words = isReading ? measured : planned
  return { ...statement, kind: 'ExplainStmt', text: words + statement.text, offset: statement.offset - words.length }
}
