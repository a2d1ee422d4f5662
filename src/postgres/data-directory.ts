/**
 * The data directory: made with the right permissions, of a known layout, and held by exactly one program. The lock is
 * the kernel's (flock on `<data directory>/lock`), so it ends with the program however that ends, and is never stale.
 *
 *   lock      who holds the directory         server/   PostgreSQL, unpacked         run/      sockets
 *   layout    version of this layout          control/  the control plane's data     secrets/  0700, files 0600
 */
import { dlopen, FFIType } from 'bun:ffi'
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Failure } from '../failure.ts'
import { explainFileError } from './file-errors.ts'
import { identityFor } from './identity.ts'

/** A data directory that this program holds. */
export interface DataDirectory {
  /** Absolute. */
  path: string
  /** Lets another program have it. Idempotent. */
  close(): void
}

/** Rises when a program that knows only the earlier layout must not touch the directory any more. */
const layoutVersion = 1

/**
 * Makes the directory where it is missing and locks it for the life of the program. Throws `Failure`: `conflict` where
 * a running Podium holds it (naming its process), a newer Podium wrote it or it holds other things, `unavailable` where
 * it can't be used.
 */
export function openDataDirectory(path: string): DataDirectory {
  const absolute = resolve(path)
  const isRoot = identityFor('control-plane') !== null
  try {
    // Servers run as other users when the program is root, and must be able to pass through, not to look around.
    makeDirectory(absolute, isRoot ? 0o711 : 0o700)
    refuseOthersFiles(absolute)
    if (isRoot) letServersPass(absolute)
    else refuseStrangers(absolute)
    const lock = takeLock(absolute)
    try {
      checkLayout(absolute)
      mkdirSync(join(absolute, 'secrets'), { recursive: true, mode: 0o700 })
    } catch (error) {
      releaseLock(lock)
      throw error
    }
    let isOpen = true
    return {
      path: absolute,
      close() {
        if (isOpen) releaseLock(lock)
        isOpen = false
      },
    }
  } catch (error) {
    throw explainFileError(error, absolute)
  }
}

function makeDirectory(path: string, mode: number): void {
  try {
    mkdirSync(path, { recursive: true, mode })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null
    if (code !== 'EEXIST' && code !== 'ENOENT') throw cause
    const trouble =
      code === 'EEXIST' ? 'is a file, not a directory' : 'cannot be made, for the system allows none there'
    const mend = 'Choose another data directory with --data or PODIUM_DATA.'
    throw new Failure('unavailable', `${path} ${trouble}. ${mend}`, { code: 'not_a_directory', cause })
  }
}

/** What Podium makes in a data directory; some of it is there before the layout is. */
const ownNames = new Set(
  'layout lock control control.new secrets backups server sandboxes check boxes runtimes run'.split(' '),
)

/** Somebody's folder of other things, named by mistake, would be opened to servers and mixed with theirs. */
function refuseOthersFiles(directory: string): void {
  const strange = othersFileIn(directory)
  if (strange === null) return
  throw new Failure(
    'conflict',
    `${directory} is no data directory of Podium, and not empty: it has ${strange}. Choose an empty one, or one that is not there yet, with --data or PODIUM_DATA.`,
    { code: 'not_a_data_directory' },
  )
}

/** What shows that a directory is no data directory; null where it is one, or may become one. */
export function othersFileIn(directory: string): string | null {
  const names = readdirSync(directory)
  if (names.includes('layout')) return null
  return names.find((name) => !name.startsWith('.') && name !== 'lost+found' && !ownNames.has(name)) ?? null
}

/** In a folder like /tmp anybody may have made the directory first: what another user owns is theirs to change. */
function refuseStrangers(directory: string): void {
  const { uid } = statSync(directory)
  const own = process.getuid?.() ?? uid
  if (uid === own || uid === 0) return
  throw new Failure(
    'conflict',
    `${directory} belongs to user ${uid}, and this is user ${own}. Run Podium as that user, or choose another data directory with PODIUM_DATA.`,
    { code: 'wrong_owner' },
  )
}

function takeLock(directory: string): number {
  const path = join(directory, 'lock')
  const descriptor = openSync(path, 'a+', 0o600)
  if (!flock(descriptor, lockExclusive | lockNonBlocking)) {
    closeSync(descriptor)
    const holder = readFileSync(path, 'utf8').trim()
    throw new Failure(
      'conflict',
      `A running Podium${holder === '' ? '' : ` (process ${holder})`} uses ${directory}. Stop it, or choose another data directory with --data or PODIUM_DATA.`,
      { code: 'data_directory_in_use' },
    )
  }
  ftruncateSync(descriptor)
  writeSync(descriptor, `${process.pid}\n`)
  return descriptor
}

/** Unlocks before it closes: a child just being started holds a copy of the descriptor for a moment. */
function releaseLock(descriptor: number): void {
  flock(descriptor, lockRelease)
  closeSync(descriptor)
}

const lockExclusive = 2
const lockNonBlocking = 4
const lockRelease = 8

/** flock(2), which neither Bun nor Node offers; whether it succeeded. Started programs don't inherit the descriptor. */
function flock(descriptor: number, operation: number): boolean {
  const { symbols, close } = dlopen('libc.so.6', { flock: { args: [FFIType.i32, FFIType.i32], returns: FFIType.i32 } })
  try {
    return symbols.flock(descriptor, operation) === 0
  } finally {
    close()
  }
}

function checkLayout(directory: string): void {
  const path = join(directory, 'layout')
  const text = readIfExists(path)
  if (text === null) {
    writeFileSync(path, `${layoutVersion}\n`)
    return
  }
  const version = Number(text)
  if (Number.isInteger(version) && version >= 1 && version <= layoutVersion) return
  throw new Failure(
    'conflict',
    `${directory} was written by a newer Podium (layout ${text.trim()}; this one knows ${layoutVersion}). Start that Podium, or choose another data directory.`,
    { code: 'data_directory_newer' },
  )
}

function readIfExists(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Opens the directory itself to passing through; a directory above it is not ours to change. */
function letServersPass(directory: string): void {
  const mode = statSync(directory).mode & 0o777
  if ((mode & 0o011) !== 0o011) chmodSync(directory, mode | 0o011)
  for (let parent = dirname(directory); parent !== dirname(parent); parent = dirname(parent)) {
    if ((statSync(parent).mode & 0o001) !== 0) continue
    throw new Failure(
      'unavailable',
      `Started as root, Podium runs PostgreSQL as another user, who cannot enter ${parent}. Choose a data directory such as /var/lib/podium, or run: chmod o+x ${parent}`,
      { code: 'no_access' },
    )
  }
}
