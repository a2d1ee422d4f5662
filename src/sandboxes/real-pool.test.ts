/** What the pool promises, on real PostgreSQL servers: in boxes where this machine has them, and without. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pod, PodDriver, RunStatement } from '../pods/driver.ts'
import { createLocalDriver } from '../pods/local/local-driver.ts'
import type { RunResult } from '../pods/run.ts'
import { type ServerFiles, unpackServer } from '../postgres/server-files.ts'
import { silentLog } from '../telemetry/log.ts'
import { systemClock } from './clock.ts'
import { createPool, type DatabaseLease, type DatabasePool } from './create-pool.ts'
import type { DatabaseWant } from './databases.ts'
import { runInSandbox, StatementQueue } from './statements.ts'
import { turnLimits } from './turns.ts'

const runLimits = { timeoutMs: 30_000, rowsMax: 100, bytesMax: 1_000_000, cellBytesMax: 10_000 }
const leases = { write: async () => undefined, closeOpen: async () => 0, deleteEnded: async () => 0 }
// The machine may be busy with other tests: what is slow is not what is tested here.
setDefaultTimeout(60_000)
const limits = { claimWaitMs: 50_000, cloneTimeoutMs: 30_000, podStartTimeoutMs: 30_000 }
const queue = new StatementQueue({ clock: systemClock, limits: turnLimits(2) })

let scratch: string
let files: ServerFiles

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'pd-pool-'))
  // Servers may run under another user, who has to get in.
  await chmod(scratch, 0o755)
  files = await unpackServer({ dataDir: scratch, log: silentLog })
})

afterAll(async () => await rm(scratch, { recursive: true, force: true }))

function want(name: string, others: Partial<DatabaseWant> = {}): DatabaseWant {
  const text = `create table films (title text); insert into films values ('${name}');`
  const recipe = { seed: 1, files: [{ name: 'films.sql', format: 'sql' as const, text }] }
  return { recipe, isolation: 'database', access: 'write', ...others }
}

const cinema = want('Solaris')

function claimFor(pool: DatabasePool, number: number, wanted = cinema): Promise<DatabaseLease> {
  const holder = { personId: `person-${number}`, address: '192.0.2.1', isGuest: false }
  return pool.claim(wanted, { holder, purpose: 'test' })
}

function run(pool: DatabasePool, lease: DatabaseLease, text: string): Promise<RunResult> {
  const statements: RunStatement[] = [{ text, offset: 0 }]
  return runInSandbox({ pool, queue }, lease, { statements, limits: runLimits })
}

async function titles(pool: DatabasePool, lease: DatabaseLease): Promise<unknown> {
  const { statements } = await run(pool, lease, 'select title from films order by title')
  return statements[0]?.rows.flat()
}

async function eventually(isSo: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 30_000
  while (!isSo() && performance.now() < deadlineMs) await Bun.sleep(5)
  expect(isSo()).toBe(true)
}

describe.each(['detect', false] as const)('boxed: %p', (boxed) => {
  let driver: PodDriver
  let pool: DatabasePool
  const pods: Pod[] = []
  /** Every database that was cloned, by its id. */
  const cloned = new Set<string>()

  beforeAll(async () => {
    driver = await createLocalDriver({ files, directory: join(scratch, `pods-${boxed}`), log: silentLog, boxed })
    const startPod = driver.startPod.bind(driver)
    driver.startPod = async (...given) => {
      const pod = await startPod(...given)
      pods.push(pod)
      const createDatabase = pod.createDatabase.bind(pod)
      pod.createDatabase = async (...wanted) => {
        const database = await createDatabase(...wanted)
        cloned.add(database.id)
        return database
      }
      return pod
    }
    pool = await createPool({ driver, leases, log: silentLog, limits })
  })

  afterAll(async () => await pool.stop())

  test('a claimed database holds the dataset, and what one person changes no one else sees', async () => {
    const [one, two] = await Promise.all([claimFor(pool, 1), claimFor(pool, 2)])
    await run(pool, one, `insert into films values ('Stalker')`)
    expect(await titles(pool, one)).toEqual(['Solaris', 'Stalker'])
    expect(await titles(pool, two)).toEqual(['Solaris'])
    await Promise.all([pool.release(one), pool.release(two)])
  })

  test('a ready database is handed out as it is, and nobody waits for a clone', async () => {
    pool.expect(cinema, 4)
    await eventually(() => pool.status().slots.ready >= 4)
    const before = new Set(cloned)
    const held = await Promise.all([1, 2, 3, 4].map((number) => claimFor(pool, number)))
    expect(pool.status().claims.hit.count).toBe(4)
    expect(held.filter(({ sandbox }) => !before.has(sandbox.id))).toEqual([])
    await Promise.all(held.map((lease) => pool.release(lease)))
  })

  test('a killed pod costs its own sandboxes a new clone, and their holders are told', async () => {
    const lease = await claimFor(pool, 1)
    const running = run(pool, lease, 'select pg_sleep(20)')
    await Bun.sleep(100)
    for (const pod of pods) await pod.kill()
    expect((await running).end).toBe('lost')
    await eventually(() => lease.end === 'lost')
    const again = await claimFor(pool, 1)
    expect(await titles(pool, again)).toEqual(['Solaris'])
    await pool.release(again)
  })

  test('forty people at once each get a database of their own', async () => {
    const held = await Promise.all(Array.from({ length: 40 }, (_, number) => claimFor(pool, number)))
    expect(new Set(held.map(({ sandbox }) => sandbox.id)).size).toBe(40)
    expect(await titles(pool, held[39] ?? held[0] ?? (await claimFor(pool, 1)))).toEqual(['Solaris'])
    await Promise.all(held.map((lease) => pool.release(lease)))
    expect(pool.status().slots.held).toBe(0)
  })

  test('people who only read share a pod, and may not write', async () => {
    const reading = want('Solaris', { access: 'read' })
    const readers = await Promise.all(Array.from({ length: 20 }, (_, number) => claimFor(pool, number, reading)))
    expect(new Set(readers.map(({ made }) => made.podId)).size).toBe(1)
    const [first] = readers
    if (first === undefined) throw new Error('nobody reads')
    expect(await titles(pool, first)).toEqual(['Solaris'])
    expect((await run(pool, first, 'delete from films')).statements[0]?.error?.code).toBe('42501')
    await Promise.all(readers.map((lease) => pool.release(lease)))
  })

  test('a grader’s database is gone afterwards', async () => {
    const result = await pool.use(cinema, async (database) => {
      return await database.run([{ text: 'drop table films', offset: 0 }], runLimits)
    })
    expect(result.end).toBe('completed')
    const lease = await claimFor(pool, 1)
    expect(await titles(pool, lease)).toEqual(['Solaris'])
    await pool.release(lease)
  })

  test('a server of one’s own has a superuser, where pods are boxed', async () => {
    const own = claimFor(pool, 1, want('Solaris', { isolation: 'server' }))
    if (!driver.isBoxed) {
      await expect(own).rejects.toMatchObject({ code: 'needs_box' })
      return
    }
    const lease = await own
    const { statements } = await run(pool, lease, 'show is_superuser')
    expect(statements[0]?.rows).toEqual([['on']])
    await pool.release(lease)
  })

  test('a dataset that does not load is told to everyone, with file and line', async () => {
    const recipe = { seed: 1, files: [{ name: 'films.sql', format: 'sql' as const, text: 'select 1;\nselec 2;' }] }
    const broken = { recipe, isolation: 'database', access: 'write' } as const
    const refusals = await Promise.allSettled([claimFor(pool, 1, broken), claimFor(pool, 2, broken)])
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ status: 'rejected', reason: { kind: 'invalid' } })
    }
  })

  test('stopping ends every pod', async () => {
    await claimFor(pool, 1)
    const podsBefore = pool.status().pods.length
    expect(podsBefore).toBeGreaterThan(0)
    await pool.stop()
    expect(pool.status().slots).toEqual({ making: 0, ready: 0, held: 0, dropping: 0 })
    await eventually(() => pool.status().pods.length === 0)
  })
})
