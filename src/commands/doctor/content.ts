/** The item about what the data directory holds: nothing yet, data of this or another version, a running Podium. */
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Finding, mend, missing, ok, readText } from './finding.ts'

/** Compares the versions in the directory with this program's, and says who uses it. */
export function checkDataContent(dataDir: string, serverVersion: string): Finding {
  const item = 'data'
  if (!existsSync(join(dataDir, 'control', 'PG_VERSION'))) return ok(item, 'nothing yet')
  const written = readText(join(dataDir, 'control', 'PG_VERSION'))?.trim() ?? 'unreadable'
  const ours = serverVersion.split('.')[0] ?? serverVersion
  if (written !== ours) {
    return missing(
      item,
      `of PostgreSQL ${written}; this Podium carries ${serverVersion}`,
      'Podium will not start on it.',
      [mend(`podium backup FILE with the Podium that wrote it, then podium restore FILE --data NEW-DIR with this one`)],
    )
  }
  const holder = holderOf(dataDir)
  return ok(
    item,
    holder === null ? `of PostgreSQL ${written}` : `of PostgreSQL ${written}, in use by process ${holder}`,
  )
}

/** The process that holds the directory's lock: the one named in it, if it really has that file open. */
export function holderOf(dataDir: string): number | null {
  const lock = join(resolve(dataDir), 'lock')
  const pid = Number(readText(lock)?.trim())
  if (!Number.isInteger(pid) || pid < 1) return null
  try {
    const folder = `/proc/${pid}/fd`
    return readdirSync(folder).some((name) => linkOf(join(folder, name)) === lock) ? pid : null
  } catch {
    return null
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}
