/** A run that is followed by whoever asked for it. */
import { afterAll, afterEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCodeGrader } from '../grading/code/code-grader.ts'
import { exerciseOf } from '../grading/code/test-code.ts'
import { openRuntimes } from '../runtimes/open-runtimes.ts'
import { createPool } from '../sandboxes/create-pool.ts'
import { DiskRoom } from '../sandboxes/disk-room.ts'
import { ExecutionPool } from '../sandboxes/executions.ts'
import { FakeClock } from '../sandboxes/fake-clock.ts'
import { FakeDriver } from '../sandboxes/fake-driver.ts'
import { FakeExecutionDriver } from '../sandboxes/fake-execution-driver.ts'
import { graderSandboxes } from '../sandboxes/grader-sandboxes.ts'
import { StatementQueue } from '../sandboxes/statements.ts'
import { turnLimits } from '../sandboxes/turns.ts'
import { findOrCreateAttempt } from '../store/attempts.ts'
import { createTestDatabase } from '../store/test-database.ts'
import { insertGuest } from '../store/users.ts'
import { silentLog } from '../telemetry/log.ts'
import { LiveOutput } from './live-output.ts'
import { runInLines } from './run-in-lines.ts'
import { AttemptSandboxes } from './sandboxes.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

const megabyte = 1024 ** 2
const limits = {
  ...{ wallMs: 10_000, cpuMs: 10_000, memoryBytesMax: 64 * megabyte, processesMax: 64, openFilesMax: 64 },
  ...{ fileBytesMax: megabyte, diskBytesMax: megabyte, filesMax: 100, outputBytesMax: megabyte },
}
const exercise = exerciseOf('language: bash\nentry: main.sh\ngrading: { compare: io }', {
  'starter/main.sh': 'true\n',
  'solution/main.sh': 'echo 1\n',
  'data/secret/1.in': '',
  'data/secret/1.ans': '1\n',
})

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A bench whose disk is measured when somebody says so, and an attempt of somebody's. */
async function ground() {
  const directory = mkdtempSync(join(tmpdir(), 'podium-lines-'))
  const clock = new FakeClock()
  const boxDriver = new FakeExecutionDriver()
  const records = { write: async () => undefined, closeOpen: async () => 0, deleteEnded: async () => 0 }
  const pool = await createPool({ driver: new FakeDriver(clock), leases: records, log: silentLog, clock })
  const boxes = new ExecutionPool({
    ...{ driver: boxDriver, log: silentLog, clock },
    limits: { usesMax: 2, readyMax: 2, readyTotalMax: 4, memoryBudgetBytes: 1024 * megabyte },
  })
  const measured = Promise.withResolvers<number>()
  const room = new DiskRoom({ directory, reserveBytes: 1, log: silentLog, measure: () => measured.promise, clock })
  const runtimes = await openRuntimes({
    specs: [],
    problems: [],
    roots: [],
    driver: boxDriver,
    log: silentLog,
    directory,
  })
  const queue = new StatementQueue({ clock, limits: { ...turnLimits(1), runsMax: 2 } })
  const { useBox, useBoxes } = boxes
  const grader = createCodeGrader({ runtimes, useBox, useBoxes, useSandbox: graderSandboxes(pool, queue), limits })
  ends.push(
    () => room.stop(),
    () => pool.stop(),
    () => boxes.stop(),
    () => rmSync(directory, { recursive: true }),
  )
  const userId = crypto.randomUUID()
  await insertGuest(sql, { id: userId, now: new Date() })
  const { attempt } = await findOrCreateAttempt(sql, { viewer: { userId }, exercise })
  const sandboxes = new AttemptSandboxes(pool)
  return { attempt, measured, bench: { sql, room, sandboxes, grader, live: new LiveOutput() } }
}

test('who leaves before their own run has begun ends nobody else’s in the same attempt', async () => {
  const { attempt, measured, bench } = await ground()
  const other = bench.sandboxes.startRun(attempt.id)
  const gone = new AbortController()
  const holder = { personId: attempt.userId, address: '192.0.2.1', isGuest: true }
  const wish = { attempt, exercise, holder, answer: exercise.starter, stdin: '' }
  const lines = runInLines(bench, wish, { signal: gone.signal, resultOf: (result) => result })
  const first = lines.next()
  gone.abort()
  expect(other.signal.aborted).toBe(false)
  measured.resolve(1_000_000)
  expect((await first).value).toMatchObject({ problem: { code: 'already_running' } })
  expect(other.signal.aborted).toBe(false)
  other.finish()
})
