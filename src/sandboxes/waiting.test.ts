/** Waits that end, and what arrives after that. */
import { expect, test } from 'bun:test'
import { FakeClock } from './fake-clock.ts'
import { deadlineAfter, untilAborted, within } from './waiting.ts'

const reason = () => new Error('too late')

test('what arrives in time is given, and no timer is left', async () => {
  const clock = new FakeClock()
  expect(await within(clock, 100, Promise.resolve('here'), { reason })).toBe('here')
  expect(clock.timers).toBe(0)
})

test('what arrives too late is refused and handed to whoever cleans up', async () => {
  const clock = new FakeClock()
  const late: string[] = []
  const { promise, resolve } = Promise.withResolvers<string>()
  const waiting = within(clock, 100, promise, { reason, late: (value) => late.push(value) }).catch(String)
  await clock.advance(100)
  expect(await waiting).toContain('too late')
  resolve('here')
  await clock.advance(0)
  expect(late).toEqual(['here'])
})

test('what fails after the deadline disturbs nobody', async () => {
  const clock = new FakeClock()
  const { promise, reject } = Promise.withResolvers<string>()
  const waiting = within(clock, 100, promise, { reason }).catch(String)
  await clock.advance(100)
  reject(new Error('broken'))
  expect(await waiting).toContain('too late')
})

test('an abort in the moment of arrival cleans up', async () => {
  const controller = new AbortController()
  const late: string[] = []
  const waiting = untilAborted(Promise.resolve('here'), controller.signal, (value) => late.push(value)).catch(String)
  controller.abort(new Error('enough'))
  expect(await waiting).toContain('enough')
  expect(late).toEqual(['here'])
})

test('a deadline ends with the signal it follows', async () => {
  const clock = new FakeClock()
  const outer = new AbortController()
  const deadline = deadlineAfter(clock, 100, reason, outer.signal)
  outer.abort(new Error('enough'))
  expect(String(deadline.signal.reason)).toContain('enough')
  deadline.clear()
  expect(clock.timers).toBe(0)
})
