/** Words of TeX as text that Markdown does not take for marks. */

/** A percent sign begins a comment, and takes the end of its line along. Not in program texts. */
export function withoutComments(source: string): string {
  const parts = source
    .replaceAll('\r\n', '\n')
    .split(/(\\begin\{(?:verbatim|lstlisting)\*?\}[\s\S]*?\\end\{(?:verbatim|lstlisting)\*?\})/)
  return parts
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/(^|[^\\])%.*(?:\n[ \t]*(?!\n))?/gm, '$1')))
    .join('')
}

/** What typists write for other characters. */
export const typography: Readonly<Record<string, string>> = {
  '``': '“',
  "''": '”',
  '---': '—',
  '--': '–',
  '~': ' ',
  '}': '',
  '&': ' ',
}

/** A character as text. At the beginning of a line, Markdown reads more of them as marks. */
export function plainText(source: string, at: number, before: string): string {
  const char = source[at] ?? ''
  if (char === ' ' && before.endsWith('\n')) return ''
  if (char === '`') return '‘'
  if (char === "'") return '’'
  const isFirst = before === '' || before.endsWith('\n')
  return isFirst && /[#>+-]/.test(char) ? `\\${char}` : escaped(char)
}

/** Text that means itself. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\*_[\]<`|]/g, (char) => `\\${char}`)
}

/** With marks around it, where that can be. */
export function marked(text: string, mark: string): string {
  const inner = text.trim()
  // Marks around a paragraph's end would be read as themselves.
  if (inner === '' || inner.includes('\n\n')) return text
  return `${/^\s/.test(text) ? ' ' : ''}${mark}${inner}${mark}${/\s$/.test(text) ? ' ' : ''}`
}

/** As code within a line. */
export function codeMark(text: string): string {
  if (text.trim() === '') return text
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

/** What it was before it was escaped and marked. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\([\\*_[\]<>`|#+-])/g, '$1').replaceAll(/\*+/g, '')
}
