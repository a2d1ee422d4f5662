/**
 * Control groups: where the kernel lets Podium make them, it counts and bounds what a box takes exactly, memory that
 * belongs to no process included. Version 2 wants a delegated part of the tree (`Delegate=` and `DelegateSubgroup=podium`
 * in a systemd unit); version 1 wants root. Elsewhere boxes are watched without.
 */
import { mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { kill } from 'node:process'
import {
  findFirstVersion,
  findSecondVersion,
  type GroupFacts,
  type GroupLimits,
  type GroupReading,
  type GroupVersion,
  membersOf,
  quietly,
} from './group-versions.ts'

/** The control group of one box. */
export interface BoxGroup {
  /** Whether processor time is counted; where version 1 has no `cpuacct`, it is not. */
  readonly countsCpu: boolean
  /** Puts processes into it. They must have nothing to fork while this goes on. */
  admit(pids: readonly number[]): Promise<void>
  limit(limits: GroupLimits): void
  read(): GroupReading | null
  /** Removes it; its processes must be gone. */
  remove(): Promise<void>
}

/** Where boxes get their groups. */
export interface GroupTree {
  /**
   * Tells the kernel ahead of time that a process will be put into a group: it waits for all of its processors the first
   * time, and that may as well be while the box starts. Never rejects.
   */
  announce(pid: number): Promise<void>
  create(id: string): BoxGroup
  /** Whether boxes have even parts of the processor, however many processes they have. */
  readonly dividesCpu: boolean
  /** Ends what lives in groups of boxes that are not among these, and removes them; returns how many there were. */
  reap(ownIds: ReadonlySet<string>): Promise<number>
  /** Removes what it made for itself. */
  close(): void
}

/** A group for bubblewrap's own processes outside of boxes. */
const starting = 'starting'
const removalTries = 50
/** The dead of a killed Podium are buried by somebody else, in their own time. */
const reapingTries = 500
const probeBytes = 64 * 1024 * 1024
const removalPauseMs = 4

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
  private readonly version: GroupVersion

  constructor(version: GroupVersion) {
    this.version = version
  }

  get dividesCpu(): boolean {
    return this.version.share !== null
  }

  async announce(pid: number): Promise<void> {
    const place = join(this.version.memory, starting)
    try {
      mkdirSync(place, { recursive: true })
      await writeFile(join(place, 'cgroup.procs'), String(pid))
    } catch {
      // It has ended; or it will just take longer.
    }
  }

  create(id: string): BoxGroup {
    const { version } = this
    const path = pathsOf(version, id)
    const directories = directoriesOf(version).map((directory) => join(directory, id))
    // What holds them may have been cleared away as empty meanwhile.
    for (const directory of directories) mkdirSync(directory, { recursive: true })
    return {
      countsCpu: version.cpu !== null,
      admit: async (pids) => {
        // The kernel may wait ten milliseconds for all of its processors here: not on the main thread.
        for (const directory of directories)
          for (const pid of pids) await writeFile(join(directory, 'cgroup.procs'), String(pid)).catch(throwUnlessGone)
      },
      limit: (limits) => version.limit(path, limits),
      read: () => quietly(() => version.read(path)),
      remove: () => removeAll(directories),
    }
  }

  async reap(ownIds: ReadonlySet<string>): Promise<number> {
    // Whoever was killed in the middle of making or removing one has left it in some of the trees only.
    const trees = directoriesOf(this.version)
    const ids = new Set(trees.flatMap((tree) => quietly(() => groupNames(tree)) ?? []))
    const left = [...ids].filter((id) => id !== starting && !ownIds.has(id))
    for (const id of left) {
      const directories = trees.map((directory) => join(directory, id))
      for (const pid of directories.flatMap(membersOf)) quietly(() => kill(pid, 'SIGKILL'))
      await removeAll(directories, reapingTries)
    }
    return left.length
  }

  close(): void {
    const directories = directoriesOf(this.version)
    for (const directory of [join(this.version.memory, starting), ...directories]) quietly(() => rmdirSync(directory))
  }
}

/** A process that has ended needs no group. */
function throwUnlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
}

function directoriesOf({ memory, pids, cpu, share }: GroupVersion): string[] {
  return [...new Set([memory, pids, cpu, share])].filter((path) => path !== null)
}

function pathsOf({ memory, pids, cpu }: GroupVersion, id: string) {
  return { memory: join(memory, id), pids: join(pids, id), cpu: cpu === null ? null : join(cpu, id) }
}

/** Makes one, bounds it and reads it. */
function works(version: GroupVersion): boolean {
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

function groupNames(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}

/** A group that the kernel still holds is tried again for a moment. */
async function removeAll(directories: readonly string[], triesMax = removalTries): Promise<void> {
  for (const directory of directories) {
    for (let tries = 0; tries < triesMax && !remove(directory); tries += 1) await Bun.sleep(removalPauseMs)
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
