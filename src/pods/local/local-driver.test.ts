import { afterAll } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unpackServer } from '../../postgres/server-files.ts'
import { silentLog } from '../../telemetry/log.ts'
import { describePodDriver } from '../contract.ts'
import { createLocalDriver } from './local-driver.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-pods-'))
chmodSync(home, 0o711)
const isBoxable = Bun.which('bwrap') !== null

afterAll(() => rmSync(home, { recursive: true, force: true }))

async function open(boxed: boolean) {
  const files = await unpackServer({ dataDir: home, log: silentLog })
  return createLocalDriver({ files, directory: join(home, boxed ? 'boxed' : 'unboxed'), log: silentLog, boxed })
}

if (isBoxable) describePodDriver('local, boxed', () => open(true))
describePodDriver('local, unboxed', () => open(false))
