/** The two versions of control groups: where their trees are, and the names that limits and counts have in them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ExecutionLimits } from '../../execution.ts'

/** What the kernel counted of a box since its job began. Null: it does not count that here. */
export interface GroupReading {
  memoryBytes: number
  memoryBytesPeak: number | null
  /** Whether it had to kill for its own limit of memory. */
  isOutOfMemory: boolean
  /** Whether the machine, or a group above, had to kill in it for memory: its job has not taken too much. */
  isStarved: boolean
  /** Whether it refused a process. */
  isOutOfProcesses: boolean
  cpuMs: number | null
}

/** The limits that a group keeps. */
export type GroupLimits = Pick<ExecutionLimits, 'memoryBytesMax' | 'processesMax'>

/** The shell that waits in a box is in its group too. */
const ownProcesses = 1

/** The parts of one version. A box has one directory for each of them. */
export interface GroupVersion {
  /** Directories of this Podium's groups; several in version 1, one in version 2. */
  memory: string
  pids: string
  cpu: string | null
  /** Where processor time is divided, between boxes evenly however many processes they have; null: nowhere. */
  share: string | null
  limit(path: Record<'memory' | 'pids', string>, limits: GroupLimits): void
  read(path: Record<'memory' | 'pids', string> & { cpu: string | null }): GroupReading
}

/** What the kernel says about groups and this program: `/proc/self/mountinfo` and `/proc/self/cgroup`. */
export interface GroupFacts {
  mounts: string
  own: string
}

/**
 * One tree for everything. Groups hang below this program's own, whose processes have to live in a group of their own for
 * that: `podium`, which systemd makes by `DelegateSubgroup=podium`, or which is made here where nobody else lives there.
 */
export function findSecondVersion(name: string, { mounts, own: ownText }: GroupFacts): GroupVersion | null {
  const mount = mountsOf(mounts).find(({ type }) => type === 'cgroup2')
  const own = /^0::(.*)$/m.exec(ownText)?.[1]
  if (!mount || own === undefined) return null
  const place = join(mount.path, own)
  const parent = basename(place) === 'podium' ? dirname(place) : place
  try {
    enable(parent)
  } catch {
    moveOwnProcesses(parent)
    enable(parent)
  }
  const base = join(parent, `boxes-${name}`)
  mkdirSync(base, { recursive: true })
  enable(base)
  const share = existsSync(join(base, 'cpu.weight')) ? base : null
  return { memory: base, pids: base, cpu: base, share, ...secondVersion }
}

/** Processor time is divided only where that was delegated as well. */
function enable(directory: string): void {
  quietly(() => writeFileSync(join(directory, 'cgroup.subtree_control'), '+cpu'))
  writeFileSync(join(directory, 'cgroup.subtree_control'), '+memory +pids')
}

/** Throws where a process lives there that is not this program's or a child of it: that is somebody else's group. */
function moveOwnProcesses(directory: string): void {
  const pids = membersOf(directory)
  if (pids.length === 0 || !pids.every(isOwn)) throw new Error('Others live in this control group')
  const room = join(directory, 'podium')
  mkdirSync(room, { recursive: true })
  for (const pid of pids) writeFileSync(join(room, 'cgroup.procs'), String(pid))
}

function isOwn(pid: number): boolean {
  if (pid === process.pid) return true
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? ''
  const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)
  return parent > 1 ? isOwn(parent) : parent === process.pid
}

const secondVersion: Pick<GroupVersion, 'limit' | 'read'> = {
  limit: ({ memory, pids }, { memoryBytesMax, processesMax }) => {
    writeFileSync(join(memory, 'memory.max'), String(memoryBytesMax))
    quietly(() => writeFileSync(join(memory, 'memory.swap.max'), '0'))
    writeFileSync(join(pids, 'pids.max'), String(processesMax + ownProcesses))
  },
  read: ({ memory, pids, cpu }) => ({
    memoryBytes: numberIn(join(memory, 'memory.current')),
    memoryBytesPeak: quietly(() => numberIn(join(memory, 'memory.peak'))),
    ...whoseKill({
      kills: fieldIn(join(memory, 'memory.events'), 'oom_kill'),
      isFull: fieldIn(join(memory, 'memory.events'), 'oom') > 0,
    }),
    isOutOfProcesses: fieldIn(join(pids, 'pids.events'), 'max') > 0,
    cpuMs: cpu === null ? null : fieldIn(join(cpu, 'cpu.stat'), 'usage_usec') / 1000,
  }),
}

