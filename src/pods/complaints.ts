/**
 * What programs say when the kernel refuses them something, and which limit that is. It is believed where a program has
 * failed anyway: all it can do is name the reason.
 */
import type { LimitName } from './execution.ts'

/** Words of the C library and of languages, the plainest first. */
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

/** The limit that the last words of a failed program name; null where they name none. */
export function limitNamedIn(words: string): LimitName | null {
  return complaints.find(([, pattern]) => pattern.test(words))?.[0] ?? null
}
