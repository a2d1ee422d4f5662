import { afterAll } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '../../../telemetry/log.ts'
import { describeExecutionDriver } from '../../execution-contract.ts'
import { createLocalExecutionDriver } from './execution-driver.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-boxes-'))
chmodSync(home, 0o711)
const isBoxable = Bun.which('bwrap') !== null

afterAll(() => rmSync(home, { recursive: true, force: true }))

const open = (name: string, usesGroups: boolean) =>
  createLocalExecutionDriver({ directory: join(home, name), hiddenPaths: [], log: silentLog, usesGroups })

if (isBoxable) {
  describeExecutionDriver('local', () => open('grouped', true))
  describeExecutionDriver('local, without control groups', () => open('watched', false))
}
