/** The item about PostgreSQL itself: the server inside this program, unpacked and asked for its version. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { identityFor, spawnAs } from '../../postgres/identity.ts'
import { unpackServer } from '../../postgres/server-files.ts'
import { silentLog } from '../../telemetry/log.ts'
import { nearestExisting } from './disk.ts'
import { type Finding, mend, missing, ok } from './finding.ts'

/** Unpacks the server into a scratch directory beside the data, asks it for its version, and removes it again. */
export async function checkServer({ dataDir }: Pick<Config, 'dataDir'>): Promise<Finding> {
  const item = 'PostgreSQL'
  const scratch = makeScratch(nearestExisting(dataDir))
  try {
    const files = await unpackServer({ dataDir: scratch, log: silentLog })
    // The user that servers run as must be able to enter the scratch directory.
    chmodSync(scratch, 0o755)
    const argv = [join(files.directory, 'bin/postgres'), '--version']
    const code = await spawnAs(identityFor('pod'), argv, { stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' }).exited
    if (code === 0) return ok(item, `${files.version} unpacks and runs`)
    return missing(item, `${files.version} unpacks, but ends with ${code}`, 'No exercise can run.', [
      mend('see whether the disk of the data directory is mounted noexec: findmnt -T DIR'),
    ])
  } catch (error) {
    return missing(item, error instanceof Error ? error.message : String(error), 'No exercise can run.')
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Where programs may be executed differs by disk, so beside the data it is, unless that cannot be written. */
function makeScratch(directory: string): string {
  try {
    return mkdtempSync(join(directory, '.podium-doctor-'))
  } catch {
    return mkdtempSync(join(tmpdir(), 'podium-doctor-'))
  }
}
