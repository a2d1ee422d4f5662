/** Says how a job ended from what was seen: which limit, which signal, which code. */
import { constants } from 'node:os'
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
  stderr: Uint8Array
}

/**
 * A job that came to an end by itself. Codes above 128 are signals, as everywhere where shells are. A program that dies of
 * what a limit refused it mostly says so in the words of the system: that is believed, for it only ever names the reason of
 * a failure.
 */
export function ended({ code, cpuMs, stderr }: Finish, limits: ExecutionLimits): Ending {
  const signal = signalOf(code)
  if (signal === 'SIGXFSZ') return endedBy('fileBytesMax', limits)
  if (signal === 'SIGXCPU' || (signal === 'SIGKILL' && cpuMs >= limits.cpuMs)) return endedBy('cpuMs', limits)
  const named = code === 0 ? null : complainedOf(stderr)
  if (named) return endedBy(named, limits)
  if (signal) return { end: 'signalled', exitCode: null, signal, limit: null }
  return { end: 'exited', exitCode: code, signal: null, limit: null }
}

const lastWordsBytes = 4096
/** What programs and the C library say when the kernel refuses them something. */
const complaints: readonly [LimitName, RegExp][] = [
  ['openFilesMax', /Too many open files|EMFILE/i],
  ['fileBytesMax', /File too large|EFBIG/],
  ['diskBytesMax', /No space left on device|ENOSPC/],
  [
    'processesMax',
    /Cannot fork|Resource temporarily unavailable|can't start new thread|fork: retry|EAGAIN|pthread_create failed/,
  ],
  ['memoryBytesMax', /\bMemoryError\b|Cannot allocate memory|heap out of memory|std::bad_alloc|out of memory|ENOMEM/i],
]

function complainedOf(stderr: Uint8Array): LimitName | null {
  const words = new TextDecoder().decode(stderr.subarray(-lastWordsBytes))
  return complaints.find(([, pattern]) => pattern.test(words))?.[0] ?? null
}

function signalOf(code: number): string | null {
  const number = code - 128
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? null
}
