/**
 * Where a server's socket goes. A Unix socket's path ends at 107 bytes, so below a long data directory it moves to a
 * short directory made for it, with a random name (nobody can have planted it) and for its user alone.
 */
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Failure } from '../failure.ts'
import { giveTo, type Identity } from './identity.ts'

/** The kernel's sockaddr_un holds 108 bytes, the last of them zero. */
const socketPathBytesMax = 107
const shortPrefix = 'podium-socket-'

/** Whether the socket of a server in this directory has a path the kernel takes. */
export function fitsSocket(directory: string): boolean {
  return Buffer.byteLength(join(directory, '.s.PGSQL.5432')) <= socketPathBytesMax
}

/**
 * Makes a directory for a server's socket, 0700 and of the server's user: the preferred one where it is short enough,
 * else a new one below XDG_RUNTIME_DIR, /run or the temporary directory. Throws `Failure` where none can be made.
 */
export function makeSocketDirectory(preferred: string, identity: Identity): string {
  if (fitsSocket(preferred)) {
    mkdirSync(dirname(preferred), { recursive: true, mode: identity === null ? 0o700 : 0o711 })
    ensurePrivateDirectory(preferred, identity)
    return preferred
  }
  // XDG_RUNTIME_DIR is closed to other users, so a server that runs as one can't use it.
  const parents = identity === null ? [process.env.XDG_RUNTIME_DIR, tmpdir(), '/tmp'] : ['/run', '/tmp']
  for (const parent of parents) {
    if (parent === undefined || !fitsSocket(join(parent, `${shortPrefix}XXXXXX`))) continue
    try {
      const directory = mkdtempSync(join(parent, shortPrefix))
      chmodSync(directory, 0o700)
      giveTo(identity, directory)
      return directory
    } catch {
      // Not writable: the next one may be.
    }
  }
  throw new Failure(
    'unavailable',
    `No directory with a short path can be written for PostgreSQL's socket. Choose a data directory of less than 70 characters, or set XDG_RUNTIME_DIR.`,
    { code: 'no_socket_directory' },
  )
}

/**
 * Makes a directory, 0700 and of the identity, or makes sure that the one there is such: never a link and never
 * another user's, who could have planted it. Throws `Failure` where it is.
 */
export function ensurePrivateDirectory(path: string, identity: Identity): void {
  try {
    mkdirSync(path, { mode: 0o700 })
    giveTo(identity, path)
    return
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const found = lstatSync(path)
  const own = process.getuid?.()
  const isOurs = found.isDirectory() && (found.uid === own || found.uid === identity?.uid)
  if (!isOurs) {
    throw new Failure('unavailable', `${path} belongs to somebody else. Remove it and start again.`, {
      code: 'planted',
    })
  }
  chmodSync(path, 0o700)
  giveTo(identity, path)
}

/**
 * Removes the socket of a dead server. postgres would do so itself, but takes its process id for alive when another
 * program has it now, or when nobody has collected the dead process yet, as happens in containers.
 */
export function removeStaleSocket(directory: string): void {
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) rmSync(join(directory, name), { force: true })
}

/** Removes a directory that `makeSocketDirectory` made elsewhere than preferred. What is in the way is left there. */
export function removeSocketDirectory(directory: string, preferred: string): void {
  if (directory !== preferred && directory.includes(shortPrefix)) rmSync(directory, { recursive: true, force: true })
}
