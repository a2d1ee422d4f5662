/** Tells people why a backup's file can't be written or read, and the mend, from what the file system said. */
import { dirname } from 'node:path'
import { Failure } from '../failure.ts'

/** A `Failure` for what a person can mend; any other error comes back as it is. */
export function explainBackupFile(error: unknown, file: string): unknown {
  if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) return error
  const message = explanations[String(error.code)]?.(file, dirname(file))
  if (message === undefined) return error
  return new Failure(error.code === 'ENOENT' ? 'missing' : 'unavailable', message, {
    code: 'backup_file',
    cause: error,
  })
}

const explanations: Record<string, (file: string, folder: string) => string> = {
  ENOENT: (_, folder) => `There is no folder ${folder}. Make it, or name another place.`,
  ENOTDIR: (_, folder) => `${folder} is a file, not a folder. Name another place.`,
  EISDIR: (file) => `${file} is a folder. Name a file, such as ${file}/podium.backup.`,
  EACCES: (file) =>
    `User ${process.getuid?.() ?? 'unknown'} may not use ${file}. Name a place that this user may use, or let them.`,
  EROFS: (file) => `${file} is on a read-only disk. Name another place.`,
  ENOSPC: (_, folder) => `The disk that holds ${folder} is full. Free some space, or name another place.`,
  EDQUOT: (_, folder) => `The disk quota for ${folder} is used up. Free some space, or name another place.`,
}
