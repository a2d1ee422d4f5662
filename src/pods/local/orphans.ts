/**
 * Finds what an earlier program left behind. A server's working directory is its data directory, which nothing but that
 * pod ever uses: a process is a leftover because it works there, never because of its number.
 */
import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { kill } from 'node:process'

const pidFileBytesMax = 4096

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
    const segment = segmentOf(path)
    if (segment) await Bun.spawn(['ipcrm', '-m', segment], { stdout: 'ignore', stderr: 'ignore' }).exited
  } catch {
    // It never got so far.
  }
}

/**
 * The segment that the server named. A superuser in its box could write there what they liked: a link, a pipe without
 * end, somebody else's number. So the file must be a small one in its place, and the segment the pods' own.
 */
function segmentOf(path: string): string | null {
  const data = join(path, 'data')
  const file = join(data, 'postmaster.pid')
  const facts = lstatSync(file)
  if (!lstatSync(data).isDirectory() || !facts.isFile() || facts.size > pidFileBytesMax) return null
  const named = readFileSync(file, 'utf8').split('\n')[6]?.trim().split(/\s+/)[1]
  const owner = String(statSync(path).uid)
  // Columns: key, shmid, perms, size, cpid, lpid, nattch, uid, …
  const segments = readFileSync('/proc/sysvipc/shm', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  return named !== undefined && segments.some(([, id, , , , , , uid]) => id === named && uid === owner) ? named : null
}
