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
      await removeRemains(path)
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
    }
    if (kind === 'pods') count += names.length
  }
  return count
}

/** Ends the processes that work in a pod's directory and removes their shared memory. Never throws. */
export async function removeRemains(path: string): Promise<void> {
  endProcessesIn(path)
  await removeSharedMemory(path)
}

/** Kills every process whose working directory lies below `path`. */
function endProcessesIn(path: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readlinkSync(`/proc/${pid}/cwd`).startsWith(`${path}/`)) kill(Number(pid), 'SIGKILL')
    } catch {
      // Somebody else's process, or one that has ended.
    }
  }
}

/** A killed server leaves a small System V segment behind; its id is in the data directory. */
async function removeSharedMemory(path: string): Promise<void> {
  try {
    const segment = readFileSync(join(path, 'data', 'postmaster.pid'), 'utf8')
      .split('\n')[6]
      ?.trim()
      .split(/\s+/)[1]
    if (segment) await Bun.spawn(['ipcrm', '-m', segment], { stdout: 'ignore', stderr: 'ignore' }).exited
  } catch {
    // It never got so far.
  }
}
