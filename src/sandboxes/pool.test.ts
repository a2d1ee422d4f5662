/** What the pool promises, on a fake driver and a fake clock. */
import { describe, expect, test } from 'bun:test'
import { Failure } from '../failure.ts'
import type { LeaseRow } from '../store/leases.ts'
import { silentLog } from '../telemetry/log.ts'
import { createPool, type DatabasePool } from './create-pool.ts'
import type { DatabaseWant } from './databases.ts'
import { FakeClock } from './fake-clock.ts'
import { FakeDriver, fakeRecipe } from './fake-driver.ts'
import type { Holder } from './leases.ts'
import type { PoolLimits } from './limits.ts'

const mebibyte = 1024 * 1024
const minute = 60_000

class FakeRecords {
  readonly rows = new Map<string, LeaseRow>()
  openBefore = 0
  isDown = false

  async write(rows: readonly LeaseRow[]): Promise<void> {
    if (this.isDown) throw new Error('The control plane is down')
    for (const row of rows) this.rows.set(row.id, row)
  }

  async closeOpen(): Promise<number> {
    return this.openBefore
  }

  async deleteEnded(): Promise<number> {
    return 0
  }
}

interface House {
  pool: DatabasePool
  driver: FakeDriver
  clock: FakeClock
  records: FakeRecords
}

async function house(limits: Partial<PoolLimits> = {}, { isBoxed = true } = {}): Promise<House> {
  const clock = new FakeClock()
  const driver = new FakeDriver(clock, { isBoxed })
  const records = new FakeRecords()
  const pool = await createPool({ driver, leases: records, log: silentLog, limits, clock })
  return { pool, driver, clock, records }
}

const cinema = want('cinema')

function want(name: string, others: Partial<DatabaseWant> = {}): DatabaseWant {
  return { recipe: fakeRecipe(name), isolation: 'database', access: 'write', ...others }
}

function person(number: number): Holder {
  return { personId: `person-${number}`, address: '192.0.2.1', isGuest: false }
}

function guest(number: number, address = '192.0.2.1'): Holder {
  return { personId: `guest-${number}`, address, isGuest: true }
}

function claimFor(pool: DatabasePool, holder: Holder, wanted = cinema) {
  return pool.claim(wanted, { holder, purpose: 'attempt' })
}

function people(count: number): Holder[] {
  return Array.from({ length: count }, (_, number) => person(number))
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => 'no failure',
    (cause: unknown) => (cause instanceof Failure ? cause.code : String(cause)),
  )
}

/** A house in which somebody has worked, so that sandboxes are ready. */
async function warmHouse(limits: Partial<PoolLimits> = {}): Promise<House> {
  const made = await house(limits)
  made.pool.expect(cinema, 4)
  await made.clock.advance(3_000)
  return made
}

describe('claiming', () => {
  test('the first claim builds the image, starts a pod and clones', async () => {
    const { pool, driver, clock } = await house()
    const lease = await clock.until(claimFor(pool, person(1)))
    expect(driver.calls).toMatchObject({ buildImage: 1, startPod: 1, createDatabase: 1 })
    expect(driver.databases.map(({ id }) => id)).toContain(lease.sandbox.id)
    expect(pool.status().slots.held).toBe(1)
  })

  test('a ready sandbox is handed out without waiting and without calling the driver', async () => {
    const { pool, driver } = await warmHouse()
    const before = driver.calls.createDatabase
    await claimFor(pool, person(1))
    expect(driver.calls.createDatabase).toBe(before)
    expect(pool.status().hitRatio).toBe(1)
  })

  test('a hundred people who ask at the same moment cause one build', async () => {
    const { pool, driver, clock } = await house()
    const leases = await clock.until(Promise.all(people(100).map((holder) => claimFor(pool, holder))))
    expect(driver.calls.buildImage).toBe(1)
    expect(new Set(leases.map(({ sandbox }) => sandbox.id)).size).toBe(100)
  })

  test('two hundred people in the same second all get a database, in pods of eight', async () => {
    const { pool, driver, clock } = await warmHouse()
    const leases = await clock.until(Promise.all(people(200).map((holder) => claimFor(pool, holder))), 10_000)
    expect(new Set(leases.map(({ sandbox }) => sandbox.id)).size).toBe(200)
    expect(Math.max(...[...driver.livePods].map(({ databases }) => databases.size))).toBeLessThanOrEqual(8)
    expect(driver.livePods.size).toBe(25)
  })

  test('equal recipes share one image, different ones do not', async () => {
    const { pool, driver, clock } = await house()
    await clock.until(claimFor(pool, person(1), want('cinema')))
    await clock.until(claimFor(pool, person(2), want('cinema')))
    await clock.until(claimFor(pool, person(3), want('library')))
    expect(driver.calls.buildImage).toBe(2)
  })

  test('a used sandbox is destroyed and never handed out again', async () => {
    const { pool, driver, clock } = await warmHouse()
    const seen = new Set<string>()
    for (let round = 0; round < 20; round += 1) {
      const lease = await clock.until(claimFor(pool, person(1)))
      expect(seen.has(lease.sandbox.id)).toBe(false)
      seen.add(lease.sandbox.id)
      await clock.until(pool.release(lease))
    }
    await clock.advance(1_000)
    expect(driver.databases.some(({ id }) => seen.has(id))).toBe(false)
  })

  test('a server of one’s own is a pod of its own, ended with its lease', async () => {
    const { pool, driver, clock } = await house()
    const own = want('cinema', { isolation: 'server' })
    const lease = await clock.until(claimFor(pool, person(1), own))
    const pod = [...driver.livePods].find(({ id }) => id === lease.made.podId)
    expect(pod?.limits.capacity).toBe(1)
    await clock.until(pool.release(lease))
    expect([...driver.livePods].some(({ id }) => id === lease.made.podId)).toBe(false)
  })

  test('a server of one’s own is refused where pods are not boxed', async () => {
    const { pool } = await house({}, { isBoxed: false })
    expect(await codeOf(claimFor(pool, person(1), want('cinema', { isolation: 'server' })))).toBe('needs_box')
  })
})

