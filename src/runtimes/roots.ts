/** Imported root filesystems: folders below `roots/` of the runtimes' directory, the one imported last first. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const folder = 'roots'

/** Where root filesystems are kept. */
export function rootsFolder(directory: string): string {
  return join(directory, folder)
}

/** All whole root filesystems, the one to look in first first. Names that begin with a dot are still being filled. */
export function rootDirectories(directory: string): string[] {
  const parent = rootsFolder(directory)
  const names = readNames(parent).filter((name) => !name.startsWith('.'))
  const dated = names.map((name) => ({ path: join(parent, name), ms: statSync(join(parent, name)).mtimeMs }))
  return dated.sort((a, b) => b.ms - a.ms || (a.path < b.path ? -1 : 1)).map(({ path }) => path)
}

function readNames(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
