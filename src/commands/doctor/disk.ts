/** Items about the data directory: whose it is, what is in it, how much room it has, and whether copies are free. */
import { randomUUID } from 'node:crypto'
import { accessSync, constants, existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { othersFileIn } from '../../postgres/data-directory.ts'
import { type Finding, mend, missing, ok, readableBytes, weaker } from './finding.ts'

/** The server, its base, a first image and room to work. */
const freeBytesNeeded = 512 * 1024 ** 2
const freeBytesWanted = 2 * 1024 ** 3

/** Whether this user may use the directory, or create it. */
export function checkDataDirectory(dataDir: string, userId = process.getuid?.() ?? 0): Finding {
  const item = 'data directory'
  const nearest = nearestExisting(dataDir)
  const choose = mend('choose another: --data DIR or PODIUM_DATA=DIR')
  if (!statSync(nearest).isDirectory())
    return missing(item, `${nearest} is a file`, 'Podium keeps everything in a folder.', [choose])
  if (!canUse(nearest)) {
    const isThere = nearest === dataDir
    const found = isThere ? 'cannot be written by' : 'is not there, and cannot be made by'
    return missing(item, `${dataDir} ${found} user ${userId}`, 'Podium keeps everything there.', [
      // Never to give away what is above it, which may be a folder of the system.
      mend(isThere ? `chown -R ${userId} ${dataDir}` : `as root: install -d -o ${userId} -m 700 ${dataDir}`),
      choose,
    ])
  }
  const closed = userId === 0 ? closedParent(dataDir) : null
  if (closed !== null) {
    return missing(item, `servers cannot enter ${closed}`, 'Started as root, Podium runs PostgreSQL as another user.', [
      mend(`choose another, such as /var/lib/podium, or: chmod o+x ${closed}`),
    ])
  }
  if (nearest !== dataDir) return ok(item, `${dataDir} will be made`)
  const stranger = othersFileIn(dataDir)
  if (stranger !== null)
    return missing(item, `${dataDir} is not Podium's: it has ${stranger}`, 'Podium will not start on it.', [choose])
  const { uid, mode } = statSync(dataDir)
  if (uid !== userId && uid !== 0 && userId !== 0) {
    return missing(item, `${dataDir} belongs to user ${uid}, this is user ${userId}`, 'Podium will not start on it.', [
      mend(`run Podium as user ${uid}, or: chown -R ${userId} ${dataDir}`),
    ])
  }
  if ((mode & 0o002) !== 0) {
    return weaker(item, `${dataDir} can be written by everybody`, 'Anyone on this machine can change its content.', [
      mend(`chmod o-w ${dataDir}`),
    ])
  }
  return ok(item, dataDir)
}

/** Whether the disk has room. */
export function checkDiskRoom(
  { dataDir, diskReserveBytes: reserve }: { dataDir: string; diskReserveBytes: number },
  free = freeBytesOf(dataDir),
): Finding {
  const item = 'disk room'
  const found = `${readableBytes(free)} free at ${dataDir}`
  const mends = [mend('free some space, or choose another disk: --data DIR')]
  if (free < freeBytesNeeded) return missing(item, found, `Podium needs ${readableBytes(freeBytesNeeded)}.`, mends)
  if (free < reserve) {
    const meaning = `Below the reserve of ${readableBytes(reserve)} runs and checks are refused; drafts are still saved.`
    return weaker(item, found, meaning, [...mends, mend('or keep less in reserve: --disk-reserve SIZE')])
  }
  if (free < freeBytesWanted) return weaker(item, found, 'Prepared datasets will soon fill it.', mends)
  return ok(item, found)
}

function freeBytesOf(dataDir: string): number {
  const { bavail, bsize } = statfsSync(nearestExisting(dataDir))
  return bavail * bsize
}

/** Whether the file system can copy a file without copying its content. */
export async function checkReflink(dataDir: string): Promise<Finding> {
  const item = 'reflink'
  const folder = nearestExisting(dataDir)
  if (!canUse(folder)) return weaker(item, 'not tried: the data directory cannot be written', 'See data directory.')
  const from = join(folder, `.podium-doctor-${randomUUID()}`)
  const to = `${from}-copy`
  try {
    writeFileSync(from, 'x'.repeat(4096))
    const child = Bun.spawn(['cp', '--reflink=always', from, to], {
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'ignore',
    })
    if ((await child.exited) === 0) return ok(item, 'copies of datasets on disk share their blocks')
    return weaker(item, 'not on this file system', 'Large datasets are copied whole for each server on disk.', [
      mend('put the data directory on XFS or Btrfs'),
    ])
  } finally {
    rmSync(from, { force: true })
    rmSync(to, { force: true })
  }
}

/** The directory itself, or the first above it that exists. */
export function nearestExisting(directory: string): string {
  let nearest = directory
  while (!existsSync(nearest) && nearest !== dirname(nearest)) nearest = dirname(nearest)
  return nearest
}

/** The first folder above the directory that other users may not pass through. */
function closedParent(directory: string): string | null {
  for (let parent = dirname(directory); parent !== dirname(parent); parent = dirname(parent)) {
    if (existsSync(parent) && (statSync(parent).mode & 0o001) === 0) return parent
  }
  return null
}

function canUse(directory: string): boolean {
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK)
    return statSync(directory).isDirectory()
  } catch {
    return false
  }
}
