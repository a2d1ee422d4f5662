/** Items about memory: what sandboxes may take, and whether the machine has it. */
import { accessSync, constants } from 'node:fs'
import type { Config } from '../../config.ts'
import { type Finding, mend, ok, readableBytes, readText, weaker } from './finding.ts'

/** What the program itself needs beside its sandboxes, control plane included. */
const programBytes = 384 * 1024 ** 2

/** What bounds memory here: the group limit of a container or service, null where there is none. */
export interface MemoryGroup {
  version: 1 | 2
  limitBytes: number | null
  isWritable: boolean
}

/** Whether a group limit bounds Podium and all its servers together, and leaves room for the sandboxes' budget. */
export function checkMemoryLimits(
  { memoryBudgetBytes }: Pick<Config, 'memoryBudgetBytes'>,
  group: MemoryGroup | null = readMemoryGroup(),
): Finding {
  const item = 'memory limits'
  const each = 'each server process by its address space'
  if (group === null) return ok(item, `${each}; no memory control group`)
  const which = `control group v${group.version}${group.isWritable ? ', writable' : ''}`
  if (group.limitBytes === null) return ok(item, `${each}; no limit over all of Podium (${which})`)
  const found = `${each}; ${readableBytes(group.limitBytes)} over all of Podium (${which})`
  if (group.limitBytes >= memoryBudgetBytes + programBytes) return ok(item, found)
  return weaker(
    item,
    found,
    `Sandboxes may take ${readableBytes(memoryBudgetBytes)}: with many people the kernel ends servers before Podium refuses.`,
    [mend(`raise the limit, or set PODIUM_MEMORY_BUDGET to at most half of it`)],
  )
}

/** Whether there is memory for what sandboxes may take: their processes, and their data, which lies in memory too. */
export function checkMemoryRoom(
  { memoryBudgetBytes }: Pick<Config, 'memoryBudgetBytes'>,
  meminfo = readText('/proc/meminfo'),
): Finding {
  const item = 'memory room'
  const kilobytes = /^MemAvailable: +(\d+) kB/m.exec(meminfo ?? '')?.[1]
  if (kilobytes === undefined) return weaker(item, 'not readable', 'Podium cannot tell how many sandboxes fit.')
  const available = Number(kilobytes) * 1024
  const found = `${readableBytes(available)} free, sandboxes may take ${readableBytes(memoryBudgetBytes)}`
  if (available >= memoryBudgetBytes) return ok(item, found)
  return weaker(item, found, 'With many people at once the machine runs out before Podium refuses.', [
    mend('stop other programs, or set PODIUM_MEMORY_BUDGET lower'),
  ])
}

/** Finds this process's memory control group, version 2 or 1. */
export function readMemoryGroup(read: (path: string) => string | null = readText): MemoryGroup | null {
  const groups = read('/proc/self/cgroup') ?? ''
  const [, path1] = /^\d+:(?:[\w,]+,)?memory(?:,[\w,]+)?:(.*)$/m.exec(groups) ?? []
  const [, path2] = /^0::(.*)$/m.exec(groups) ?? []
  if (path1 !== undefined) return readGroup(1, '/sys/fs/cgroup/memory', path1, 'memory.limit_in_bytes', read)
  if (path2 !== undefined) return readGroup(2, '/sys/fs/cgroup', path2, 'memory.max', read)
  return null
}

function readGroup(
  version: 1 | 2,
  root: string,
  path: string,
  file: string,
  read: (path: string) => string | null,
): MemoryGroup | null {
  // In a container the path is often that of the host, and the group is mounted at the root.
  const directory = read(`${root}${path}/${file}`) === null ? root : `${root}${path}`.replace(/\/$/, '')
  const text = read(`${directory}/${file}`)?.trim()
  if (text === undefined) return version === 2 ? { version, limitBytes: null, isWritable: false } : null
  const bytes = Number(text)
  // Version 1 writes "no limit" as the largest number of pages.
  const limitBytes = Number.isFinite(bytes) && bytes < 2 ** 60 ? bytes : null
  return { version, limitBytes, isWritable: isWritable(directory) }
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK)
    return true
  } catch {
    return false
  }
}
