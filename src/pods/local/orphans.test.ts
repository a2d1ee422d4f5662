import { afterAll, expect, test } from 'bun:test'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kill } from 'node:process'
import { unpackServer } from '../../postgres/server-files.ts'
import { silentLog } from '../../telemetry/log.ts'
import { createLocalDriver } from './local-driver.ts'
import { reapPods } from './orphans.ts'
import { processTree } from './usage.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-orphans-'))
chmodSync(home, 0o711)
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** A program that starts a pod with an endless query in it, and waits. */
const program = (boxed: boolean) => `
import { unpackServer } from ${JSON.stringify(join(import.meta.dir, '../../postgres/server-files.ts'))}
import { silentLog } from ${JSON.stringify(join(import.meta.dir, '../../telemetry/log.ts'))}
import { createLocalDriver } from ${JSON.stringify(join(import.meta.dir, 'local-driver.ts'))}
const files = await unpackServer({ dataDir: ${JSON.stringify(home)}, log: silentLog })
const driver = await createLocalDriver({ files, directory: ${JSON.stringify(home)} + '/pods', log: silentLog, boxed: ${boxed} })
const image = await driver.buildImage({ files: [], seed: 1 })
const limits = { capacity: 2, memoryBytesMax: 512 << 20, diskBytesMax: 128 << 20 }
const pod = await driver.startPod(image, { isolation: 'database', limits })
const database = await pod.createDatabase({ access: 'write' })
const endless = database.run([{ text: 'DO $$ BEGIN LOOP END LOOP; END $$', offset: 0 }], { timeoutMs: 60000, rowsMax: 1, bytesMax: 1000, cellBytesMax: 10 })
console.log('ready')
await endless
`

/** Those of these processes that are alive; a number may be taken by another program, so the beginning counts too. */
function alive(processes: readonly Began[]): Began[] {
  return processes.filter(({ pid, at }) => beganAt(pid) === at)
}

interface Began {
  pid: number
  at: string | null
}

function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

async function startAndKill(boxed: boolean): Promise<Began[]> {
  const path = join(home, `program-${boxed}.ts`)
  writeFileSync(path, program(boxed))
  const child = Bun.spawn([process.execPath, path], {
    stdout: 'pipe',
    stderr: 'inherit',
    env: { ...process.env, BUN_BE_BUN: '1' },
  })
  for await (const chunk of child.stdout) if (Buffer.from(chunk).includes('ready')) break
  await Bun.sleep(100)
  const tree = processTree(child.pid).map((pid) => ({ pid, at: beganAt(pid) }))
  expect(tree.length).toBeGreaterThan(4)
  kill(child.pid, 'SIGKILL')
  await child.exited
  return tree
}

async function openDriver(boxed: boolean) {
  const files = await unpackServer({ dataDir: home, log: silentLog })
  return createLocalDriver({ files, directory: join(home, 'pods'), log: silentLog, boxed })
}

/** Those that are still alive after two seconds at most. */
async function survivors(processes: readonly Began[]): Promise<Began[]> {
  for (let tries = 0; tries < 100 && alive(processes).length > 0; tries += 1) await Bun.sleep(20)
  return alive(processes)
}

test.if(Bun.which('bwrap') !== null)(
  'a boxed pod dies with the program that started it',
  async () => {
    expect(await survivors(await startAndKill(true))).toEqual([])
    const driver = await openDriver(true)
    expect(await driver.reapOrphans()).toBe(0)
    await driver.stop()
  },
  30_000,
)

test('an unboxed pod that outlived its program is found at the next start', async () => {
  const processes = await startAndKill(false)
  expect(readdirSync(join(home, 'pods/pods')).length).toBe(1)
  const driver = await openDriver(false)
  expect(await driver.reapOrphans()).toBe(1)
  expect(await survivors(processes)).toEqual([])
  expect(readdirSync(join(home, 'pods/pods'))).toEqual([])
  expect(existsSync(join(home, 'pods/images'))).toBe(true)
  await driver.stop()
}, 30_000)

test('what a superuser left in the place of the server’s own files is removed, not read', async () => {
  const directory = join(home, 'planted')
  mkdirSync(join(directory, 'pods/endless/data'), { recursive: true })
  mkdirSync(join(directory, 'pods/elsewhere'))
  mkdirSync(join(directory, 'building'))
  symlinkSync('/dev/zero', join(directory, 'pods/endless/data/postmaster.pid'))
  symlinkSync(home, join(directory, 'pods/elsewhere/data'))
  expect(await reapPods(directory, new Set())).toBe(2)
  expect(readdirSync(join(directory, 'pods'))).toEqual([])
  expect(existsSync(join(home, 'pods'))).toBe(true)
}, 10_000)
