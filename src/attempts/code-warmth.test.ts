/** What the page of a code exercise makes ready. */
import { afterEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedText, listEmbedded } from '../embedded.ts'
import { boxWantOf } from '../grading/code/program.ts'
import { exerciseOf } from '../grading/code/test-code.ts'
import { loadRuntimes } from '../runtimes/load-runtimes.ts'
import { openRuntimes } from '../runtimes/open-runtimes.ts'
import { createPool } from '../sandboxes/create-pool.ts'
import { DiskRoom } from '../sandboxes/disk-room.ts'
import { ExecutionPool } from '../sandboxes/executions.ts'
import { FakeClock } from '../sandboxes/fake-clock.ts'
import { FakeDriver } from '../sandboxes/fake-driver.ts'
import { FakeExecutionDriver } from '../sandboxes/fake-execution-driver.ts'
import { silentLog } from '../telemetry/log.ts'
import { expectRun } from './code-warmth.ts'
import { startOf } from './sandboxes.ts'

const megabyte = 1024 ** 2
const reserveBytes = 100
const limits = {
  ...{ wallMs: 10_000, cpuMs: 10_000, memoryBytesMax: 64 * megabyte, processesMax: 64, openFilesMax: 64 },
  ...{ fileBytesMax: megabyte, diskBytesMax: megabyte, filesMax: 100, outputBytesMax: megabyte },
}
const lines = 'language: bash\nentry: main.sh\nlimits: { seconds: 3 }\ngrading: { compare: io }'
const files = {
  'starter/main.sh': 'true\n',
  'solution/main.sh': 'echo 1\n',
  'data/secret/1.in': '',
  'data/secret/1.ans': '1\n',
}
const plain = exerciseOf(lines, files)
const withDatabase = exerciseOf(lines, { ...files, 'dataset/10-film.sql': 'CREATE TABLE film (id int);' })

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** Pools on fake drivers, and the languages of this machine. */
async function ground({ freeBytes = 1000 } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'podium-warmth-'))
  const clock = new FakeClock()
  const [boxDriver, podDriver] = [new FakeExecutionDriver(), new FakeDriver(clock)]
  const records = { write: async () => undefined, closeOpen: async () => 0, deleteEnded: async () => 0 }
  const pool = await createPool({ driver: podDriver, leases: records, log: silentLog, clock })
  const boxes = new ExecutionPool({
    ...{ driver: boxDriver, log: silentLog, clock },
    limits: { usesMax: 2, readyMax: 2, readyTotalMax: 4, memoryBudgetBytes: 1024 * megabyte },
  })
  const room = new DiskRoom({ directory, reserveBytes, log: silentLog, measure: async () => freeBytes, clock })
  const prefix = 'exercises/'
  const list = () => listEmbedded(prefix).map((name) => name.slice(prefix.length))
  const { specs, problems } = loadRuntimes([{ name: 'exercises', list, text: (path) => embeddedText(prefix + path) }])
  const runtimes = await openRuntimes({
    ...{ specs: specs.filter(({ name }) => name === 'bash'), problems, roots: [], driver: boxDriver, log: silentLog },
    directory: join(directory, 'runtimes'),
  })
  ends.push(
    () => room.stop(),
    () => pool.stop(),
    () => boxes.stop(),
    () => rmSync(directory, { recursive: true }),
  )
  const code = { runtimes, pool: boxes, limits }
  const announced = async (exercise: typeof plain) => {
    expectRun({ bench: { pool, room }, code }, exercise)
    // Only this takes real time: the language is looked up on the disk.
    await boxWantOf(code, exercise)
    const made = () => ({ databases: pool.status().slots.ready, boxes: boxDriver.live.length })
    for (let turn = 0, left = 10; turn < 500 && left > 0; turn += 1) {
      await Bun.sleep(0)
      await clock.advance(100)
      // A little longer, for what must not be made.
      if (made().databases + made().boxes > 0 || freeBytes < reserveBytes) left -= 1
    }
    return made()
  }
  return { announced, code, pool, boxes }
}

test('a page that is opened has a box made ready, and the first run takes it', async () => {
  const { announced, code, boxes } = await ground()
  expect(await announced(plain)).toEqual({ databases: 0, boxes: 1 })
  await boxes.useBox(await boxWantOf(code, plain), async (box) => await box.kill(), { personId: 'ada' })
  expect(boxes.status().pool.shelves).toMatchObject([{ hits: 1, misses: 0 }])
})

test('with a database it is a clone of that, which the first run takes', async () => {
  const { announced, pool } = await ground()
  expect(await announced(withDatabase)).toEqual({ databases: 1, boxes: 0 })
  const start = startOf(withDatabase)
  if (start === null) throw new Error('The exercise has a database')
  await pool.use(start, async () => undefined)
  expect(pool.status().shelves).toMatchObject([{ hits: 1, misses: 0 }])
})

test('however often it is opened, one is ready', async () => {
  const { announced } = await ground()
  for (let opened = 0; opened < 5; opened += 1) await announced(plain)
  expect(await announced(plain)).toEqual({ databases: 0, boxes: 1 })
})

test('on a full disk no database is made ready', async () => {
  const { announced } = await ground({ freeBytes: 10 })
  expect(await announced(withDatabase)).toEqual({ databases: 0, boxes: 0 })
})
