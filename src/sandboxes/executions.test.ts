/** Boxes: ready ones first, turns by person, memory reserved, nothing left behind. */
import { expect, test } from 'bun:test'
import { Failure } from '../failure.ts'
import type { BoxRuntime, ExecutionLimits } from '../pods/execution.ts'
import { silentLog } from '../telemetry/log.ts'
import type { BoxWant } from './boxes.ts'
import { ExecutionPool, type ExecutionPoolLimits, poolWaitMsMax, relayLimits } from './executions.ts'
import { FakeClock } from './fake-clock.ts'
import { FakeExecutionDriver } from './fake-execution-driver.ts'

const megabyte = 1024 ** 2
const limits: ExecutionLimits = {
  wallMs: 10_000,
  cpuMs: 5_000,
  memoryBytesMax: 256 * megabyte,
  processesMax: 64,
  openFilesMax: 64,
  fileBytesMax: megabyte,
  diskBytesMax: megabyte,
  filesMax: 100,
  outputBytesMax: megabyte,
}
const plain = { root: null, binds: [], env: {}, warm: null, boundsAddressSpace: true }
const python: BoxRuntime = { key: 'python-3.11', ...plain }
const bash: BoxRuntime = { key: 'bash-5', ...plain }
const want: BoxWant = { runtime: python, limits }

async function poolOf(replaced: Partial<ExecutionPoolLimits> = {}) {
  const clock = new FakeClock()
  const driver = new FakeExecutionDriver()
  const pool = new ExecutionPool({
    driver,
    log: silentLog,
    clock,
    limits: { usesMax: 4, readyMax: 2, readyTotalMax: 4, memoryBudgetBytes: 1024 * megabyte, ...replaced },
  })
  await pool.open()
  const settle = async (ms = 100) => await clock.advance(ms)
  return { clock, driver, pool, settle }
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => 'no failure',
    (cause: unknown) => (cause instanceof Failure ? cause.code : String(cause)),
  )
}

test('the first use starts a box, the next finds one ready, and used ones are gone', async () => {
  const { pool, driver, settle } = await poolOf()
  const first = await pool.useBox(want, async ({ id }) => id, { personId: 'ada' })
  await settle()
  expect(driver.live.map(({ id }) => id)).toEqual(['box-2'])
  const second = await pool.useBox(want, async ({ id }) => id, { personId: 'ada' })
  expect([first, second]).toEqual(['box-1', 'box-2'])
  expect(pool.status().pool.shelves.map(({ hits, misses }) => ({ hits, misses }))).toEqual([{ hits: 1, misses: 1 }])
  await settle()
  expect(driver.boxes.filter(({ id }) => id === first || id === second).every(({ isGone }) => isGone)).toBe(true)
})

test('a box is gone even where the body throws', async () => {
  const { pool, driver, settle } = await poolOf()
  const failing = async () => await Promise.reject(new Error('mine'))
  expect(await codeOf(pool.useBox(want, failing, { personId: 'ada' }))).toBe('Error: mine')
  await settle(0)
  expect(driver.boxes[0]?.isGone).toBe(true)
  expect(pool.status().memoryReservedBytes).toBe(0)
})

test('boxes of another runtime or other limits are other boxes', async () => {
  const { pool, settle } = await poolOf()
  await pool.useBox(want, async () => undefined, { personId: 'ada' })
  await settle()
  const use = { personId: 'ada' }
  expect(await pool.useBox({ runtime: bash, limits }, async ({ runtime }) => runtime, use)).toBe('bash-5')
  await pool.useBox({ runtime: python, limits: { ...limits, diskBytesMax: 2 } }, async () => undefined, use)
  expect(pool.status().pool.shelves.map(({ hits }) => hits)).toEqual([0, 0, 0])
})

test('few are kept ready, whatever was asked for, and what nobody asks for any more is let go', async () => {
  const { pool, driver, settle } = await poolOf()
  for (let round = 0; round < 30; round += 1) await pool.useBox(want, async () => undefined, { personId: 'ada' })
  await settle(1_000)
  expect(driver.live.length).toBe(2)
  await settle(60 * 60_000)
  expect(driver.live.length).toBe(0)
})

test('what is announced is made ready', async () => {
  const { pool, driver, settle } = await poolOf()
  pool.expect(want, 2)
  await settle()
  expect(driver.live.length).toBe(2)
})

test('so many uses run at once and no more, and turns go round by person', async () => {
  const { pool, clock } = await poolOf({ usesMax: 2, memoryBudgetBytes: 4096 * megabyte })
  const order: string[] = []
  let running = 0
  let most = 0
  const use = async (personId: string) =>
    await pool.useBox(
      want,
      async () => {
        order.push(personId)
        running += 1
        most = Math.max(most, running)
        await new Promise<void>((resolve) => clock.after(100, resolve))
        running -= 1
      },
      { personId },
    )
  const uses = [...Array.from({ length: 6 }, () => use('ada')), use('bob')]
  await clock.until(Promise.all(uses))
  expect(most).toBe(2)
  expect(order.indexOf('bob')).toBeLessThan(3)
})

test('what Podium makes beside programs has its memory from theirs, and waits for it', async () => {
  const { pool, clock, settle } = await poolOf({ memoryBudgetBytes: 512 * megabyte })
  const { promise: made, resolve: finish } = Promise.withResolvers<void>()
  const running = pool.useBox(want, async () => await new Promise<void>((resolve) => clock.after(60_000, resolve)), {
    personId: 'ada',
  })
  await settle()
  const making = pool.setAside(768 * megabyte, async (bytes) => {
    await made
    return bytes
  })
  await settle()
  expect(pool.status().memoryReservedBytes).toBe(256 * megabyte)
  await clock.until(running, 61_000)
  await settle()
  expect(pool.status().memoryReservedBytes).toBe(512 * megabyte)
  const refused = codeOf(pool.useBox(want, async () => undefined, { personId: 'ada' }))
  await settle(21_000)
  expect(await refused).toBe('boxes_full')
  finish()
  expect(await making).toBe(512 * megabyte)
  expect(pool.status().memoryReservedBytes).toBe(0)
})

