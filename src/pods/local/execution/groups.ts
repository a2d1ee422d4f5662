/**
 * Control groups: where the kernel lets Podium make them, it counts and bounds what a box takes exactly, memory that
 * belongs to no process included. Version 2 wants a delegated part of the tree (`Delegate=` and `DelegateSubgroup=podium`
 * in a systemd unit); version 1 wants root. Elsewhere boxes are watched without.
 */
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { kill } from 'node:process'
import type { ExecutionLimits } from '../../execution.ts'

/** What the kernel counted of a box since its job began. Null: it does not count that here. */
export interface GroupReading {
  memoryBytes: number
  memoryBytesPeak: number | null
  /** Whether it had to kill for memory. */
  isOutOfMemory: boolean
  /** Whether it refused a process. */
  isOutOfProcesses: boolean
  cpuMs: number | null
}

/** The limits that a group keeps. */
export type GroupLimits = Pick<ExecutionLimits, 'memoryBytesMax' | 'processesMax'>

/** The control group of one box. */
export interface BoxGroup {
  /** Puts processes into it. They must have nothing to fork while this goes on. */
  admit(pids: readonly number[]): void
  limit(limits: GroupLimits): void
  read(): GroupReading | null
  /** Removes it; its processes must be gone. */
  remove(): Promise<void>
}

/** Where boxes get their groups. */
export interface GroupTree {
  create(id: string): BoxGroup
  /** Ends what lives in groups of boxes that are not among these, and removes them; returns how many there were. */
  reap(ownIds: ReadonlySet<string>): Promise<number>
  /** Removes what it made for itself. */
  close(): void
}

/** The shell that waits in a box is in its group too. */
const ownProcesses = 1
const removalTries = 50
const probeBytes = 64 * 1024 * 1024
const removalPauseMs = 4

/** The parts of one version. A box has one directory for each of them. */
interface Version {
  /** Directories of this Podium's groups; several in version 1, one in version 2. */
  memory: string
  pids: string
  cpu: string | null
  limit(path: Record<'memory' | 'pids', string>, limits: GroupLimits): void
  read(path: Record<'memory' | 'pids', string> & { cpu: string | null }): GroupReading
}

/** What the kernel says about groups and this program: `/proc/self/mountinfo` and `/proc/self/cgroup`. */
export interface GroupFacts {
  mounts: string
  own: string
}

/** Finds a place for groups and tries it. Null where there is none. `name`: the same for every start of this Podium. */
export function findGroups(name: string, facts: GroupFacts = readFacts()): GroupTree | null {
  for (const find of [findSecondVersion, findFirstVersion]) {
    try {
      const version = find(name, facts)
      if (version && works(version)) return new Tree(version)
    } catch {
      // Not ours to use.
    }
  }
  return null
}

function readFacts(): GroupFacts {
  const read = (name: string) => quietly(() => readFileSync(`/proc/self/${name}`, 'utf8')) ?? ''
  return { mounts: read('mountinfo'), own: read('cgroup') }
}

class Tree implements GroupTree {
  private readonly version: Version

  constructor(version: Version) {
    this.version = version
  }

  create(id: string): BoxGroup {
    const { version } = this
    const path = pathsOf(version, id)
    const directories = directoriesOf(version).map((directory) => join(directory, id))
    for (const directory of directories) mkdirSync(directory)
    return {
      admit: (pids) => {
        for (const directory of directories)
          for (const pid of pids) writeFileSync(join(directory, 'cgroup.procs'), String(pid))
      },
      limit: (limits) => version.limit(path, limits),
      read: () => quietly(() => version.read(path)),
      remove: () => removeAll(directories),
    }
  }

  async reap(ownIds: ReadonlySet<string>): Promise<number> {
    const [first = ''] = directoriesOf(this.version)
    const ids = groupNames(first).filter((id) => !ownIds.has(id))
    for (const id of ids) {
      const directories = directoriesOf(this.version).map((directory) => join(directory, id))
      for (const pid of directories.flatMap(membersOf)) quietly(() => kill(pid, 'SIGKILL'))
      await removeAll(directories)
    }
    return ids.length
  }

  close(): void {
    for (const directory of directoriesOf(this.version)) quietly(() => rmdirSync(directory))
  }
}

function directoriesOf({ memory, pids, cpu }: Version): string[] {
  return [...new Set([memory, pids, cpu])].filter((path) => path !== null)
}

function pathsOf({ memory, pids, cpu }: Version, id: string) {
  return { memory: join(memory, id), pids: join(pids, id), cpu: cpu === null ? null : join(cpu, id) }
}

/** Makes one, bounds it and reads it. */
function works(version: Version): boolean {
  const path = pathsOf(version, 'probe')
  const directories = directoriesOf(version).map((directory) => join(directory, 'probe'))
  for (const directory of directories) mkdirSync(directory, { recursive: true })
  try {
    version.limit(path, { memoryBytesMax: probeBytes, processesMax: 10 })
    return version.read(path).memoryBytes >= 0
  } finally {
    for (const directory of directories) quietly(() => rmdirSync(directory))
  }
}

