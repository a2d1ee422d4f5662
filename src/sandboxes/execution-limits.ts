/** What a program may take: the settings' defaults, over them what its language says, over that what its exercise says. */
import type { Config } from '../config.ts'
import type { ExecutionLimits } from '../pods/execution.ts'
import { requirePositive } from '../pods/positive.ts'

/** The defaults that the settings say. */
export function configuredLimits(config: Config): ExecutionLimits {
  return {
    wallMs: config.codeTimeoutMs,
    cpuMs: config.codeCpuMs,
    memoryBytesMax: config.codeMemoryBytes,
    processesMax: config.codeProcessesMax,
    openFilesMax: config.codeOpenFilesMax,
    fileBytesMax: config.codeFileBytes,
    diskBytesMax: config.codeDiskBytes,
    filesMax: config.codeFilesMax,
    outputBytesMax: config.codeOutputBytes,
  }
}

/**
 * The defaults with what is said closer to the program, the closest last. Who allows more time allows the processor as
 * much unless told otherwise. Throws `Failure('invalid')` for a number that is no limit: nothing means "unlimited".
 */
export function limitsWithin(
  defaults: ExecutionLimits,
  ...closer: readonly Partial<ExecutionLimits>[]
): ExecutionLimits {
  const limits = { ...defaults }
  for (const said of closer) {
    if (said.wallMs !== undefined) limits.cpuMs = Math.max(limits.cpuMs, said.wallMs)
    Object.assign(limits, said)
  }
  requirePositive(limits)
  return limits
}

/** The part of the memory for sandboxes that is set aside for programs: a quarter, and room for two of them where half suffices. */
export function codeMemoryBudget({ memoryBudgetBytes, codeMemoryBytes }: Config): number {
  return Math.floor(Math.max(memoryBudgetBytes / 4, Math.min(memoryBudgetBytes / 2, 2 * codeMemoryBytes)))
}
