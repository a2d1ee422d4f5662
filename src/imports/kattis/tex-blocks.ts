/** Blocks of TeX: where environments and formulas end, lists and tables. */
import { argumentAt } from './tex-math.ts'

/** Up to the end that belongs to this beginning. */
export function bodyOf(source: string, from: number, name: string): { body: string; end: number } {
  const [open, close] = [`\\begin{${name}}`, `\\end{${name}}`]
  let depth = 1
  let at = from
  for (;;) {
    const [next, begin] = [source.indexOf(close, at), source.indexOf(open, at)]
    if (next < 0) return { body: source.slice(from), end: source.length }
    if (begin >= 0 && begin < next) {
      depth += 1
      at = begin + open.length
      continue
    }
    depth -= 1
    at = next + close.length
    if (depth === 0) return { body: source.slice(from, next), end: at }
  }
}

/** A list in Markdown. */
export function list(body: string, kind: string, inner: (text: string) => string): string {
  const items = topLevelSplit(body, /^\\item(?![A-Za-z])/).slice(1)
  const lines = items.map((item, index) => {
    const label = /^\s*\[([^\]]*)\]/.exec(item)
    const text = inner(item.slice(label?.[0].length ?? 0)).trim()
    const bullet = kind === 'enumerate' ? `${index + 1}. ` : '- '
    const head = label === null ? '' : `**${inner(label[1] ?? '')}** `
    return `${bullet}${head}${text}`.replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(bullet.length)}`)
  })
  return `\n\n${lines.join('\n')}\n\n`
}

/** A table in Markdown, its first row as the head. */
export function table(body: string, argumentCount: number, inner: (text: string) => string): string {
  let at = afterOptions(body, 0)
  for (let count = 0; count < argumentCount; count += 1) at = argumentAt(body, at).end
  const rows = topLevelSplit(body.slice(at), /^\\\\/)
    .map((row) => topLevelSplit(row, /^&/).map((cell) => inner(cell).replaceAll(/\s+/g, ' ').trim()))
    .filter((cells) => cells.some((cell) => cell !== ''))
  const width = Math.max(0, ...rows.map((cells) => cells.length))
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`
  const [head, ...others] = rows
  if (head === undefined) return ''
  return `\n\n${[line(head), line(Array.from({ length: width }, () => '---')), ...others.map(line)].join('\n')}\n\n`
}

/** Splits where a pattern begins, but not within groups, formulas and environments. */
function topLevelSplit(source: string, pattern: RegExp): string[] {
  const parts: string[] = []
  let [start, at] = [0, 0]
  while (at < source.length) {
    const found = pattern.exec(source.slice(at, at + 12))
    if (found !== null) {
      parts.push(source.slice(start, at))
      at += found[0].length
      start = at
    } else if (source.startsWith('\\begin{', at)) {
      const name = argumentAt(source, at + '\\begin'.length)
      at = bodyOf(source, name.end, name.text).end
    } else if (source[at] === '{') at = argumentAt(source, at).end
    else at = mathAt(source, at)?.end ?? (source[at] === '\\' ? at + 2 : at + 1)
  }
  return [...parts, source.slice(start)]
}

/** The formula that begins at a place, and whether it stands by itself; null where none does. */
export function mathAt(source: string, at: number): { text: string; end: number; isDisplayed: boolean } | null {
  const pairs = [
    ['$$', '$$', true],
    ['\\[', '\\]', true],
    ['\\(', '\\)', false],
    ['$', '$', false],
  ] as const
  for (const [open, close, isDisplayed] of pairs) {
    if (!source.startsWith(open, at)) continue
    let end = at + open.length
    while (end < source.length && !source.startsWith(close, end)) end += source[end] === '\\' ? 2 : 1
    return { text: source.slice(at + open.length, end), end: Math.min(source.length, end + close.length), isDisplayed }
  }
  return null
}

/** Behind `[…]`, `*` and blanks before an argument. */
export function afterOptions(source: string, from: number): number {
  const options = /^\s*\[[^\]\n]{0,200}\]/.exec(source.slice(from, from + 210))
  return options === null ? from : from + options[0].length
}
