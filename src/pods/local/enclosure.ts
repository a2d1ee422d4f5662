/**
 * The control groups of servers of one's own. Their superusers can run any program in the box, and programs have ways to
 * keep memory that belongs to no process alone: the watchdog does not see it, the kernel does.
 */
import type { PodLimits } from '../driver.ts'
import type { BoxGroup, GroupTree } from './execution/groups.ts'
import { processTree } from './usage.ts'

/** The write-ahead log in memory, the server's shared buffers, and what the kernel keeps for connections. */
const extraBytes = 192 * 1024 * 1024

/** A server that has started. */
export interface Enclosed {
  /** The pod's. */
  id: string
  /** Of bubblewrap's own process, which stays outside. */
  pid: number
  limits: PodLimits
  processesMax: number
}

/** The groups of one driver; without a tree everything here does nothing. */
export class Enclosures {
  private readonly tree: GroupTree | null
  /** From before a group is made until it is removed. */
  private readonly groups = new Map<string, BoxGroup | null>()

  constructor(tree: GroupTree | null) {
    this.tree = tree
  }

  /** Puts a server into a group of its own; its data in memory counts there. Throws where that does not work. */
  async add({ id, pid, limits, processesMax }: Enclosed): Promise<void> {
    if (!this.tree) return
    this.groups.set(id, null)
    try {
      const group = this.tree.create(id)
      this.groups.set(id, group)
      // The server refuses by a limit of its own, and says so; this is for what gets round that.
      const memoryBytesMax = limits.memoryBytesMax + limits.diskBytesMax + extraBytes
      group.limit({ memoryBytesMax, processesMax: 2 * processesMax })
      // Parents come first, so what is started meanwhile is either seen the second time or began inside.
      for (let times = 0; times < 2; times += 1) await group.admit(processTree(pid).slice(1))
    } catch (error) {
      await this.remove(id)
      throw error
    }
  }

  /** Removes the group of a pod whose processes are gone. Never rejects. */
  async remove(id: string): Promise<void> {
    await this.groups.get(id)?.remove()
    this.groups.delete(id)
  }

  /** Ends what an earlier program left in groups; returns how many there were. */
  async reap(): Promise<number> {
    return (await this.tree?.reap(new Set(this.groups.keys()))) ?? 0
  }

  close(): void {
    this.tree?.close()
  }
}
