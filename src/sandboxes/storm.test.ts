/** The pool in bad weather: claims, releases, gradings, killed pods and hanging calls in any order, by seed. */
import { expect, setDefaultTimeout, test } from 'bun:test'
import { silentLog } from '../telemetry/log.ts'
import { createPool, type DatabaseLease, type DatabasePool } from './create-pool.ts'
import type { DatabaseWant } from './databases.ts'
import { FakeClock } from './fake-clock.ts'
import { FakeDriver, fakeRecipe } from './fake-driver.ts'

// Four hundred steps of many promises each: on a busy machine they take their time.
setDefaultTimeout(60_000)

const steps = 400
const mebibyte = 1024 * 1024
const minute = 60_000
const hour = 60 * minute
const limits = { sandboxesMax: 30, memoryBudgetBytes: 900 * mebibyte, addressSandboxesMax: 10, gradingMax: 3 }
const leases = { write: async () => undefined, closeOpen: async () => 0, deleteEnded: async () => 0 }

const wants: readonly DatabaseWant[] = [
  { recipe: fakeRecipe('cinema'), isolation: 'database', access: 'write' },
  { recipe: fakeRecipe('library'), isolation: 'database', access: 'write' },
  { recipe: fakeRecipe('cinema'), isolation: 'database', access: 'read' },
  { recipe: fakeRecipe('cinema'), isolation: 'server', access: 'write' },
]

/** The same numbers for the same seed: whole, from 0, below a bound. */
function numbersOf(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

interface Storm {
  pool: DatabasePool
  driver: FakeDriver
  clock: FakeClock
  random: (bound: number) => number
  held: DatabaseLease[]
  pending: Promise<unknown>[]
  handedOut: Set<string>
}

function claim({ pool, random, held, handedOut }: Storm): Promise<void> {
  const number = random(40)
  const holder = { personId: `person-${number}`, address: `192.0.2.${number % 3}`, isGuest: number % 2 === 0 }
  return pool.claim(pick(wants, random), { holder, purpose: 'storm' }).then((lease) => {
    expect(handedOut.has(lease.sandbox.id)).toBe(false)
    handedOut.add(lease.sandbox.id)
    held.push(lease)
  })
}

function grade({ pool, clock, random, handedOut }: Storm): Promise<void> {
  return pool.use(pick(wants, random), async ({ id }) => {
    expect(handedOut.has(id)).toBe(false)
    handedOut.add(id)
    await new Promise<void>((resolve) => clock.after(random(50), resolve))
  })
}

async function rest(): Promise<void> {}

const acts: readonly ((storm: Storm) => unknown)[] = [
  claim,
  claim,
  claim,
  grade,
  ({ pool, held, random }) => held.splice(random(held.length), 1).map((lease) => pool.release(lease))[0],
  ({ pool, held, random }) =>
    held
      .slice(random(held.length))
      .slice(0, 1)
      .map((lease) => pool.work(lease, rest))[0],
  ({ driver, random }) => [...driver.livePods][random(driver.livePods.size + 2)]?.kill(),
  ({ driver, random }) => void driver.hanging.add(pick(['startPod', 'createDatabase', 'drop', 'warm'], random)),
  ({ driver }) => driver.resume(),
  ({ pool, random }) => pool.expect(pick(wants, random), random(6)),
] as const

function pick<Value>(values: readonly Value[], random: (bound: number) => number): Value {
  const value = values[random(values.length)]
  if (value === undefined) throw new Error('Nothing to pick from')
  return value
}

function expectBounds({ pool, driver }: Storm): void {
  const { slots } = pool.status()
  const graders = limits.gradingMax
  expect(slots.held).toBeLessThanOrEqual(limits.sandboxesMax + graders)
  const charged = pool.status().pods.reduce((sum, { chargeBytes }) => sum + chargeBytes, 0)
  expect(charged).toBeLessThanOrEqual(limits.memoryBudgetBytes)
  for (const { databases, limits } of driver.livePods) expect(databases.size).toBeLessThanOrEqual(limits.capacity)
}

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'nothing is handed out twice and nothing is left behind (seed %p)',
  async (seed) => {
    const clock = new FakeClock()
    const driver = new FakeDriver(clock)
    const pool = await createPool({ driver, leases, log: silentLog, clock, limits })
    const storm: Storm = { pool, driver, clock, random: numbersOf(seed), held: [], pending: [], handedOut: new Set() }
    for (let step = 0; step < steps; step += 1) {
      const act = pick(acts, storm.random)(storm)
      if (act instanceof Promise) storm.pending.push(act.catch((cause: unknown) => cause))
      // Now and then long enough for what hangs to be given up before it comes back.
      await clock.advance(storm.random(10) === 0 ? 6_000 : storm.random(200))
      expectBounds(storm)
    }
    driver.resume()
    const outcomes = await clock.until(Promise.all(storm.pending), 10 * 60_000)
    expect(outcomes.filter((outcome) => outcome instanceof TypeError || String(outcome).includes('slot'))).toEqual([])
    await clock.advance(minute)
    const { ready, held } = pool.status().slots
    expect(driver.databases.length).toBe(ready + held)
    expect(driver.livePods.size).toBe(pool.status().pods.length)
    await clock.advance(3 * hour)
    expect(pool.status().slots).toEqual({ making: 0, ready: 0, held: 0, dropping: 0 })
    expect(pool.status()).toMatchObject({ grading: 0, leases: [], pods: [], shelves: [] })
    expect([driver.databases, [...driver.livePods]]).toEqual([[], []])
    await clock.until(pool.stop())
    expect(clock.timers).toBe(0)
  },
)
