/** Which statements change a database, so that a reset asks first and a lost sandbox can be offered back. */

/** Kinds of statement (node names of PostgreSQL's parse tree) that leave nothing behind after the run. */
const reading = new Set([
  'SelectStmt',
  'ExplainStmt',
  'VariableSetStmt',
  'VariableShowStmt',
  'TransactionStmt',
  'DeclareCursorStmt',
  'FetchStmt',
  'ClosePortalStmt',
  'PrepareStmt',
  'DeallocateStmt',
  'DiscardStmt',
  'ListenStmt',
  'UnlistenStmt',
  'NotifyStmt',
  'LoadStmt',
])

/** Kinds of statement that change rows at most, never what tables there are. */
const changingRows = new Set([
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'TruncateStmt',
  'CopyStmt',
  'LockStmt',
  'VacuumStmt',
  'CheckPointStmt',
  'ExecuteStmt',
])

/** One statement as far as this question needs it. */
interface Kind {
  kind: string
  text: string
}

/**
 * Tells whether statements may have changed the database. It errs on the side of yes: a SELECT with a data-modifying
 * CTE or INTO, or EXPLAIN ANALYZE of a change, contains the word of the change.
 */
export function mayChange(statements: readonly Kind[]): boolean {
  return statements.some(({ kind, text }) => !reading.has(kind) || /\b(insert|update|delete|merge|into)\b/i.test(text))
}

/** Tells whether statements may have changed what tables and columns there are. SELECT … INTO makes a table. */
export function mayChangeSchema(statements: readonly Kind[]): boolean {
  return statements.some(({ kind, text }) =>
    reading.has(kind) ? kind === 'SelectStmt' && /\binto\b/i.test(text) : !changingRows.has(kind),
  )
}