describe('claims and refills', () => {
  test('refills wait while claims wait', async () => {
    const { pool, driver, clock } = await warmHouse({ sandboxesMax: 100 })
    const other = want('library')
    await clock.until(claimFor(pool, person(1000), other))
    pool.expect(other, 10)
    const from = driver.journal.length
    const claims = Promise.all(people(40).map((holder) => claimFor(pool, holder)))
    await clock.until(claims)
    const [cinemaHash] = [...driver.images.keys()]
    const meanwhile = driver.journal.slice(from).filter((hash) => hash !== cinemaHash)
    expect(meanwhile.length).toBeLessThanOrEqual(2)
    await clock.advance(5_000)
    expect(pool.status().shelves.find(({ key }) => !key.endsWith(cinemaHash ?? ''))?.ready).toBe(10)
  })

  test('a claim never waits for a pod that is to be started ahead of time', async () => {
    const { pool, clock, driver } = await house()
    const [one, two] = [want('one'), want('two')]
    pool.expect(one)
    pool.expect(two)
    await clock.advance(5_000)
    for (const pod of driver.livePods) await pod.kill()
    const startedMs = clock.now()
    await clock.until(
      Promise.all([claimFor(pool, person(1), one), clock.advance(1).then(() => claimFor(pool, person(2), two))]),
    )
    expect(clock.now() - startedMs).toBeLessThan(200)
  })

  test('the ready stock rises with demand and falls to nothing when nobody comes', async () => {
    const { pool, driver, clock } = await house()
    await clock.until(claimFor(pool, person(1)))
    await clock.advance(3_000)
    expect(pool.status().slots.ready).toBe(1)
    await clock.until(Promise.all(people(20).map((holder) => claimFor(pool, holder))))
    await clock.advance(3_000)
    expect(pool.status().slots.ready).toBeGreaterThan(8)
    await clock.advance(60 * minute)
    expect(pool.status().slots).toEqual({ making: 0, ready: 0, held: 0, dropping: 0 })
    expect(driver.livePods.size).toBe(0)
    expect(pool.status().shelves).toEqual([])
  })

  test('ready sandboxes of one dataset make room for a claim of another', async () => {
    const { pool, clock } = await warmHouse({ sandboxesMax: 4 })
    expect(pool.status().slots.ready).toBe(4)
    await clock.until(claimFor(pool, person(1), want('library')))
    expect(pool.status().slots.held).toBe(1)
  })

  test('an idle pod makes room in the memory budget', async () => {
    const { pool, driver, clock } = await house({ memoryBudgetBytes: 300 * mebibyte })
    for (const name of ['one', 'two', 'three', 'four']) {
      const lease = await clock.until(claimFor(pool, person(1), want(name)))
      await clock.until(pool.release(lease))
      expect(driver.livePods.size).toBeLessThanOrEqual(2)
    }
  })
})