test('programs together never may use more memory than is set aside for them', async () => {
  const { pool, clock } = await poolOf({ memoryBudgetBytes: 512 * megabyte })
  let most = 0
  const use = async (personId: string) =>
    await pool.useBox(
      want,
      async () => {
        most = Math.max(most, pool.status().memoryReservedBytes)
        await new Promise<void>((resolve) => clock.after(100, resolve))
      },
      { personId },
    )
  await clock.until(Promise.all(['a', 'b', 'c', 'd', 'e'].map(use)))
  expect(most).toBe(512 * megabyte)
  expect(pool.status().memoryReservedBytes).toBe(0)
})

test('a program that may use more than all memory for programs is refused by name', async () => {
  const { pool } = await poolOf({ memoryBudgetBytes: 128 * megabyte })
  expect(await codeOf(pool.useBox(want, async () => undefined, { personId: 'ada' }))).toBe('box_too_large')
})

test('who finds no turn in time is refused with the time to come again', async () => {
  const { pool, clock } = await poolOf({ usesMax: 1 })
  const forever = pool.useBox(want, async () => await new Promise(() => undefined), { personId: 'ada' })
  forever.catch(() => undefined)
  const refused = await clock.until(
    pool.useBox(want, async () => undefined, { personId: 'bob' }).catch((cause) => cause),
  )
  expect(refused).toBeInstanceOf(Failure)
  expect(refused).toMatchObject({ code: 'boxes_full', kind: 'exhausted', retryAfterSeconds: 5 })
})

test('a proof, which nobody sits before, waits longer for its turn', async () => {
  const { pool, clock } = await poolOf({ usesMax: 1, waitMs: 50_000 })
  const long = async () => await new Promise<void>((resolve) => clock.after(40_000, resolve))
  const first = pool.useBox(want, long, { personId: 'proof one' })
  const second = pool.useBox(want, async () => 'ran', { personId: 'proof two' })
  expect(await clock.until(second)).toBe('ran')
  await first
})

test('a way to a database is open as long as a proof may wait for its turn and its memory', async () => {
  expect(relayLimits(limits).timeoutMs).toBeGreaterThan(2 * poolWaitMsMax + limits.wallMs)
  await expect(poolOf({ waitMs: poolWaitMsMax + 1 })).rejects.toThrow('waitMs is 1800001')
})

test('a cancelled use leaves the queue', async () => {
  const { pool, clock } = await poolOf({ usesMax: 1 })
  const controller = new AbortController()
  const first = pool.useBox(want, async () => await new Promise<void>((resolve) => clock.after(1_000, resolve)), {
    personId: 'ada',
  })
  const second = pool.useBox(want, async () => 'ran', { personId: 'bob', signal: controller.signal })
  controller.abort(new Error('gone'))
  expect(await codeOf(second)).toBe('Error: gone')
  await clock.until(first)
  expect(pool.status()).toMatchObject({ running: 0, waiting: 0, memoryReservedBytes: 0 })
})

test('several boxes of one use live at once and count as one turn', async () => {
  const { pool, driver } = await poolOf({ usesMax: 1 })
  const ids = await pool.useBoxes(
    [want, { runtime: bash, limits }],
    async (boxes) => {
      expect(pool.status().memoryReservedBytes).toBe(512 * megabyte)
      expect(driver.live.length).toBe(2)
      return boxes.map(({ runtime }) => runtime)
    },
    { personId: 'ada' },
  )
  expect(ids).toEqual(['python-3.11', 'bash-5'])
})

test('a box with a database is never one that waited', async () => {
  const { pool, driver, settle } = await poolOf()
  pool.expect(want, 1)
  await settle()
  const socket = '/run/somewhere/socket'
  const seen = await pool.useBox({ ...want, databaseSocket: socket }, async ({ id }) => id, { personId: 'ada' })
  const box = driver.boxes.find(({ id }) => id === seen)
  expect(box?.options.databaseSocket).toBe(socket)
  expect(box?.isGone).toBe(true)
  expect(driver.live.length).toBe(1)
})

test('where programs can’t be run, every use is refused with the reason', async () => {
  const { pool, driver } = await poolOf()
  driver.problem = 'bubblewrap is not installed'
  const refused = await pool.useBox(want, async () => undefined, { personId: 'ada' }).catch((cause) => cause)
  expect(refused).toMatchObject({
    code: 'boxes_off',
    message: 'Programs can’t be run here: bubblewrap is not installed',
  })
})

test('a box that does not start is a refusal to try again, and costs no turn', async () => {
  const { pool, driver } = await poolOf({ usesMax: 1 })
  driver.failure = new Error('fork failed')
  expect(await codeOf(pool.useBox(want, async () => undefined, { personId: 'ada' }))).toBe('box_start')
  driver.failure = null
  expect(await pool.useBox(want, async () => 'ran', { personId: 'ada' })).toBe('ran')
})

test('stopping ends all boxes and refuses further uses', async () => {
  const { pool, driver, settle } = await poolOf()
  pool.expect(want, 2)
  await settle()
  await pool.stop()
  expect(driver.live.length).toBe(0)
  expect(await codeOf(pool.useBox(want, async () => undefined, { personId: 'ada' }))).toBe('stopping')
})
