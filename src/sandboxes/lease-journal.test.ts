/** Leases on their way to the control plane. */
import { expect, test } from 'bun:test'
import type { LeaseRow } from '../store/leases.ts'
import { silentLog } from '../telemetry/log.ts'
import { FakeClock } from './fake-clock.ts'
import { LeaseJournal } from './lease-journal.ts'
import { LeaseBook } from './leases.ts'
import { poolLimits } from './limits.ts'
import type { Made } from './source.ts'

const nothing = async () => undefined

function setUp() {
  const clock = new FakeClock()
  const batches: LeaseRow[][] = []
  const state = { isDown: false, isHanging: false }
  const write = async (rows: readonly LeaseRow[]) => {
    if (state.isHanging) await new Promise(() => undefined)
    if (state.isDown) await new Promise<void>((resolve) => clock.after(10, resolve))
    if (state.isDown) throw new Error('The control plane is down')
    if (rows.length > 0) batches.push([...rows])
  }
  const records = { write, closeOpen: async () => 3, deleteEnded: async () => 0 }
  const journal = new LeaseJournal({ records, clock, log: silentLog })
  const book = new LeaseBook<string>({ clock, limits: poolLimits() })
  const lease = (number: number) => {
    const { admission } = book.admit({ personId: `person-${number}`, address: '192.0.2.1', isGuest: false })
    const lost = new Promise<void>(() => undefined)
    const made: Made<string> = {
      sandbox: 's',
      id: `s_${number}`,
      podId: 'p',
      imageHash: 'i',
      lost,
      warm: nothing,
      destroy: nothing,
    }
    return book.open(admission, made, 'test')
  }
  return { clock, batches, state, journal, book, lease }
}

test('changes of a moment are written together, each lease once and as it is last', async () => {
  const { clock, batches, journal, book, lease } = setUp()
  const [one, two] = [lease(1), lease(2)]
  for (const each of [one, two, one]) journal.note('database', each)
  book.end(one, 'released')
  journal.note('database', one)
  await clock.advance(300)
  expect(batches.map((rows) => rows.map(({ sandbox, endReason }) => [sandbox, endReason]))).toEqual([
    [
      ['s_2', null],
      ['s_1', 'released'],
    ],
  ])
})

test('a great many are written in parts', async () => {
  const { clock, batches, journal, lease } = setUp()
  for (let number = 0; number < 1_200; number += 1) journal.note('database', lease(number))
  await clock.advance(300)
  expect(batches.map(({ length }) => length)).toEqual([500, 500, 200])
})

test('what could not be written is tried again, and what changed meanwhile is not overwritten', async () => {
  const { clock, batches, state, journal, book, lease } = setUp()
  const one = lease(1)
  state.isDown = true
  journal.note('database', one)
  const flushing = journal.flush()
  await clock.advance(5)
  book.end(one, 'idle')
  journal.note('database', one)
  await clock.until(flushing)
  state.isDown = false
  await clock.advance(6_000)
  expect(batches.flat().map(({ endReason }) => endReason)).toEqual(['idle'])
})

test('a control plane that hangs does not keep Podium from stopping', async () => {
  const { clock, state, journal, lease } = setUp()
  state.isHanging = true
  journal.note('database', lease(1))
  await clock.until(journal.stop(), 30_000)
  expect(clock.timers).toBe(0)
})

test('at start, leases of an earlier program are closed', async () => {
  expect(await setUp().journal.open()).toBe(3)
})
