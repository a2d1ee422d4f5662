/** The items about PostgreSQL itself and its box: the server inside this program, unpacked and tried. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { identityFor, spawnAs } from '../../postgres/identity.ts'
import { type ServerFiles, unpackServer } from '../../postgres/server-files.ts'
import { silentLog } from '../../telemetry/log.ts'
import { checkBubblewrap } from './boxes.ts'
import { nearestExisting } from './disk.ts'
import { type Finding, mend, missing, ok } from './finding.ts'

const item = 'PostgreSQL'
const noExercise = 'No exercise can run.'

/** Unpacks the server into a scratch directory beside the data, runs it and a box around it, and removes all again. */
export async function checkServers({ dataDir }: Pick<Config, 'dataDir'>): Promise<Finding[]> {
  const scratch = makeScratch(nearestExisting(dataDir))
  try {
    // The user that servers run as must be able to enter it.
    chmodSync(scratch, 0o755)
    const files = await unpackServer({ dataDir: scratch, log: silentLog }).catch(reasonOf)
    if (typeof files === 'string') return [missing(item, files, noExercise), await checkBubblewrap(null, scratch)]
    return [await checkProgram(files), await checkBubblewrap(files, scratch)]
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function checkProgram(files: ServerFiles): Promise<Finding> {
  const argv = [join(files.directory, 'bin/postgres'), '--version']
  const quiet = { stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' } as const
  const code = await spawnAs(identityFor('pod'), argv, quiet).exited
  if (code === 0) return ok(item, `${files.version} unpacks and runs`)
  return missing(item, `${files.version} unpacks, but ends with ${code}`, noExercise, [
    mend('see whether the disk of the data directory is mounted noexec: findmnt -T DIR'),
  ])
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Where programs may be executed differs by disk, so beside the data it is, unless that cannot be written. */
export function makeScratch(directory: string): string {
  try {
    return mkdtempSync(join(directory, '.podium-doctor-'))
  } catch {
    return mkdtempSync(join(tmpdir(), 'podium-doctor-'))
  }
}
