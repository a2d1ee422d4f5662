/**
 * The files that travel inside the compiled program, under the same names whether it is compiled or runs from source:
 *
 *   exercises/…   the built-in curriculum            exercises/ of the tree
 *   static/…      what browsers load, hashed names   dist/static/, made by the build; `static/manifest.json` maps
 *                 `workbench.js` to `workbench-1a2b3c4d.js`
 *   server/…      `server.tar.zst` and `server.json` dist/, made by the build
 *   bun/…         `bun.json` and `bun.zst`           dist/, made by the build: the plain Bun, as a difference
 *
 * Migrations are not among them: the store imports them as text, and the bundler can't give one file in two ways.
 *
 * The build writes a module that imports every file with `{ type: 'file' }`, registers name → path below
 * `Symbol.for('podium.embedded')`, and then imports the program; nothing else differs. From source, files are read from
 * the tree at each call, so an edit shows without a restart.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const registered: unknown = Reflect.get(globalThis, Symbol.for('podium.embedded'))
const embedded: ReadonlyMap<string, string> | null = registered instanceof Map ? registered : null
const root = join(import.meta.dir, '..')

/** Whether this is the compiled program. */
export const isCompiled = embedded !== null

/** Where each name lives in the source tree; the build embeds the same. */
export function sourceDirectories(arch: string): Readonly<Record<string, string>> {
  return {
    'exercises/': join(root, 'exercises'),
    'static/': join(root, 'dist/static'),
    'server/': join(root, 'dist/server', arch),
    'bun/': join(root, 'dist/bun', arch),
  }
}

/** The path a file can be read by, inside the program or in the tree. Throws where an embedded name does not exist. */
export function embeddedPath(name: string): string {
  if (embedded !== null) {
    const path = embedded.get(name)
    if (path === undefined) throw new Error(`Not embedded: ${name}`)
    return path
  }
  for (const [prefix, directory] of Object.entries(sourceDirectories(process.arch))) {
    if (name.startsWith(prefix) && !name.split('/').includes('..')) return join(directory, name.slice(prefix.length))
  }
  throw new Error(`Not an embedded name: ${name}`)
}

/** A file's text. Throws where it does not exist. */
export function embeddedText(name: string): string {
  return readFileSync(embeddedPath(name), 'utf8')
}

/** A file's bytes. Throws where it does not exist. */
export function embeddedBytes(name: string): Uint8Array {
  return readFileSync(embeddedPath(name))
}

/** A file's bytes, lazily, with the content type its name tells. Reading rejects where it does not exist. */
export function embeddedFile(name: string): ReturnType<typeof Bun.file> {
  return Bun.file(embeddedPath(name), { type: contentType(name) })
}

/** The names that begin with a prefix ending in `/`, in name order; none where the directory does not exist. */
export function listEmbedded(prefix: string): string[] {
  if (embedded !== null) return [...embedded.keys()].filter((name) => name.startsWith(prefix)).sort()
  const directory = embeddedPath(prefix)
  return listFiles(directory).map((path) => prefix + path)
}

/** All files below a directory, relative to it, with forward slashes, in name order; none where it does not exist. */
export function listFiles(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(directory).replace(/\/$/, '').length + 1))
      .sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** The embedded path says nothing of the original name's type once it is inside the program. */
function contentType(name: string): string {
  return Bun.file(name).type
}
