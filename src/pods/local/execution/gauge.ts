/**
 * Looks into a box from outside: how many processes it has, what they take, how full it is. All of it comes from the
 * kernel, through the box's own `/proc`, which shows each of its processes whoever started it; what the box can write is
 * never opened.
 */
import { readdirSync, readFileSync, statfsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { cpuMsOfPath } from '../usage.ts'
import { workDirectory } from './arguments.ts'

/** Smaller than what a job may have on disk, so that being full means nothing by itself. */
const sharedMemoryPath = '/dev/shm'

/** What a box takes at one moment. */
export interface BoxReading extends DiskReading {
  /** Threads count, as they do for the kernel. The shell that waits in the box does not. */
  processes: number
  /** At least as much as there is: what processes share counts for each of them. */
  memoryBytes: number
  cpuMs: number
}

/** What a box's files take at one moment. */
export interface DiskReading {
  diskBytes: number
  files: number
  /** Whether `/work` or `/tmp` is full. */
  isDiskFull: boolean
}

/** Reads a box by the number of its first process. Null where it is gone. */
export function readBox(initPid: number): BoxReading | null {
  const root = `/proc/${initPid}/root`
  try {
    const disk = readDisk(root)
    const reading = { processes: 0, memoryBytes: disk.diskBytes, cpuMs: 0, ...disk }
    for (const name of readdirSync(`${root}/proc`)) {
      if (!/^\d+$/.test(name)) continue
      const path = `${root}/proc/${name}`
      reading.cpuMs += cpuMsOfPath(path)
      if (name === '1') continue
      const { threads, bytes } = readStatus(path)
      reading.processes += threads
      reading.memoryBytes += bytes
    }
    return reading
  } catch {
    return null
  }
}

/** Reads only how full a box is. Null where it is gone. */
export function readBoxDisk(initPid: number): DiskReading | null {
  try {
    return readDisk(`/proc/${initPid}/root`)
  } catch {
    return null
  }
}

function readDisk(root: string): DiskReading {
  const disk = { diskBytes: 0, files: 0, isDiskFull: false }
  for (const path of [workDirectory, '/tmp', sharedMemoryPath]) {
    const { bsize, blocks, bfree, files, ffree } = statfsSync(root + path)
    const used = (blocks - bfree) * bsize
    disk.diskBytes += used
    // The file system's own root counts as one.
    disk.files += Math.max(0, files - ffree - 1)
    if (bfree === 0 && path !== sharedMemoryPath) disk.isDiskFull = true
  }
  return disk
}

/** Memory of one process that is not a file of this machine: its own, and shared memory as far as it is mapped. */
function readStatus(path: string): { threads: number; bytes: number } {
  const status = readQuietly(`${path}/status`)
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return { threads: field('Threads'), bytes: (field('RssAnon') + field('RssShmem')) * 1024 }
}

/**
 * The same sum with what is shared counted once. Dear, and a process can make the kernel wait with it, so it is asked for
 * only where `readBox` says too much, and not from the main thread. Null where the box is gone.
 */
export async function sharedOnceBytes(initPid: number): Promise<number | null> {
  const root = `/proc/${initPid}/root`
  try {
    const names = readdirSync(`${root}/proc`).filter((name) => /^\d+$/.test(name) && name !== '1')
    const sizes = await Promise.all(names.map((name) => proportionalBytes(`${root}/proc/${name}`)))
    return sizes.reduce((sum, bytes) => sum + bytes, readDisk(root).diskBytes)
  } catch {
    return null
  }
}

async function proportionalBytes(path: string): Promise<number> {
  const text = await readFile(`${path}/smaps_rollup`, 'utf8').catch(() => null)
  if (text === null) return readStatus(path).bytes
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
  return (kilobytes('Pss_Anon') + kilobytes('Pss_Shmem')) * 1024
}

/** Memory that a process holds, the files that it has mapped included; 0 where it is gone. */
export function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readQuietly(`/proc/${pid}/status`))?.[1] ?? 0) * 1024
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
