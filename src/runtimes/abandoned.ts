/** What a killed program had begun to write and nobody will finish: it has a name of its own until it is whole. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Nothing takes so long to write; what is older is a killed program's. */
const abandonedAfterMs = 24 * 60 * 60 * 1000

/** Removes what lies in the folder under names with this beginning and was not touched for a day. Never throws. */
export async function removeAbandoned(folder: string, prefix: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((each) => each.startsWith(prefix))) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    const isOld = found !== null && Date.now() - found.mtimeMs > abandonedAfterMs
    if (isOld) await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}
