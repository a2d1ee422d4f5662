/** Places in a text: PostgreSQL counts bytes or code points, editors count UTF-16 code units. */

/** Maps ascending byte offsets of the text's UTF-8 to UTF-16 offsets, in one pass. */
export function utf16FromBytes(text: string, byteOffsets: readonly number[]): number[] {
  const result: number[] = []
  let bytes = 0
  let index = 0
  for (const wanted of byteOffsets) {
    while (bytes < wanted && index < text.length) {
      const code = text.codePointAt(index) ?? 0
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
      index += code < 0x10000 ? 1 : 2
    }
    result.push(index)
  }
  return result
}

/** Maps a number of code points to a UTF-16 offset, kept inside the text. */
export function utf16FromCodePoints(text: string, codePoints: number): number {
  let index = 0
  for (let left = codePoints; left > 0 && index < text.length; left -= 1) {
    index += (text.codePointAt(index) ?? 0) < 0x10000 ? 1 : 2
  }
  return index
}

/** Where the first thing begins that is neither blank nor comment; comments nest, as in PostgreSQL. */
export function skipBlank(text: string, from = 0): number {
  let index = from
  for (;;) {
    while (index < text.length && /\s/.test(text.charAt(index))) index += 1
    if (text.startsWith('--', index)) {
      const end = text.indexOf('\n', index)
      index = end < 0 ? text.length : end + 1
    } else if (text.startsWith('/*', index)) index = skipComment(text, index)
    else return index
  }
}

function skipComment(text: string, from: number): number {
  const mark = /\/\*|\*\//g
  mark.lastIndex = from
  let depth = 0
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  return text.length
}
