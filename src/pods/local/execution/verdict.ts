/** Says how a job ended from what was seen: which limit, which signal, which code. */
import { constants } from 'node:os'
import { limitNamedIn } from '../../complaints.ts'
import type { ExecutionEnd, ExecutionLimits, ExecutionResult, LimitName } from '../../execution.ts'

/** How a job came to its end, as its box saw it. */
export interface Ending {
  end: ExecutionEnd
  exitCode: number | null
  signal: string | null
  limit: ExecutionResult['limit']
}

/** A job that was ended for a limit. */
export function endedBy(name: LimitName, limits: ExecutionLimits): Ending {
  return { end: 'limit', exitCode: null, signal: null, limit: { name, value: limits[name] } }
}

/** A job that was cancelled, or whose box went away. */
export function endedWithout(end: 'cancelled' | 'lost'): Ending {
  return { end, exitCode: null, signal: null, limit: null }
}

/** What a finished job left to judge by. */
export interface Finish {
  /** As a shell gives it: 128 and the signal's number where a signal ended it. */
  code: number
  cpuMs: number
  /** Whether packing the workspace is part of `cpuMs`. */
  isPacked: boolean
  stderr: Uint8Array
}

/** More than packing takes, and no more than a process has over its limit before the kernel kills it. */
const packingCpuMs = 1_000

/**
 * A job that came to an end by itself. Codes above 128 are signals, as everywhere where shells are. A program that dies of
 * what a limit refused it mostly says so in the words of the system: that is believed, for it only ever names the reason of
 * a failure.
 */
export function ended({ code, cpuMs, isPacked, stderr }: Finish, limits: ExecutionLimits): Ending {
  const signal = signalOf(code)
  if (signal === 'SIGXFSZ') return endedBy('fileBytesMax', limits)
  if (signal === 'SIGXCPU' || (signal === 'SIGKILL' && cpuMs >= limits.cpuMs)) return endedBy('cpuMs', limits)
  // The kernel may have killed a child for it, of which whoever waited for that child makes what it likes.
  if (cpuMs >= limits.cpuMs + (isPacked ? packingCpuMs : 0)) return endedBy('cpuMs', limits)
  const named = code === 0 ? null : complainedOf(stderr)
  if (named) return endedBy(named, limits)
  if (signal) return { end: 'signalled', exitCode: null, signal, limit: null }
  return { end: 'exited', exitCode: code, signal: null, limit: null }
}

const lastWordsBytes = 4096

function complainedOf(stderr: Uint8Array): LimitName | null {
  return limitNamedIn(new TextDecoder().decode(stderr.subarray(-lastWordsBytes)))
}

function signalOf(code: number): string | null {
  const number = code - 128
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? null
}