describe('limits', () => {
  test('a full house is refused by name, with the time to wait', async () => {
    const { pool, clock } = await house({ sandboxesMax: 5, personSandboxesMax: 3 })
    await clock.until(Promise.all(people(5).map((holder) => claimFor(pool, holder))))
    const refusal = await claimFor(pool, person(9)).catch((cause: unknown) => cause)
    expect(refusal).toMatchObject({ kind: 'exhausted', code: 'pool_full' })
    expect(refusal instanceof Failure && refusal.retryAfterSeconds).toBeGreaterThan(0)
  })

  test('a full memory budget is refused by the same name', async () => {
    const { pool, clock } = await house({ memoryBudgetBytes: 160 * mebibyte })
    await clock.until(Promise.all(people(8).map((holder) => claimFor(pool, holder))))
    expect(await clock.until(codeOf(claimFor(pool, person(9))))).toBe('pool_full')
  })

  test('a person’s fourth sandbox takes the place of the one used least recently', async () => {
    const { pool, driver, clock } = await house()
    const leases = []
    for (const name of ['one', 'two', 'three']) {
      leases.push(await clock.until(claimFor(pool, person(1), want(name))))
      await clock.advance(1_000)
    }
    const [first, second] = leases
    if (first === undefined || second === undefined) throw new Error('unreachable')
    pool.renew(first)
    await clock.until(claimFor(pool, person(1), want('four')))
    expect(second.end).toBe('replaced')
    expect(first.end).toBeNull()
    await clock.advance(100)
    expect(driver.databases.some(({ id }) => id === second.sandbox.id)).toBe(false)
  })

  test('a person in all of whose sandboxes something runs is refused a further one', async () => {
    const { pool, clock } = await house({ personSandboxesMax: 1 })
    const lease = await clock.until(claimFor(pool, person(1)))
    const running = pool.work(lease, async () => await new Promise<void>((resolve) => clock.after(500, resolve)))
    expect(await codeOf(claimFor(pool, person(1)))).toBe('person_full')
    await clock.until(running)
    await clock.until(claimFor(pool, person(1)))
  })

  test('guests behind one address share its places; people who signed in and other addresses do not', async () => {
    const { pool, clock } = await house({ addressSandboxesMax: 4 })
    for (let number = 0; number < 4; number += 1) await clock.until(claimFor(pool, guest(number)))
    expect(await codeOf(claimFor(pool, guest(5)))).toBe('address_full')
    await clock.until(claimFor(pool, guest(6, '192.0.2.2')))
    await clock.until(claimFor(pool, person(7)))
  })

  test('a refused claim takes nobody’s place', async () => {
    const { pool, driver, clock } = await house({ personSandboxesMax: 1 })
    driver.failing.set('buildImage', new Failure('invalid', 'cinema.sql line 3: syntax error'))
    expect(await clock.until(codeOf(claimFor(pool, person(1))))).toBe('invalid')
    driver.failing.clear()
    await clock.advance(31_000)
    await clock.until(claimFor(pool, person(1)))
    expect(pool.status().slots.held).toBe(1)
  })
})

