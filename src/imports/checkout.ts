/** Reading somebody's checkout: only what is inside of it, whatever its links say, and nothing enormous. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Failure } from '../failure.ts'

/** Bytes of a file that is read. */
const fileBytesMax = 64 * 1024 * 1024
/** Files and folders below one folder of the checkout, each as often as links lead to it. */
const entriesMax = 20_000

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
  /** Links that lead out of the checkout, nowhere or around in circles; they are not followed. */
  strayLinks(): string[]
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
    files: (folder) => listBelow(root, path, folder).files,
    strayLinks: () => listBelow(root, path, '').strayLinks,
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

/** What no exercise's file may have in its name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
export const notForNames = /[\u0000-\u001f\u007f\\]/

interface Listing {
  files: string[]
  strayLinks: string[]
}

/** All below a folder. Links are followed within the checkout, but not around in circles, and not out of it. */
function listBelow(root: string, path: string, folder: string): Listing {
  const listing: Listing = { files: [], strayLinks: [] }
  const top = placeOf(root, path, folder)
  if (top === null || !statSync(top).isDirectory()) return listing
  let entries = 0
  const walk = (place: string, name: string, above: readonly string[]) => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      entries += 1
      if (entries > entriesMax)
        throw new Failure('invalid', `${folder || path} has more than ${entriesMax} files and folders`)
      const inner = name === '' ? entry.name : `${name}/${entry.name}`
      if (notForNames.test(entry.name))
        throw new Failure('invalid', `the name ${JSON.stringify(inner)} has a backslash or a control character in it`)
      const found = placeOf(root, place, entry.name)
      const isStray = found === null || above.includes(found)
      if (isStray && entry.isSymbolicLink()) listing.strayLinks.push(inner)
      if (isStray) continue
      const stat = statSync(found)
      if (stat.isDirectory()) walk(found, inner, [...above, found])
      else if (stat.isFile()) listing.files.push(inner)
    }
  }
  walk(top, '', [top])
  return { files: listing.files.sort(), strayLinks: listing.strayLinks.sort() }
}

/** A file's text without a mark of byte order. Throws `Failure('invalid')` where it is not UTF-8. */
export function textOf(name: string, content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    throw new Failure('invalid', `${name} is not text in UTF-8`)
  }
}
