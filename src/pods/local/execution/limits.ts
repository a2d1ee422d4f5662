/** The limits that one process of a box has and hands on to those that it starts, beside the sums that are watched. */
import type { ExecutionLimits } from '../../execution.ts'

/** Set by the shell in the box, as `ulimit` knows them. */
export interface ProcessLimits {
  cpuSeconds: number
  fileBytes: number
  openFiles: number
  /** Of the whole box: the kernel counts by user and user namespace. Threads count. */
  processes: number
  /** Null: not bounded. */
  addressBytes: number | null
}

/** The kernel counts whole seconds; the sum of all processes is watched more closely. */
const cpuSlackSeconds = 1
/** The shell that waits in the box counts too, and one more is let through: who has it went too far, and that is seen. */
const extraProcesses = 2
/** Programs map more than they use; the sum of what they use is watched anyway. */
const addressSlackBytes = 128 * 1024 * 1024

/** What each process of a job may take. */
export function processLimits(limits: ExecutionLimits, boundsAddressSpace: boolean): ProcessLimits {
  return {
    cpuSeconds: Math.ceil(limits.cpuMs / 1000) + cpuSlackSeconds,
    fileBytes: limits.fileBytesMax,
    openFiles: limits.openFilesMax,
    processes: limits.processesMax + extraProcesses,
    addressBytes: boundsAddressSpace ? limits.memoryBytesMax + addressSlackBytes : null,
  }
}

/** A warm program has used some processor time before its job comes. */
const warmCpuSeconds = 5

/** What each process of a box with a warm program may take: the most that a job may, and what warming took. */
export function warmLimits(limits: ExecutionLimits, boundsAddressSpace: boolean): ProcessLimits {
  const bounds = processLimits(limits, boundsAddressSpace)
  return { ...bounds, cpuSeconds: bounds.cpuSeconds + warmCpuSeconds }
}

/** The options of `prlimit` that turn one set of limits into another; none where nothing differs. */
export function prlimitOptions(from: ProcessLimits, to: ProcessLimits): string[] {
  const options: [string, number | null, number | null][] = [
    ['fsize', from.fileBytes, to.fileBytes],
    ['nofile', from.openFiles, to.openFiles],
    ['nproc', from.processes, to.processes],
    ['as', from.addressBytes, to.addressBytes],
  ]
  return options.filter(([, before, after]) => before !== after).map(([name, , after]) => `--${name}=${after}`)
}
