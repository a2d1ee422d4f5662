/** Watches a box while its job runs. What the kernel enforces by itself it only takes note of; the sums it enforces. */
import type { ExecutionLimits, LimitName } from '../../execution.ts'
import { readBox, sharedOnceBytes } from './gauge.ts'

/** How often a running box is looked at. Memory fills at about 400 MB a second at most. */
const intervalMs = 40
const firstLookMs = 20

/** What has been seen of a job. */
export interface Watch {
  readonly cpuMs: number
  readonly memoryBytesPeak: number
  stop(): void
}

/** Watches the box with this first process. `onLimit` is told the first limit that is met. */
export function startWatch(initPid: number, limits: ExecutionLimits, onLimit: (name: LimitName) => void): Watch {
  const seen = { cpuMs: 0, memoryBytesPeak: 0 }
  let isOver = false
  let isCounting = false
  const look = async () => {
    const reading = isCounting || isOver ? null : readBox(initPid)
    if (reading === null) return
    seen.cpuMs = Math.max(seen.cpuMs, reading.cpuMs)
    let { memoryBytes } = reading
    if (memoryBytes > limits.memoryBytesMax) {
      isCounting = true
      memoryBytes = (await sharedOnceBytes(initPid)) ?? 0
      isCounting = false
    }
    seen.memoryBytesPeak = Math.max(seen.memoryBytesPeak, memoryBytes)
    const met = limitMet({ ...reading, memoryBytes }, limits)
    if (met && !isOver) onLimit(met)
  }
  const first = setTimeout(look, firstLookMs)
  const timer = setInterval(look, intervalMs)
  return {
    get cpuMs() {
      return seen.cpuMs
    },
    get memoryBytesPeak() {
      return seen.memoryBytesPeak
    },
    stop: () => {
      isOver = true
      clearTimeout(first)
      clearInterval(timer)
    },
  }
}

function limitMet(reading: NonNullable<ReturnType<typeof readBox>>, limits: ExecutionLimits): LimitName | null {
  if (reading.cpuMs >= limits.cpuMs) return 'cpuMs'
  if (reading.memoryBytes > limits.memoryBytesMax) return 'memoryBytesMax'
  if (reading.files > limits.filesMax) return 'filesMax'
  if (reading.isDiskFull || reading.diskBytes > limits.diskBytesMax) return 'diskBytesMax'
  if (reading.processes > limits.processesMax) return 'processesMax'
  return null
}
