/** Tells people what is wrong with the data directory, and the mend, from what the file system said. */
import { existsSync, statfsSync } from 'node:fs'
import { Failure } from '../failure.ts'

/** A `Failure` for the errors that someone who runs Podium can mend; any other error comes back as it is. */
export function explainFileError(error: unknown, path: string): unknown {
  if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) return error
  const explain = explanations[String(error.code)]
  if (explain === undefined) return error
  const { code, message } = explain(path)
  return new Failure('unavailable', message, { code, cause: error })
}

/** A server that can't write gives up in many ways, and has then given back what it could: this much is nothing. */
const nothingBytes = 32 * 1024 ** 2

/**
 * A `Failure` that names the full disk, where a server's trouble came with one; any other error comes back as it is.
 */
export function explainFullDisk(error: unknown, path: string): unknown {
  if (error instanceof Failure || !existsSync(path)) return error
  const { bavail, bsize } = statfsSync(path)
  if (bavail * bsize > nothingBytes) return error
  return explainFileError(
    Object.assign(new Error('No space left on device', { cause: error }), { code: 'ENOSPC' }),
    path,
  )
}

const user = () => `user ${process.getuid?.() ?? 'unknown'}`

function access(path: string): string {
  const mend = existsSync(path)
    ? 'Run it as the user who owns that, change its owner (chown -R)'
    : `As root, make it for that user (install -d -o ${process.getuid?.() ?? 'USER'} -m 700 ${path})`
  return `${mend} or choose another data directory.`
}

const explanations: Record<string, (path: string) => { code: string; message: string }> = {
  ENOSPC: (path) => ({
    code: 'disk_full',
    message: `The disk that holds ${path} is full. Free some space and start again.`,
  }),
  EDQUOT: (path) => ({
    code: 'disk_full',
    message: `The disk quota for ${path} is used up. Free some space and start again.`,
  }),
  EROFS: (path) => ({ code: 'read_only', message: `${path} is on a read-only disk. Choose another data directory.` }),
  EACCES: (path) => ({
    code: 'no_access',
    message: `Podium runs as ${user()}, who may not use ${path}. ${access(path)}`,
  }),
  EPERM: (path) => ({
    code: 'no_access',
    message: `Podium runs as ${user()}, who may not change ${path}. ${access(path)}`,
  }),
  ENOTDIR: (path) => ({
    code: 'not_a_directory',
    message: `A part of ${path} is a file, not a directory. Choose another data directory.`,
  }),
}
