/** Where content comes from: the files inside the program, or a directory. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Files by their path below the content's root, with forward slashes. */
export interface ContentSource {
  /** For messages, for example `exercises`. */
  name: string
  /** All paths, sorted. */
  list(): string[]
  /** A file's text. Throws where it can't be read. */
  text(path: string): string
}

/** Largest file that is read, in bytes. */
const fileBytesMax = 256 * 1024 * 1024

/** A directory. Links are not followed: content of others must not name files outside it. */
export function directorySource(directory: string): ContentSource {
  return {
    name: directory,
    list: () =>
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(directory, '/').length))
        .filter((path) => !path.split('/').some((part) => part.startsWith('.')))
        .sort(),
    text(path) {
      const whole = join(directory, path)
      if (statSync(whole).size > fileBytesMax) throw new Error(`${path} is larger than 256 MB`)
      return readFileSync(whole, 'utf8')
    },
  }
}

/** The built-in content, through whatever lists and reads embedded files by name. */
export function embeddedSource(files: { list(prefix: string): string[]; text(name: string): string }): ContentSource {
  const prefix = 'exercises/'
  return {
    name: 'exercises',
    list: () => files.list(prefix).map((name) => name.slice(prefix.length)),
    text: (path) => files.text(prefix + path),
  }
}
