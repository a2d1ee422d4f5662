/** Whose turns grading takes. */
import { expect, test } from 'bun:test'
import { silentLog } from '../telemetry/log.ts'
import { createPool } from './create-pool.ts'
import { FakeClock } from './fake-clock.ts'
import { FakeDriver, fakeRecipe } from './fake-driver.ts'
import { graderSandboxes } from './grader-sandboxes.ts'
import { gradingLine, StatementQueue } from './statements.ts'

const limits = { timeoutMs: 1_000, rowsMax: 10, bytesMax: 1_000, cellBytesMax: 100 }

async function open() {
  const clock = new FakeClock()
  const driver = new FakeDriver(clock)
  const leases = { write: async () => undefined, closeOpen: async () => 0, deleteEnded: async () => 0 }
  const pool = await clock.until(createPool({ driver, leases, log: silentLog, clock }))
  const queue = new StatementQueue({ clock, limits: { runsMax: 6, personRunsMax: 2, waitingMax: 100, waitMs: 60_000 } })
  const useSandbox = graderSandboxes(pool, queue, clock)
  const grade = (line?: string) => {
    const want = { recipe: fakeRecipe('cinema'), isolation: 'database', access: 'write' } as const
    return useSandbox(want, (database) => database.run([], limits), line)
  }
  return { clock, driver, pool, queue, grade }
}

test('guests of one address share the turns of one person, and others need not wait for them', async () => {
  const { clock, driver, pool, queue, grade } = await open()
  driver.hanging.add('run')
  const guests = Array.from({ length: 8 }, (_, number) =>
    grade(gradingLine({ personId: `guest-${number}`, address: '192.0.2.7', isGuest: true })),
  )
  await clock.advance(5_000)
  expect(queue.load).toEqual({ running: 2, waiting: 2 })
  const others = [
    grade(gradingLine({ personId: 'guest-9', address: '192.0.2.8', isGuest: true })),
    grade(gradingLine({ personId: 'ada', address: '192.0.2.7', isGuest: false })),
    grade(),
  ]
  await clock.advance(5_000)
  expect(queue.load).toEqual({ running: 5, waiting: 2 })
  driver.hanging.delete('run')
  driver.resume()
  await clock.until(Promise.all([...guests, ...others]))
  expect(queue.load).toEqual({ running: 0, waiting: 0 })
  await pool.stop()
})
