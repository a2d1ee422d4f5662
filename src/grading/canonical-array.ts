/** PostgreSQL's array literals, for example `{1,NULL,"a,b"}` or `[0:1]={{1},{2}}`. */

/**
 * Writes an array so that equal arrays are written the same: elements by the given rule, all quoted, NULL bare. Bounds
 * other than from 1 stay, for PostgreSQL counts them in equality. What is no array literal comes back as it was.
 */
export function canonicalArray(value: string, canonicalElement: (element: string) => string): string {
  const start = value.indexOf('{')
  if (start < 0) return value
  let output = value.slice(0, start)
  let index = start
  while (index < value.length) {
    const char = value.charAt(index)
    if (char === '{' || char === '}' || char === ',') {
      output += char
      index += 1
    } else if (char === '"') {
      const [element, end] = readQuoted(value, index + 1)
      output += JSON.stringify(canonicalElement(element))
      index = end
    } else {
      const end = endOfBare(value, index)
      const element = value.slice(index, end)
      output += element === 'NULL' ? element : JSON.stringify(canonicalElement(element))
      index = end
    }
  }
  return output
}

/** The text up to the closing quote, and the place behind that. */
function readQuoted(value: string, from: number): [string, number] {
  let text = ''
  let index = from
  while (index < value.length && value.charAt(index) !== '"') {
    if (value.charAt(index) === '\\') index += 1
    text += value.charAt(index)
    index += 1
  }
  return [text, index + 1]
}

function endOfBare(value: string, from: number): number {
  let index = from
  while (index < value.length && !',{}'.includes(value.charAt(index))) index += 1
  return index
}
