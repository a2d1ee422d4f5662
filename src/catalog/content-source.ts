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
  /** A file as it is, text or not. Throws where it can't be read. */
  bytes(path: string): Uint8Array
}

/** A file as it was read: its text, or its bytes where it need not be text. */
export interface ContentFile {
  /** Below the content's root, with forward slashes. */
  path: string
  content: string | Uint8Array
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
    text: (path) => readText(path, join(directory, path)),
    bytes: (path) => readBytes(path, join(directory, path)),
  }
}

/** A file that can't be used, whatever the system or the text says of it. */
export class UnreadableFile extends Error {
  /** Below the content's root. */
  readonly path: string

  constructor(path: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.path = path
  }
}

/** Files from memory, for example those of a version that was kept. */
export function memorySource(name: string, files: readonly ContentFile[]): ContentSource {
  const contents = new Map(files.map(({ path, content }) => [path, content]))
  const find = (path: string) => {
    const content = contents.get(path)
    if (content === undefined) throw new UnreadableFile(path, 'There is no such file')
    return content
  }
  return {
    name,
    list: () => [...contents.keys()].sort(),
    text: (path) => {
      const content = find(path)
      return typeof content === 'string' ? content : decode(path, content)
    },
    bytes: (path) => {
      const content = find(path)
      return typeof content === 'string' ? Buffer.from(content) : content
    },
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text that is not UTF-8 would be loaded with its letters replaced, and nobody would notice. */
function readText(path: string, whole: string): string {
  const bytes = readBytes(path, whole)
  if (/^(PGDMP|toc\.dat\0)/.test(bytes.toString('latin1', 0, 16)))
    throw new UnreadableFile(path, 'It is a dump in another format; make SQL of it: pg_restore --file=10-dump.sql DUMP')
  return decode(path, bytes)
}

function readBytes(path: string, whole: string): Buffer {
  try {
    if (statSync(whole).size > fileBytesMax)
      throw new UnreadableFile(path, 'It is larger than 256 MB; a generator makes many rows from a small file')
    return readFileSync(whole)
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw cause
    throw new UnreadableFile(path, cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw new UnreadableFile(path, 'It is not UTF-8; save it so, or dump with --encoding=UTF8', { cause })
  }
}

/** The built-in content, through whatever lists and reads embedded files by name. */
export function embeddedSource(files: {
  list(prefix: string): string[]
  text(name: string): string
  bytes(name: string): Uint8Array
}): ContentSource {
  const prefix = 'exercises/'
  return {
    name: 'exercises',
    list: () => files.list(prefix).map((name) => name.slice(prefix.length)),
    text: (path) => files.text(prefix + path),
    bytes: (path) => files.bytes(prefix + path),
  }
}
