/** Where an error stands in a text that may have changed since it was run. */

/** An error's place as the page knows it. */
export interface ErrorPlace {
  /** In the text that was run, in UTF-16 code units. */
  position: number
  /** How far into its line that is. */
  column: number
  /** The beginning of its line in that text. */
  line: string
}

/** Its position in `text`: in the same line where it still stands, else in the only one like it; null where none is. */
export function findError(text: string, { position, column, line }: ErrorPlace): number | null {
  const start = position - column
  const standsThere = (start === 0 || text[start - 1] === '\n') && text.startsWith(line, start)
  const at = standsThere ? start : soleLine(text, line)
  return at === null || at + column > text.length ? null : at + column
}

/** Where the only line that begins so begins. */
function soleLine(text: string, line: string): number | null {
  if (line.trim() === '') return null
  const before = `\n${text}`
  const first = before.indexOf(`\n${line}`)
  return first < 0 || before.indexOf(`\n${line}`, first + 1) >= 0 ? null : first
}
