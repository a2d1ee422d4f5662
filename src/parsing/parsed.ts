/** What the parser answers, as plain values that pass between threads. */

/** A statement of a text. */
export interface ParsedStatement {
  /** The statement without the blanks and comments before it, and without its semicolon. */
  text: string
  /** Where it begins in the whole text, in UTF-16 code units. */
  offset: number
  /** The node of PostgreSQL's parse tree, for example `SelectStmt`, `CopyStmt`. */
  kind: string
  /** COPY to or from the client: there is no client that could stream here. */
  isClientCopy: boolean
  /** BEGIN, COMMIT, ROLLBACK, SAVEPOINT and the like. */
  isTransactionControl: boolean
}

/** A text that can't be parsed. */
export interface SyntaxProblem {
  message: string
  /** What helps, or null. */
  hint: string | null
  /** Zero-based, in UTF-16 code units; null where PostgreSQL names none. */
  position: number | null
}

/** The statements of a text, or why there are none. A text of only blanks and comments has no statements. */
export type SplitResult = { statements: ParsedStatement[] } | { error: SyntaxProblem }
