/** Turns of statements: bounded, fair by person, and never forever. */
import { expect, test } from 'bun:test'
import { Failure } from '../failure.ts'
import { silentLog } from '../telemetry/log.ts'
import { createPool } from './create-pool.ts'
import { FakeClock } from './fake-clock.ts'
import { FakeDriver, fakeRecipe } from './fake-driver.ts'
import { runInSandbox, StatementQueue } from './statements.ts'
import type { TurnLimits } from './turns.ts'

function queueOf(limits: Partial<TurnLimits> = {}) {
  const clock = new FakeClock()
  const queue = new StatementQueue({
    clock,
    limits: { runsMax: 4, personRunsMax: 2, waitingMax: 100, waitMs: 10_000, ...limits },
  })
  const order: string[] = []
  const run = (person: string, durationMs = 100) => {
    return queue.run(person, async () => {
      order.push(person)
      await new Promise<void>((resolve) => clock.after(durationMs, resolve))
    })
  }
  return { clock, queue, order, run }
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => 'no failure',
    (cause: unknown) => (cause instanceof Failure ? cause.code : String(cause)),
  )
}

test('no more statements run at once than the cores can take', async () => {
  const { clock, queue, run } = queueOf()
  const runs = Array.from({ length: 12 }, (_, number) => run(`person-${number}`))
  expect(queue.load).toEqual({ running: 4, waiting: 8 })
  await clock.until(Promise.all(runs))
  expect(queue.load).toEqual({ running: 0, waiting: 0 })
})

test('turns go round by person: who has many statements does not go before who has one', async () => {
  const { clock, order, run } = queueOf({ runsMax: 1 })
  const runs = [run('busy'), run('busy'), run('busy'), run('busy'), run('ada'), run('grace')]
  await clock.until(Promise.all(runs))
  expect(order.slice(0, 4).sort()).toEqual(['ada', 'busy', 'busy', 'grace'])
})

test('one person never takes all turns', async () => {
  const { clock, order, run } = queueOf()
  const endless = Array.from({ length: 4 }, () => run('busy', 5_000))
  await clock.until(run('ada'))
  expect(order).toEqual(['busy', 'busy', 'ada'])
  await clock.until(Promise.all(endless))
})

test('who finds no turn in time is refused by name', async () => {
  const { clock, run } = queueOf({ runsMax: 1 })
  const long = run('one', 20_000)
  expect(await clock.until(codeOf(run('two')))).toBe('statements_full')
  await clock.until(long)
})

test('a queue that is full refuses at once', async () => {
  const { clock, run } = queueOf({ runsMax: 1, waitingMax: 1 })
  const runs = [run('one'), run('two')]
  expect(await codeOf(run('three'))).toBe('statements_full')
  await clock.until(Promise.all(runs))
})

test('a cancelled statement leaves the queue and its place goes to others', async () => {
  const { clock, queue, run } = queueOf({ runsMax: 1 })
  const first = run('one')
  const controller = new AbortController()
  const second = queue.run('two', async () => 'ran', controller.signal).catch((cause: unknown) => String(cause))
  controller.abort(new Error('cancelled'))
  expect(await second).toContain('cancelled')
  await clock.until(first)
  await clock.until(run('three'))
  expect(queue.load).toEqual({ running: 0, waiting: 0 })
})

test('a run that fails gives its turn back', async () => {
  const { clock, queue, run } = queueOf({ runsMax: 1 })
  const failing = queue.run('one', async () => {
    throw new Error('broken')
  })
  expect(await codeOf(failing)).toContain('broken')
  await clock.until(run('two'))
})

const limits = { timeoutMs: 1_000, rowsMax: 10, bytesMax: 1_000, cellBytesMax: 100 }

async function leased() {
  const clock = new FakeClock()
  const driver = new FakeDriver(clock)
  const leases = { write: async () => undefined, closeOpen: async () => 0, deleteEnded: async () => 0 }
  const pool = await createPool({ driver, leases, log: silentLog, clock })
  const queue = new StatementQueue({ clock, limits: { runsMax: 1, personRunsMax: 1, waitingMax: 9, waitMs: 10_000 } })
  const want = { recipe: fakeRecipe('cinema'), isolation: 'database', access: 'write' } as const
  const holder = { personId: 'ada', address: '192.0.2.1', isGuest: false }
  const lease = await clock.until(pool.claim(want, { holder, purpose: 'attempt' }))
  return { clock, driver, pool, queue, lease }
}

test('a run whose pod is killed ends its lease as lost', async () => {
  const { clock, driver, pool, queue, lease } = await leased()
  const running = runInSandbox({ pool, queue }, lease, { statements: [], limits })
  for (const pod of driver.livePods) await pod.kill()
  expect((await clock.until(running)).end).toBe('lost')
  expect(lease.end).toBe('lost')
  expect(await codeOf(runInSandbox({ pool, queue }, lease, { statements: [], limits }))).toBe('sandbox_ended')
})

test('a run that never comes back gives up its turn, its lease and its pod', async () => {
  const { clock, driver, pool, queue, lease } = await leased()
  driver.hanging.add('run').add('drop')
  expect((await clock.until(runInSandbox({ pool, queue }, lease, { statements: [], limits }))).end).toBe('lost')
  expect(lease.end).toBe('lost')
  expect(queue.load.running).toBe(0)
  expect([...driver.livePods].some(({ id }) => id === lease.made.podId)).toBe(false)
})

test('a run that is cancelled before its turn has come is cancelled, and keeps its sandbox', async () => {
  const { clock, pool, queue, lease } = await leased()
  const before = queue.run('grace', async () => await new Promise<void>((resolve) => clock.after(5_000, resolve)))
  const controller = new AbortController()
  const running = runInSandbox({ pool, queue }, lease, { statements: [], limits, signal: controller.signal })
  controller.abort()
  expect((await running).end).toBe('cancelled')
  expect(lease.end).toBeNull()
  await clock.until(before)
})
