/** Reading somebody's checkout: only what is inside of it, whatever its links say, and nothing enormous. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Failure } from '../failure.ts'

/** Bytes of a file that is read. */
const fileBytesMax = 64 * 1024 * 1024
/** Files of one folder of the checkout. */
const filesMax = 20_000

/** A folder of the checkout; paths are below it, with forward slashes. */
export interface Checkout {
  /** Where it is, for messages and for names. */
  path: string
  /** Whether there is such a file inside of the checkout. */
  has(path: string): boolean
  /** A file's text; null where there is none. Throws `Failure('invalid')` where it can't be read as text. */
  text(path: string): string | null
  /** A file's bytes; null where there is none. */
  bytes(path: string): Uint8Array | null
  /** All files below a folder, in order, hidden ones too; empty where there is no such folder. */
  files(folder: string): string[]
  /** Names of the folders in a folder, in order. */
  folders(folder: string): string[]
  /** A folder of it. Links may lead to all of the checkout. */
  below(folder: string): Checkout
}

/** Opens it. Throws `Failure('missing')` where there is no such folder. */
export function openCheckout(path: string): Checkout {
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new Failure('missing', `There is no directory ${path}`, { code: 'usage' })
  const root = realpathSync(path)
  return checkoutBelow(root, root)
}

function checkoutBelow(root: string, path: string): Checkout {
  const place = (name: string) => placeOf(root, path, name)
  const bytes = (name: string) => {
    const found = place(name)
    if (found === null || !statSync(found).isFile()) return null
    if (statSync(found).size > fileBytesMax)
      throw new Failure('invalid', `${name} is larger than ${fileBytesMax / 1024 ** 2} MB`)
    return new Uint8Array(readFileSync(found))
  }
  return {
    path,
    has: (name) => place(name) !== null,
    bytes,
    text: (name) => {
      const content = bytes(name)
      return content === null ? null : textOf(name, content)
    },
    files: (folder) => listFiles(root, path, folder),
    folders: (folder) => {
      const found = place(folder)
      if (found === null || !statSync(found).isDirectory()) return []
      return readdirSync(found, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    },
    below: (folder) => checkoutBelow(root, place(folder) ?? join(path, folder)),
  }
}

/** Where a name leads; null where that is nowhere, or outside of the checkout. */
function placeOf(root: string, path: string, name: string): string | null {
  try {
    const found = realpathSync(join(path, name))
    return found === root || found.startsWith(root + sep) ? found : null
  } catch {
    return null
  }
}

function listFiles(root: string, path: string, folder: string): string[] {
  const top = placeOf(root, path, folder)
  if (top === null || !statSync(top).isDirectory()) return []
  const found = readdirSync(top, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name).slice(top.length + 1))
    .map((name) => name.split(sep).join('/'))
    .filter((name) => {
      const target = placeOf(root, top, name)
      return target !== null && statSync(target).isFile()
    })
  if (found.length > filesMax) throw new Failure('invalid', `${folder} has more than ${filesMax} files`)
  return found.sort()
}

/** A file's text without a mark of byte order. Throws `Failure('invalid')` where it is not UTF-8. */
export function textOf(name: string, content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    throw new Failure('invalid', `${name} is not text in UTF-8`)
  }
}
