/** The stock's boundaries: what happens to a sandbox in the very moment somebody waits for it. */
import { expect, test } from 'bun:test'
import { silentLog } from '../telemetry/log.ts'
import { FakeClock } from './fake-clock.ts'
import { type PoolLimits, poolLimits } from './limits.ts'
import { madeOf } from './slot.ts'
import type { Made, MakeOptions, SandboxSource } from './source.ts'
import { Stock } from './stock.ts'

/** A source whose sandboxes are numbers, made at once unless a test says otherwise. */
class NumberSource implements SandboxSource<string, number> {
  readonly kind = 'number'
  readonly destroyed: number[] = []
  /** How long making takes; sources may come back after the signal. */
  makeMs = 0
  /** Sandboxes that are lost when they are made, and while they are made warm. */
  readonly lostWhenMade = new Set<number>()
  readonly lostWhenWarm = new Set<number>()
  readonly #lose = new Map<number, () => void>()
  #made = 0
  readonly #clock: FakeClock

  constructor(clock: FakeClock) {
    this.#clock = clock
  }

  keyOf(want: string): string {
    return want
  }

  async prepare(): Promise<void> {}

  async make(_want: string, _options: MakeOptions): Promise<Made<number>> {
    this.#made += 1
    const sandbox = this.#made
    const { promise: lost, resolve: lose } = Promise.withResolvers<void>()
    this.#lose.set(sandbox, lose)
    if (this.lostWhenMade.has(sandbox)) lose()
    if (this.makeMs > 0) await new Promise<void>((resolve) => this.#clock.after(this.makeMs, resolve))
    const warm = async () => (this.lostWhenWarm.has(sandbox) ? lose() : undefined)
    const destroy = async () => void this.destroyed.push(sandbox)
    return { sandbox, id: `n_${sandbox}`, podId: `p_${sandbox}`, imageHash: 'i', lost, warm, destroy }
  }

  /** Takes one away that was made. */
  lose(sandbox: number): void {
    this.#lose.get(sandbox)?.()
  }

  async reapOrphans(): Promise<number> {
    return 0
  }

  tend(): void {}

  async stop(): Promise<void> {}
}

function stockOf(limits: Partial<PoolLimits> = {}) {
  const clock = new FakeClock()
  const source = new NumberSource(clock)
  const lost: (number | undefined)[] = []
  const onLost = (slot: { made: Made<number> | null }) => void lost.push(slot.made?.sandbox)
  const stock = new Stock({ source, clock, log: silentLog, limits: poolLimits(limits), onLost })
  return { clock, source, stock, lost }
}

test('a sandbox that is lost in the moment it is made is not handed out: another one is', async () => {
  const { clock, source, stock } = stockOf()
  source.lostWhenMade.add(1).add(2)
  const slot = await clock.until(stock.obtain('a', 'people'))
  expect([madeOf(slot).sandbox, slot.state]).toEqual([3, 'held'])
})

test('a sandbox that is lost while it is made warm does not reach the shelf', async () => {
  const { clock, source, stock } = stockOf()
  source.lostWhenWarm.add(1)
  stock.expect('a', 1)
  await clock.advance(100)
  const slot = await clock.until(stock.obtain('a', 'people'))
  expect(madeOf(slot).sandbox).toBe(2)
  expect(slot.state).toBe('held')
})

test('a sandbox that is ready too late for its claim is destroyed', async () => {
  const { clock, source, stock } = stockOf()
  source.makeMs = 20_000
  const claim = stock.obtain('a', 'people').catch(String)
  expect(await clock.until(claim)).toContain('not ready yet')
  await clock.advance(10_000)
  expect(source.destroyed).toContain(1)
  expect(stock.count().held).toBe(0)
})

test('refills under way do not keep a claim out of a full house', async () => {
  const { clock, source, stock } = stockOf({ sandboxesMax: 3 })
  source.makeMs = 1_000
  stock.expect('a', 3)
  await clock.advance(100)
  const slot = await clock.until(stock.obtain('b', 'people'))
  expect(slot.state).toBe('held')
})

test('a refill leaves the moment after a hand-out to whoever was handed the sandbox', async () => {
  const { clock, stock } = stockOf()
  stock.expect('a', 1)
  await clock.advance(1_000)
  await clock.until(stock.obtain('a', 'people'))
  await clock.advance(40)
  expect(stock.count()).toMatchObject({ held: 1, ready: 0, making: 0 })
  await clock.advance(20)
  expect(stock.count()).toMatchObject({ held: 1, ready: 1 })
})

test('whoever holds a sandbox that is lost is told once', async () => {
  const { clock, source, stock, lost } = stockOf()
  const slot = await clock.until(stock.obtain('a', 'people'))
  source.lose(1)
  await clock.advance(0)
  expect([slot.state, lost]).toEqual(['gone', [1]])
  await stock.drop(slot)
  expect([source.destroyed, lost]).toEqual([[], [1]])
})

test('a sandbox that was given back is destroyed, and its end is no loss', async () => {
  const { clock, source, stock, lost } = stockOf()
  const slot = await clock.until(stock.obtain('a', 'people'))
  await stock.drop(slot)
  source.lose(1)
  await clock.advance(0)
  expect([source.destroyed, lost]).toEqual([[1], []])
})
