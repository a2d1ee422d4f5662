/** What becomes of boxes when Podium itself is killed: they die with it, and the next start finds what is left. */
import { afterAll, describe, expect, test } from 'bun:test'
import { chmodSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalExecutionDriver } from '../../../pods/local/execution/execution-driver.ts'
import { silentLog } from '../../../telemetry/log.ts'
import { groupsOf, processesIn, until } from './box-arena.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-box-death-'))
chmodSync(home, 0o711)
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** A program that holds a box that waits and one with a daemon in it, and says their numbers. */
const holder = `
import { createLocalExecutionDriver } from '${join(import.meta.dir, '../../../pods/local/execution/execution-driver.ts')}'
import { jobOf, shell } from '${join(import.meta.dir, '../../../pods/execution-contract.ts')}'
import { startBox } from '${join(import.meta.dir, 'box-arena.ts')}'
import { silentLog } from '${join(import.meta.dir, '../../../telemetry/log.ts')}'
const driver = await createLocalExecutionDriver({ directory: process.argv[2], hiddenPaths: [], log: silentLog })
const boxes = [await startBox(driver), await startBox(driver)]
const script = 'trap "" TERM HUP INT; setsid sleep 600 & echo begun; while :; do sleep 1; done'
boxes[1].run(jobOf({ argv: shell(script), limits: { wallMs: 100_000 } }), {
  onOutput: () => console.log(JSON.stringify(boxes.map(({ id, initPid }) => ({ id, initPid })))),
})
`

describe.if(Bun.which('bwrap') !== null)('Boxes of a Podium that is killed', () => {
  test('die with it, and the next one clears away what is left of them', async () => {
    const script = join(home, 'holder.ts')
    await Bun.write(script, holder)
    const directory = join(home, 'boxes')
    const child = Bun.spawn([process.execPath, script, directory], {
      stdout: 'pipe',
      stderr: 'inherit',
      stdin: 'ignore',
    })
    const { value } = await child.stdout.getReader().read()
    const boxes: { id: string; initPid: number }[] = JSON.parse(new TextDecoder().decode(value))
    const namespaces = boxes.map(({ initPid }) => readlinkSync(`/proc/${initPid}/ns/pid`))
    expect(namespaces.flatMap(processesIn).length).toBeGreaterThan(3)
    child.kill('SIGKILL')
    await child.exited
    await until(() => namespaces.flatMap(processesIn).length === 0, 'Processes are left')
    const driver = await createLocalExecutionDriver({ directory, hiddenPaths: [], log: silentLog })
    await driver.reapOrphans()
    expect(boxes.flatMap(({ id }) => groupsOf(id))).toEqual([])
    expect(await driver.reapOrphans()).toBe(0)
    await driver.stop()
  }, 60_000)

  test('are found by their marker where they did not die, and those of others are left alone', async () => {
    const [own, other] = [join(home, 'own'), join(home, 'other')]
    const open = (directory: string) => createLocalExecutionDriver({ directory, hiddenPaths: [], log: silentLog })
    const [driver, stranger] = [await open(own), await open(other)]
    const runtime = { key: 'plain', root: null, binds: [], env: {}, warm: null, boundsAddressSpace: true }
    const limits = {
      wallMs: 100_000,
      cpuMs: 1_000,
      memoryBytesMax: 64 * 1024 * 1024,
      processesMax: 8,
      openFilesMax: 64,
      fileBytesMax: 1024,
      diskBytesMax: 1024 * 1024,
      filesMax: 10,
      outputBytesMax: 1024,
    }
    const box = await stranger.startBox(runtime, { limits, databaseSocket: null })
    expect(await driver.reapOrphans()).toBe(0)
    expect(await stranger.reapOrphans()).toBe(0)
    expect((await stranger.usage()).boxes).toBe(1)
    await box.kill()
    await Promise.all([driver.stop(), stranger.stop()])
  }, 60_000)
})