describe('leases', () => {
  test('a guest’s sandbox ends after ten idle minutes, a signed-in person’s after thirty', async () => {
    const { pool, driver, clock } = await house()
    const visitor = await clock.until(claimFor(pool, guest(1)))
    const learner = await clock.until(claimFor(pool, person(1)))
    await clock.advance(11 * minute)
    expect([visitor.end, learner.end]).toEqual(['idle', null])
    expect(driver.databases.map(({ id }) => id)).not.toContain(visitor.sandbox.id)
    await clock.advance(20 * minute)
    expect(learner.end).toBe('idle')
    expect(pool.endOf(learner.id)).toBe('idle')
    expect(pool.find(learner.id)).toBeNull()
  })

  test('activity renews a lease, up to its life of two hours', async () => {
    const { pool, clock } = await house()
    const lease = await clock.until(claimFor(pool, person(1)))
    for (let round = 0; round < 11; round += 1) {
      await clock.advance(10 * minute)
      await pool.work(lease, async () => undefined)
    }
    expect(lease.end).toBeNull()
    await clock.advance(11 * minute)
    expect(lease.end).toBe('life')
  })

  test('a sandbox does not expire while something runs in it', async () => {
    const { pool, clock } = await house()
    const lease = await clock.until(claimFor(pool, guest(1)))
    const running = pool.work(
      lease,
      async () => await new Promise<void>((resolve) => clock.after(15 * minute, resolve)),
    )
    await clock.advance(14 * minute)
    expect(lease.end).toBeNull()
    await clock.until(running)
    expect(lease.end).toBeNull()
  })

  test('whoever uses an ended sandbox is told why', async () => {
    const { pool, clock } = await house()
    const lease = await clock.until(claimFor(pool, person(1)))
    expect(await clock.until(pool.endLease(lease.id))).toBe(true)
    expect(await pool.endLease(lease.id)).toBe(false)
    const refusal = await pool.work(lease, async () => undefined).catch((cause: unknown) => cause)
    expect(refusal).toMatchObject({ kind: 'conflict', code: 'sandbox_ended' })
    expect(String(refusal)).toContain('administrator')
  })

  test('two runs at once in one sandbox are refused', async () => {
    const { pool, clock } = await house()
    const lease = await clock.until(claimFor(pool, person(1)))
    const first = pool.work(lease, async () => await new Promise<void>((resolve) => clock.after(10, resolve)))
    expect(await codeOf(pool.work(lease, async () => undefined))).toBe('already_running')
    await clock.until(first)
    await pool.work(lease, async () => undefined)
  })

  test('rows are written along: opened, renewed, ended', async () => {
    const { pool, clock, records } = await house()
    const lease = await clock.until(claimFor(pool, person(1)))
    await clock.advance(300)
    expect(records.rows.get(lease.id)).toMatchObject({ userId: 'person-1', endedAt: null, sandbox: lease.sandbox.id })
    await clock.until(pool.release(lease))
    await clock.advance(300)
    expect(records.rows.get(lease.id)).toMatchObject({ endReason: 'released' })
  })

  test('a control plane that is away delays rows and nothing else', async () => {
    const { pool, clock, records } = await warmHouse()
    records.isDown = true
    const lease = await claimFor(pool, person(1))
    await clock.advance(1_000)
    expect(records.rows.size).toBe(0)
    records.isDown = false
    await clock.advance(6_000)
    expect(records.rows.has(lease.id)).toBe(true)
  })
})

describe('pods that fail', () => {
  test('a killed pod costs its own sandboxes a new clone and nobody else anything', async () => {
    const { pool, driver, clock } = await house({ podCapacity: 2 })
    const leases = await clock.until(Promise.all(people(4).map((holder) => claimFor(pool, holder))))
    const [first] = leases
    if (first === undefined) throw new Error('unreachable')
    const [victim] = [...driver.livePods].filter(({ id }) => id === first.made.podId)
    await victim?.kill()
    await clock.advance(10)
    const ends = leases.map(({ made, end }) => [made.podId === first.made.podId, end])
    expect(ends.every(([isVictim, end]) => end === (isVictim ? 'lost' : null))).toBe(true)
    const again = await clock.until(claimFor(pool, person(0)))
    expect(again.sandbox.id).not.toBe(first.sandbox.id)
  })

  test('ready sandboxes of a killed pod are not handed out', async () => {
    const { pool, driver, clock } = await warmHouse()
    for (const pod of driver.livePods) await pod.kill()
    const lease = await clock.until(claimFor(pool, person(1)))
    expect(driver.databases.map(({ id }) => id)).toContain(lease.sandbox.id)
  })

  test('a claim whose clone fails is served by another pod', async () => {
    const { pool, driver, clock } = await house()
    await clock.until(claimFor(pool, person(1)))
    driver.failing.set('createDatabase', new Error('could not create directory'))
    const claim = claimFor(pool, person(2))
    await clock.advance(15)
    driver.failing.clear()
    await clock.until(claim)
    expect(driver.livePods.size).toBe(2)
  })

  test.each(['buildImage', 'startPod', 'createDatabase'] as const)(
    'a hanging %s ends no claim but by its deadline',
    async (call) => {
      const { pool, driver, clock } = await house()
      driver.hanging.add(call)
      const startedMs = clock.now()
      const codes = await clock.until(Promise.all(people(5).map((holder) => codeOf(claimFor(pool, holder)))))
      expect(codes.every((code) => ['claim_timeout', 'pod_start', 'clone_timeout'].includes(code))).toBe(true)
      expect(clock.now() - startedMs).toBeLessThanOrEqual(16_000)
      driver.resume()
      await clock.until(claimFor(pool, person(9), want('library')))
    },
  )

  test('a claim that is given up while its pod starts leaves no seat taken', async () => {
    const { pool, driver, clock } = await house()
    await clock.until(claimFor(pool, person(1)))
    const controller = new AbortController()
    const other = pool.claim(want('library'), { holder: person(2), purpose: 'attempt', signal: controller.signal })
    const outcome = codeOf(other)
    await clock.advance(520)
    controller.abort(new Failure('invalid', 'gone', { code: 'gave_up' }))
    expect(await outcome).toBe('gave_up')
    await clock.advance(1_000)
    expect(
      pool
        .status()
        .pods.map(({ seats }) => seats)
        .sort(),
    ).toEqual([0, 2])
    await clock.advance(40 * minute)
    expect(driver.livePods.size).toBe(0)
  })

  test('a sandbox that cannot be dropped takes its pod with it', async () => {
    const { pool, driver, clock } = await house()
    const lease = await clock.until(claimFor(pool, person(1)))
    driver.hanging.add('drop')
    await clock.until(pool.release(lease))
    expect([...driver.livePods].some(({ id }) => id === lease.made.podId)).toBe(false)
  })

  test('a sandbox that cannot be made warm is not kept ready', async () => {
    const { pool, driver, clock } = await house()
    driver.hanging.add('warm')
    pool.expect(cinema, 2)
    await clock.advance(18_000)
    driver.resume()
    await clock.advance(10_000)
    expect(pool.status().slots).toEqual({ making: 0, ready: 2, held: 0, dropping: 0 })
    expect(driver.databases.length).toBe(2)
  })

  test('a full house waits for what is being dropped', async () => {
    const { pool, driver, clock } = await house({ memoryBudgetBytes: 160 * mebibyte, personSandboxesMax: 1 })
    await clock.until(Promise.all(people(8).map((holder) => claimFor(pool, holder))))
    await clock.until(claimFor(pool, person(3)))
    expect(driver.livePods.size).toBe(1)
  })

  test('a failed build is told to everyone who waits, and not tried again at once', async () => {
    const { pool, driver, clock } = await house()
    driver.failing.set('buildImage', new Failure('invalid', 'cinema.sql line 3: syntax error'))
    const codes = await clock.until(Promise.all(people(10).map((holder) => codeOf(claimFor(pool, holder)))))
    expect(codes).toEqual(Array(10).fill('invalid'))
    expect(await clock.until(codeOf(claimFor(pool, person(11))))).toBe('invalid')
    expect(driver.calls.buildImage).toBe(1)
  })
})

