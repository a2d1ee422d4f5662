/** PostgreSQL counts characters; JavaScript counts UTF-16 code units. */

/** The offset in UTF-16 code units of the character with this zero-based number; the text's length where it is beyond. */
export function characterOffset(text: string, characters: number): number {
  let offset = 0
  for (let count = 0; count < characters && offset < text.length; count += 1) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  }
  return offset
}