/** One tree for everything. Groups hang below this program's own, or beside it where that is called `podium`. */
function findSecondVersion(name: string, { mounts, own: ownText }: GroupFacts): Version | null {
  const mount = mountsOf(mounts).find(({ type }) => type === 'cgroup2')
  const own = /^0::(.*)$/m.exec(ownText)?.[1]
  if (!mount || own === undefined) return null
  const place = join(mount.path, own)
  const parent = basename(place) === 'podium' ? dirname(place) : place
  writeFileSync(join(parent, 'cgroup.subtree_control'), '+memory +pids')
  const base = join(parent, `boxes-${name}`)
  mkdirSync(base, { recursive: true })
  writeFileSync(join(base, 'cgroup.subtree_control'), '+memory +pids')
  return { memory: base, pids: base, cpu: base, ...secondVersion }
}

const secondVersion: Pick<Version, 'limit' | 'read'> = {
  limit: ({ memory, pids }, { memoryBytesMax, processesMax }) => {
    writeFileSync(join(memory, 'memory.max'), String(memoryBytesMax))
    quietly(() => writeFileSync(join(memory, 'memory.swap.max'), '0'))
    writeFileSync(join(pids, 'pids.max'), String(processesMax + ownProcesses))
  },
  read: ({ memory, pids, cpu }) => ({
    memoryBytes: numberIn(join(memory, 'memory.current')),
    memoryBytesPeak: quietly(() => numberIn(join(memory, 'memory.peak'))),
    isOutOfMemory: fieldIn(join(memory, 'memory.events'), 'oom_kill') > 0,
    isOutOfProcesses: fieldIn(join(pids, 'pids.events'), 'max') > 0,
    cpuMs: cpu === null ? null : fieldIn(join(cpu, 'cpu.stat'), 'usage_usec') / 1000,
  }),
}

/**
 * A tree for each resource, on older systems and some containers. Groups are at the top: a box that meets its limit is
 * then never a reason to kill something of Podium's own service.
 */
function findFirstVersion(name: string, { mounts }: GroupFacts): Version | null {
  const found = mountsOf(mounts).filter(({ type }) => type === 'cgroup')
  const at = (controller: string) => {
    const path = found.find(({ options }) => options.includes(controller))?.path
    return path === undefined ? null : join(path, `podium-${name}`)
  }
  const [memory, pids, cpu] = [at('memory'), at('pids'), at('cpuacct')]
  if (memory === null || pids === null) return null
  for (const path of [memory, pids, ...(cpu === null ? [] : [cpu])]) mkdirSync(path, { recursive: true })
  return { memory, pids, cpu, ...firstVersion }
}

const firstVersion: Pick<Version, 'limit' | 'read'> = {
  limit: ({ memory, pids }, { memoryBytesMax, processesMax }) => {
    writeFileSync(join(memory, 'memory.limit_in_bytes'), String(memoryBytesMax))
    quietly(() => writeFileSync(join(memory, 'memory.memsw.limit_in_bytes'), String(memoryBytesMax)))
    writeFileSync(join(pids, 'pids.max'), String(processesMax + ownProcesses))
  },
  read: ({ memory, pids, cpu }) => ({
    memoryBytes: numberIn(join(memory, 'memory.usage_in_bytes')),
    memoryBytesPeak: numberIn(join(memory, 'memory.max_usage_in_bytes')),
    isOutOfMemory: fieldIn(join(memory, 'memory.oom_control'), 'oom_kill') > 0,
    isOutOfProcesses: fieldIn(join(pids, 'pids.events'), 'max') > 0,
    cpuMs: cpu === null ? null : numberIn(join(cpu, 'cpuacct.usage')) / 1_000_000,
  }),
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

function groupNames(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}

function membersOf(directory: string): number[] {
  const text = quietly(() => readFileSync(join(directory, 'cgroup.procs'), 'utf8')) ?? ''
  return text.split('\n').filter(Boolean).map(Number)
}

/** A group that the kernel still holds is tried again for a moment. */
async function removeAll(directories: readonly string[]): Promise<void> {
  for (const directory of directories) {
    for (let tries = 0; tries < removalTries && !remove(directory); tries += 1) await Bun.sleep(removalPauseMs)
  }
}

function remove(directory: string): boolean {
  try {
    rmdirSync(directory)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
  }
}

function numberIn(path: string): number {
  return Number(readFileSync(path, 'utf8').trim())
}

function fieldIn(path: string, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(readFileSync(path, 'utf8'))?.[1] ?? 0)
}

function quietly<T>(body: () => T): T | null {
  try {
    return body()
  } catch {
    return null
  }
}