/**
 * A tree for each resource, on older systems and some containers. Groups are at the top: a box that meets its limit is
 * then never a reason to kill something of Podium's own service.
 */
export function findFirstVersion(name: string, { mounts }: GroupFacts): GroupVersion | null {
  const found = mountsOf(mounts).filter(({ type }) => type === 'cgroup')
  const at = (controller: string) => {
    const path = found.find(({ options }) => options.includes(controller))?.path
    return path === undefined ? null : join(path, `podium-${name}`)
  }
  const [memory, pids, cpu, share] = [at('memory'), at('pids'), at('cpuacct'), at('cpu')]
  if (memory === null || pids === null) return null
  for (const path of [memory, pids, cpu, share]) if (path !== null) mkdirSync(path, { recursive: true })
  return { memory, pids, cpu, share, ...firstVersion }
}

const firstVersion: Pick<GroupVersion, 'limit' | 'read'> = {
  limit: ({ memory, pids }, { memoryBytesMax, processesMax }) => {
    writeFileSync(join(memory, 'memory.limit_in_bytes'), String(memoryBytesMax))
    quietly(() => writeFileSync(join(memory, 'memory.memsw.limit_in_bytes'), String(memoryBytesMax)))
    writeFileSync(join(pids, 'pids.max'), String(processesMax + ownProcesses))
  },
  read: ({ memory, pids, cpu }) => ({
    memoryBytes: numberIn(join(memory, 'memory.usage_in_bytes')),
    memoryBytesPeak: numberIn(join(memory, 'memory.max_usage_in_bytes')),
    ...whoseKill({
      kills: fieldIn(join(memory, 'memory.oom_control'), 'oom_kill'),
      isFull: isFull(memory),
    }),
    isOutOfProcesses: fieldIn(join(pids, 'pids.events'), 'max') > 0,
    cpuMs: cpu === null ? null : numberIn(join(cpu, 'cpuacct.usage')) / 1_000_000,
  }),
}

/** Two large pages. */
const chargedAheadBytes = 4 * 1024 * 1024

/** Version 1 counts no such events: a group that was killed for its own limit was full, but for what is charged ahead. */
function isFull(memory: string): boolean {
  const limit = numberIn(join(memory, 'memory.limit_in_bytes'))
  const full = Math.min(limit * 0.9, limit - chargedAheadBytes)
  return numberIn(join(memory, 'memory.max_usage_in_bytes')) >= full
}

/** The kernel counts kills in a group whoever had too little memory. */
function whoseKill({ kills, isFull }: { kills: number; isFull: boolean }) {
  return { isOutOfMemory: kills > 0 && isFull, isStarved: kills > 0 && !isFull }
}

interface Mount {
  path: string
  type: string
  options: readonly string[]
}

/** Where group trees are mounted. */
function mountsOf(mounts: string): Mount[] {
  return mounts.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ')
    const [type = '', , options = ''] = after.split(' ')
    const path = before.split(' ')[4]
    return path !== undefined && type.startsWith('cgroup') ? [{ path, type, options: options.split(',') }] : []
  })
}

/** Processes in a group; none where it is gone. */
export function membersOf(directory: string): number[] {
  const text = quietly(() => readFileSync(join(directory, 'cgroup.procs'), 'utf8')) ?? ''
  return text.split('\n').filter(Boolean).map(Number)
}

function numberIn(path: string): number {
  return Number(readFileSync(path, 'utf8').trim())
}

function fieldIn(path: string, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(readFileSync(path, 'utf8'))?.[1] ?? 0)
}

/** What `body` returns; null where it throws. */
export function quietly<T>(body: () => T): T | null {
  try {
    return body()
  } catch {
    return null
  }
}