describe('grading', () => {
  test('a grader’s sandbox is fresh and gone afterwards, also when grading failed', async () => {
    const { pool, driver, clock } = await warmHouse()
    const seen: string[] = []
    const grade = pool.use(cinema, async ({ id }) => {
      seen.push(id)
      throw new Error('the grader broke')
    })
    expect(await clock.until(codeOf(grade))).toContain('the grader broke')
    await clock.advance(1_000)
    expect(driver.databases.map(({ id }) => id)).not.toContain(seen[0])
    expect(pool.status()).toMatchObject({ grading: 0, slots: { held: 0, dropping: 0 } })
  })

  test('a house full of learners does not keep anyone from being graded', async () => {
    const { pool, clock } = await house({ sandboxesMax: 8, memoryBudgetBytes: 300 * mebibyte, gradingShare: 0.45 })
    await clock.until(Promise.all(people(8).map((holder) => claimFor(pool, holder))))
    expect(await clock.until(codeOf(claimFor(pool, person(9))))).toBe('pool_full')
    expect(await clock.until(pool.use(cinema, async ({ id }) => id))).toStartWith('s_')
  })

  test('graders wait their turn within their allowance', async () => {
    const { pool, clock } = await warmHouse({ gradingMax: 2 })
    let most = 0
    let now = 0
    const grade = async () => {
      now += 1
      most = Math.max(most, now)
      await new Promise<void>((resolve) => clock.after(20, resolve))
      now -= 1
    }
    await clock.until(Promise.all(Array.from({ length: 10 }, () => pool.use(cinema, grade))))
    expect(most).toBe(2)
  })
})

describe('beginning and end', () => {
  test('stopping leaves nothing behind and refuses what comes after', async () => {
    const { pool, driver, clock, records } = await warmHouse()
    const lease = await claimFor(pool, person(1))
    const pending = codeOf(claimFor(pool, person(2), want('library')))
    await clock.until(pool.stop())
    expect(await pending).toBe('stopping')
    expect(await codeOf(claimFor(pool, person(3)))).toBe('stopping')
    expect(driver.livePods.size).toBe(0)
    expect(records.rows.get(lease.id)?.endReason).toBe('stopped')
    await clock.advance(minute)
    expect(driver.livePods.size).toBe(0)
    expect(pool.status().slots).toEqual({ making: 0, ready: 0, held: 0, dropping: 0 })
    expect(clock.timers).toBe(0)
  })

  test('limits that contradict each other are refused', async () => {
    expect(await codeOf(house({ cloneTimeoutMs: 20_000 }))).toBe('invalid')
    expect(await codeOf(house({ sandboxesMax: 0 }))).toBe('invalid')
  })
})
