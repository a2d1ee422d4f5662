/** Which part of what a person wrote is to run: the selection, else the statement under the cursor, else everything. */

/** A selection in UTF-16 code units; start and end are equal where there is only a cursor. */
export interface Selection {
  start: number
  end: number
}

/** A statement with its place in the whole text. */
interface Placed {
  offset: number
  text: string
}

/** Keeps a selection inside the text, and in order. */
export function clampSelection(text: string, selection: Selection): Selection {
  const clamp = (value: number) => Math.min(Math.max(Math.trunc(value) || 0, 0), text.length)
  const a = clamp(selection.start)
  const b = clamp(selection.end)
  return { start: Math.min(a, b), end: Math.max(a, b) }
}

/**
 * The statement that the cursor stands in or behind. A cursor in front of the first statement means the first.
 * Null only where there is no statement at all.
 */
export function statementAt<S extends Placed>(statements: readonly S[], cursor: number): S | null {
  const before = statements.filter((statement) => statement.offset <= cursor)
  return before.at(-1) ?? statements[0] ?? null
}
