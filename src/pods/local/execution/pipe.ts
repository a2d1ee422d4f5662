/**
 * Pipes, by the C library, for Bun has no name for them: what it makes for a child are sockets, and programs that open
 * `/dev/stdin` or `/dev/stdout` fail on those.
 */
import { dlopen, FFIType, ptr } from 'bun:ffi'
import { closeSync } from 'node:fs'

const closeOnExec = 0o2000000
const nonBlocking = 0o4000
const setFlags = 4
const duplicateFrom = 1030
/**
 * A child gets its descriptors one after the other, each put to its number: one of ours with a low number would be
 * replaced before its turn. Higher than any number that a box knows.
 */
const lowest = 32

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

/** Both ends of a pipe, neither inherited by accident. */
export interface Pipe {
  readEnd: number
  writeEnd: number
}

/** Makes a pipe. `ours`: the end that stays here, which never blocks this program. Throws where there is none to be had. */
export function makePipe(ours: 'readEnd' | 'writeEnd'): Pipe {
  const ends = new Int32Array(2)
  if (library().pipe2(ptr(ends), closeOnExec) !== 0) throw new Error('No pipe could be made: too many open files')
  const [readEnd = -1, writeEnd = -1] = ends
  const pipe = { readEnd: moveUp(readEnd), writeEnd: moveUp(writeEnd) }
  library().fcntl(pipe[ours], setFlags, nonBlocking)
  return pipe
}

/** Gives a descriptor a number that no child wants. */
export function moveUp(descriptor: number): number {
  const moved = descriptor >= lowest ? descriptor : library().fcntl(descriptor, duplicateFrom, lowest)
  if (moved !== descriptor) closeSync(descriptor)
  if (moved < 0) throw new Error('No pipe could be made: too many open files')
  return moved
}

/** Reads a pipe. */
export type PipeReader = ReadableStreamDefaultReader<Uint8Array>

/** Writes to a pipe. */
export type PipeWriter = Bun.FileSink

/**
 * Takes over the end of a pipe for reading. Bun reads from a copy of the descriptor, which it closes itself, so this one is
 * closed at once: nobody has to remember a number that may soon be something else's.
 */
export function readerOf(descriptor: number): PipeReader {
  try {
    return Bun.file(descriptor).stream().getReader()
  } finally {
    closeSync(descriptor)
  }
}

/** Takes over the end of a pipe for writing, in the same way. */
export function writerOf(descriptor: number): PipeWriter {
  try {
    return Bun.file(descriptor).writer()
  } finally {
    closeSync(descriptor)
  }
}

/** Ends writing without a word where nobody reads any more. May be called again. */
export async function endQuietly(writer: PipeWriter): Promise<void> {
  try {
    await writer.end()
  } catch {
    // The other end is closed.
  }
}
