/** How a server ends: what is kept of its data counts on that. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { giveTo, identityFor } from '../../postgres/identity.ts'
import { type ServerFiles, unpackServer } from '../../postgres/server-files.ts'
import { silentLog } from '../../telemetry/log.ts'
import { type Server, startServer } from './server.ts'
import { adminName, settingArguments } from './settings.ts'

setDefaultTimeout(60_000)

const home = mkdtempSync(join(tmpdir(), 'podium-server-'))
chmodSync(home, 0o711)
const identity = identityFor('pod')
let files: ServerFiles
let started = 0

beforeAll(async () => {
  files = await unpackServer({ dataDir: home, log: silentLog })
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

/** A server as images are built in, without a box. */
async function start(): Promise<Server> {
  started += 1
  const diskDirectory = join(home, `server-${started}`)
  mkdirSync(diskDirectory, { mode: 0o700 })
  const door = join(diskDirectory, 'open.conf')
  writeFileSync(door, `local all ${adminName} trust\n`)
  for (const path of [diskDirectory, door]) giveTo(identity, path)
  const diskBytesMax = 256 * 1024 * 1024
  const limits = { memoryBytesMax: 1024 * 1024 * 1024, diskBytesMax, processesMax: null }
  const settings = [...settingArguments({ capacity: 1, diskBytesMax }), '-c', `hba_file=${door}`]
  const place = { sourceDirectory: files.base, diskDirectory, keepsDisk: true, filesDirectory: files.directory }
  return await startServer({ isBoxed: false, identity, filterPath: '-', ...place, ...limits, settings }, null)
}

test('a server that is told to stop has stopped cleanly', async () => {
  const server = await start()
  expect(await server.admin('SELECT 1')).toEqual([['1']])
  await server.shutDown()
  expect(server.isGone()).toBe(true)
})

test('a server that is killed while it stops has not: nobody takes its data for whole', async () => {
  const server = await start()
  const stopping = server.shutDown()
  server.launched.kill()
  await expect(stopping).rejects.toThrow('A server did not stop cleanly')
})
