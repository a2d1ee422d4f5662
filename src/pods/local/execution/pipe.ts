/**
 * Pipes, by the C library, for Bun has no name for them: what it makes for a child are sockets, and programs that open
 * `/dev/stdin` or `/dev/stdout` fail on those.
 */
import { dlopen, FFIType, ptr } from 'bun:ffi'
import { closeSync } from 'node:fs'

const closeOnExec = 0o2000000
const nonBlocking = 0o4000
const setFlags = 4

function load() {
  const { symbols } = dlopen('libc.so.6', {
    pipe2: { args: [FFIType.ptr, FFIType.i32], returns: FFIType.i32 },
    fcntl: { args: [FFIType.i32, FFIType.i32, FFIType.i32], returns: FFIType.i32 },
  })
  return symbols
}

let loaded: ReturnType<typeof load> | null = null

function library() {
  loaded ??= load()
  return loaded
}

/** Both ends of a pipe, neither inherited by accident. Whoever holds one closes it with `closeQuietly`. */
export interface Pipe {
  readEnd: number
  writeEnd: number
}

/** Makes a pipe. `ours`: the end that stays here, which never blocks this program. Throws where there is none to be had. */
export function makePipe(ours: 'readEnd' | 'writeEnd'): Pipe {
  const ends = new Int32Array(2)
  if (library().pipe2(ptr(ends), closeOnExec) !== 0) throw new Error('No pipe could be made: too many open files')
  for (const end of ends) open.add(end)
  const pipe = { readEnd: ends[0] ?? -1, writeEnd: ends[1] ?? -1 }
  library().fcntl(pipe[ours], setFlags, nonBlocking)
  return pipe
}

/** Ends that are open: the number of one that was closed is soon that of something else, which a second close would end. */
const open = new Set<number>()

/** Closes an end of a pipe; nothing where it is closed already. */
export function closeQuietly(descriptor: number): void {
  if (!open.delete(descriptor)) return
  try {
    closeSync(descriptor)
  } catch {
    // There is nothing to be done about it.
  }
}
