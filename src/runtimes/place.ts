/**
 * Where programs are looked for: this machine's system folders, or an imported root filesystem. A program whose name
 * leads out of them, say into somebody's home folder, is not taken.
 */
import { accessSync, constants, existsSync, lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BoxBind } from '../pods/execution.ts'

/** What looking for a program came to. */
export type Found = { path: string } | { reason: string }

/** What of this machine every box shows. */
const systemFolders = ['/usr/', '/bin/', '/sbin/', '/lib/', '/lib64/']
const linksMax = 40

/** Finds the first of the candidates on this machine. `path` is without links, for these may lead over folders that boxes do not show. */
export function findOnHost(candidates: readonly string[]): Found {
  const strays: string[] = []
  for (const candidate of candidates) {
    const path = realPath(candidate)
    if (path === null) continue
    if (!systemFolders.some((folder) => path.startsWith(folder))) strays.push(`${candidate} leads to ${path}`)
    else if (isExecutable(path)) return { path }
    else strays.push(`${candidate} can't be executed`)
  }
  return { reason: strays.length > 0 ? strays.join(', ') : `there is no ${candidates.join(', no ')}` }
}

/** Finds the first of the candidates in a root filesystem; links are followed as they are inside it. */
export function findInRoot(root: string, candidates: readonly string[]): Found {
  for (const candidate of candidates) {
    const path = resolveInRoot(root, candidate)
    if (path !== null && isExecutable(join(root, path))) return { path }
  }
  return { reason: `the imported root filesystem has no ${candidates.join(', no ')}` }
}

/** The path inside a root filesystem, without links; null where it does not exist. It never leads out. */
export function resolveInRoot(root: string, path: string): string | null {
  const waiting = path.split('/').filter(Boolean)
  let at: string[] = []
  for (let links = 0; waiting.length > 0; ) {
    const part = waiting.shift() ?? ''
    if (part === '.') continue
    if (part === '..') {
      at = at.slice(0, -1)
      continue
    }
    const whole = join(root, ...at, part)
    const found = entryAt(whole)
    if (found === null) return null
    if (!found.isSymbolicLink()) at = [...at, part]
    else {
      links += 1
      if (links > linksMax) return null
      const target = readlinkSync(whole)
      if (target.startsWith('/')) at = []
      waiting.unshift(...target.split('/').filter(Boolean))
    }
  }
  return `/${at.join('/')}`
}

/**
 * What boxes must be shown of this machine beyond what all are shown: for programs at these paths, and what a runtime
 * `shows`. Of `/usr/local` never all, for Podium itself may be there: a program's own folder, else it and the libraries.
 */
export function hostBinds(programs: readonly string[], shows: readonly string[]): BoxBind[] {
  const wanted = [...programs.flatMap(shownFor), ...shows.filter((path) => !isShownToAll(path))]
  const shown = [...new Set(wanted)].filter((path) => existsSync(path)).sort()
  // A folder brings what is in it.
  const outer = shown.filter((path) => !shown.some((other) => path.startsWith(`${other}/`)))
  return outer.map((path) => ({ from: path, to: path }))
}

function shownFor(path: string): string[] {
  const [, folder] = /^\/usr\/local\/([^/]+)\//.exec(path) ?? []
  if (folder === undefined) return []
  if (folder !== 'bin' && folder !== 'sbin') return [`/usr/local/${folder}`]
  return [path, '/usr/local/lib', '/usr/local/lib64', '/usr/local/include']
}

function isShownToAll(path: string): boolean {
  return path === '/etc/alternatives' || (path.startsWith('/usr/') && !path.startsWith('/usr/local/'))
}

/** Null where there is nothing, also where a part of the path is a file. */
function entryAt(path: string): Stats | null {
  try {
    return lstatSync(path)
  } catch {
    return null
  }
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
