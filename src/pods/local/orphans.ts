/**
 * Finds what an earlier program left behind. A server's working directory is its data directory, which nothing but that
 * pod ever uses: a process is a leftover because it works there, never because of its number.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { kill } from 'node:process'

/** Ends leftover pods below `directory` and removes their directories; returns how many there were. */
export async function reapPods(directory: string, ownIds: ReadonlySet<string>): Promise<number> {
  let count = 0
  for (const kind of ['pods', 'building']) {
    const parent = join(directory, kind)
    const names = readdirSync(parent).filter((name) => !ownIds.has(name))
    if (names.length === 0) continue
    for (const name of names) {
      const path = join(parent, name)
      endProcessesIn(path)
      removeSharedMemory(path)
      await rm(path, { recursive: true, force: true })
    }
    if (kind === 'pods') count += names.length
  }
  return count
}

/** Kills every process whose working directory lies below `path`. */
export function endProcessesIn(path: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readlinkSync(`/proc/${pid}/cwd`).startsWith(`${path}/`)) kill(Number(pid), 'SIGKILL')
    } catch {
      // Somebody else's process, or one that has ended.
    }
  }
}

/** A killed server leaves a small System V segment behind; its id is in the data directory. */
export function removeSharedMemory(path: string): void {
  try {
    const segment = readFileSync(join(path, 'data', 'postmaster.pid'), 'utf8')
      .split('\n')[6]
      ?.trim()
      .split(/\s+/)[1]
    if (segment) Bun.spawnSync(['ipcrm', '-m', segment], { stdout: 'ignore', stderr: 'ignore' })
  } catch {
    // It never got so far.
  }
}
