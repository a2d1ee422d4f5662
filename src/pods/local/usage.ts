/** What a pod uses now, from /proc: cheap enough to ask of every pod once in a while. */
import { readdirSync, readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import type { PodUsage } from '../driver.ts'

/** USER_HZ, the unit of /proc/…/stat: 100 on every Linux that Podium runs on. */
const millisecondsPerTick = 10

/** Processes of a tree, the root first. A process that ends meanwhile is left out. */
export function processTree(pid: number): number[] {
  const found = [pid]
  for (const parent of found) found.push(...children(parent))
  return found
}

/** Of all its threads: each has those that it has started itself. */
function children(pid: number): number[] {
  return threads(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).trim().split(' ').filter(Boolean).map(Number),
  )
}

function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/**
 * Memory as PSS (shared pages counted once), processor time of living and ended processes, room taken for data: of the
 * processes below this one, and of what `diskBytes` says.
 */
export async function measureUsage(pid: number, diskBytes: () => Promise<number>): Promise<PodUsage> {
  const usage = { memoryBytes: 0, diskBytes: 0, cpuMs: 0, ioBytes: 0 }
  for (const one of processTree(pid)) {
    usage.memoryBytes += Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${one}/smaps_rollup`))?.[1] ?? 0) * 1024
    usage.cpuMs += cpuMsOf(one)
    usage.ioBytes += ioBytesOf(one)
  }
  usage.diskBytes = await diskBytes()
  return usage
}

/** What a process has read and written by calls, of files and sockets; 0 where it is gone. */
function ioBytesOf(pid: number): number {
  const [, readBytes = 0, writtenBytes = 0] = /^rchar: (\d+)\nwchar: (\d+)$/m.exec(read(`/proc/${pid}/io`)) ?? []
  return Number(readBytes) + Number(writtenBytes)
}

/** Processor time of a process and its ended children, in milliseconds; 0 where it is gone. */
export function cpuMsOf(pid: number): number {
  return cpuMsOfPath(`/proc/${pid}`)
}

/** The same for a process by its directory, which may be another namespace's `/proc`. */
export function cpuMsOfPath(path: string): number {
  const stat = read(`${path}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // utime, stime, cutime, cstime: the 14th to 17th field of the line, the command's name being the second.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * millisecondsPerTick, 0)
}

/** Processor time of a process with one thread, to the nanosecond but without its children; 0 where it is gone. */
export function preciseCpuMsOf(pid: number): number {
  return Number(read(`/proc/${pid}/schedstat`).split(' ')[0]) / 1_000_000
}

/** Memory that belongs to this process alone (roughly: resident, not shared), and its number inside its own namespace. */
export function privateMemoryOf(pid: number): { bytes: number; innerPid: number } {
  const status = read(`/proc/${pid}/status`)
  const kilobytes = Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0)
  const innerPid = Number(/^NSpid:.*?(\d+)\s*$/m.exec(status)?.[1] ?? pid)
  return { bytes: kilobytes * 1024, innerPid }
}

/** Bytes taken in a file system of the pod's own; 0 where it is gone. */
export async function usedBytes(path: string): Promise<number> {
  const found = await statfs(path).catch(() => null)
  return found === null ? 0 : (found.blocks - found.bfree) * found.bsize
}
