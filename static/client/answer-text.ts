/** An answer of several files as one text: canonical JSON, as the server writes and reads it (`answer-files.ts` there). */

/** Files by path. */
export type Files = ReadonlyMap<string, string>

/** Files of an answer. */
export const filesMax = 64
const pathLengthMax = 100

/** Writes it: equal files give equal texts. */
export function encodeFiles(files: Files): string {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  const lines = sorted.map(([path, text]) => `${JSON.stringify(path)}: ${JSON.stringify(text)}`)
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`
}

/** Reads it; null where it is none. */
export function decodeFiles(text: string): Files | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    const files = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    return new Map(files.sort(([one], [other]) => (one < other ? -1 : 1)))
  } catch {
    return null
  }
}

/** All files as one text for people. */
export function readableFiles(text: string): string {
  const files = decodeFiles(text)
  if (files === null) return text
  return [...files].map(([path, content]) => `── ${path}\n${content}`).join('\n')
}

/** Why a file can't be called so beside these others, as a sentence; null where it can. */
export function namingProblem(path: string, others: readonly string[]): string | null {
  if (path === '') return 'Give the file a name.'
  if (path.length > pathLengthMax) return `A name has at most ${pathLengthMax} characters.`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a name.
  if (/[\u0000-\u001f\u007f\\]/.test(path)) return 'A name has no backslash in it.'
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part !== part.trim())) {
    return 'Each part of a name has letters in it, and no blanks at its ends.'
  }
  if (others.includes(path)) return 'There is such a file already.'
  const clash = others.find((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`))
  return clash === undefined ? null : `${clash} is there already, and a name is a file's or a folder's.`
}
