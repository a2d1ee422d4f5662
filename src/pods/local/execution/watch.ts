/** Watches a box while its job runs. What the kernel enforces by itself it only takes note of; the sums it enforces. */
import type { ExecutionLimits, LimitName } from '../../execution.ts'
import { type DiskReading, readBox, readBoxDisk, sharedOnceBytes } from './gauge.ts'
import type { BoxGroup } from './groups.ts'

/** How often a running box is looked at. Memory fills at about 400 MB a second at most. */
const intervalMs = 40
/** Most jobs are over soon: without a control group an early look is all that tells what they took. */
const firstLooksMs = [4, 12, 24]
/** A program can make the kernel slow to count what it shares; then what it shares counts for each. */
const countingTimeoutMs = 1_000

/** A limit of the job, or `starved`: the machine itself had too little memory, which is no fault of the job. */
export type Met = LimitName | 'starved'

/** What has been seen of a job. */
export interface Watch {
  readonly cpuMs: number
  readonly memoryBytesPeak: number
  /** Looks once more where the kernel still knows, and returns the limit that was met unnoticed. */
  lastLook(): Met | null
  stop(): void
}

/** A box to be watched. */
export interface Watched {
  initPid: number
  group: BoxGroup | null
  /** What was held before the group began to count. */
  readyMemoryBytes: number
  limits: ExecutionLimits
}

/** Watches a box. `onLimit` is told the first limit that is met. */
export function startWatch(watched: Watched, onLimit: (met: Met) => void): Watch {
  const seen = { cpuMs: 0, memoryBytesPeak: 0 }
  let isOver = false
  let isLooking = false
  const look = async () => {
    if (isLooking || isOver) return
    isLooking = true
    const met = watched.group ? lookAtGroup(watched.group, watched, seen) : await lookAtProcesses(watched, seen)
    isLooking = false
    if (met && !isOver) onLimit(met)
  }
  const first = firstLooksMs.map((delayMs) => setTimeout(look, delayMs))
  const timer = setInterval(look, intervalMs)
  return {
    get cpuMs() {
      return seen.cpuMs
    },
    get memoryBytesPeak() {
      return peakOf(watched, seen.memoryBytesPeak)
    },
    lastLook: () => watched.group && lookAtGroup(watched.group, watched, seen),
    stop: () => {
      isOver = true
      for (const timeout of first) clearTimeout(timeout)
      clearInterval(timer)
    },
  }
}

/** What a warm program brought along is part of it, as far as nobody takes it for more than was allowed. */
function peakOf({ group, readyMemoryBytes, limits }: Watched, seenBytes: number): number {
  const all = group ? seenBytes + readyMemoryBytes : Math.max(seenBytes, readyMemoryBytes)
  return Math.max(seenBytes, Math.min(all, limits.memoryBytesMax))
}

interface Seen {
  cpuMs: number
  memoryBytesPeak: number
}

/** The kernel keeps memory and processes within their limits; it is asked what it had to refuse. */
function lookAtGroup(group: BoxGroup, { initPid, limits }: Watched, seen: Seen): Met | null {
  const reading = group.read()
  if (reading === null) return null
  seen.memoryBytesPeak = Math.max(seen.memoryBytesPeak, reading.memoryBytesPeak ?? reading.memoryBytes)
  seen.cpuMs = Math.max(seen.cpuMs, reading.cpuMs ?? readBox(initPid)?.cpuMs ?? 0)
  if (reading.isOutOfMemory) return 'memoryBytesMax'
  if (reading.isStarved) return 'starved'
  if (reading.isOutOfProcesses) return 'processesMax'
  if (seen.cpuMs >= limits.cpuMs) return 'cpuMs'
  const disk = readBoxDisk(initPid)
  return disk && diskLimitMet(disk, limits)
}

async function lookAtProcesses({ initPid, limits }: Watched, seen: Seen): Promise<LimitName | null> {
  const reading = readBox(initPid)
  if (reading === null) return null
  seen.cpuMs = Math.max(seen.cpuMs, reading.cpuMs)
  let { memoryBytes } = reading
  if (memoryBytes > limits.memoryBytesMax) {
    const late = Bun.sleep(countingTimeoutMs).then(() => reading.memoryBytes)
    memoryBytes = (await Promise.race([sharedOnceBytes(initPid), late])) ?? 0
  }
  seen.memoryBytesPeak = Math.max(seen.memoryBytesPeak, memoryBytes)
  if (memoryBytes > limits.memoryBytesMax) return 'memoryBytesMax'
  if (reading.processes > limits.processesMax) return 'processesMax'
  if (reading.cpuMs >= limits.cpuMs) return 'cpuMs'
  return diskLimitMet(reading, limits)
}

function diskLimitMet({ files, diskBytes, isDiskFull }: DiskReading, limits: ExecutionLimits): LimitName | null {
  if (files > limits.filesMax) return 'filesMax'
  return isDiskFull || diskBytes > limits.diskBytesMax ? 'diskBytesMax' : null
}
