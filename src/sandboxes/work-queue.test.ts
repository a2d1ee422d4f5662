/** The queue of heavy work: claims first, bounded, one at a time in a lane. */
import { expect, test } from 'bun:test'
import { FakeClock } from './fake-clock.ts'
import { type Urgency, WorkQueue } from './work-queue.ts'

const never = new AbortController().signal

function queueOf(places = { claims: 2, refills: 2 }) {
  const clock = new FakeClock()
  const queue = new WorkQueue(places)
  const begun: string[] = []
  const work = (
    urgency: Urgency,
    name: string,
    { lane = null, signal = never }: { lane?: string | null; signal?: AbortSignal } = {},
  ) => {
    const run = async () => {
      begun.push(name)
      await new Promise<void>((resolve) => clock.after(10, resolve))
      return name
    }
    return queue.run({ urgency, lane, signal, run })
  }
  return { clock, queue, begun, work }
}

test('a claim goes before every refill that has not begun, and does not wait for those that have', async () => {
  const { clock, begun, work } = queueOf()
  const all = [
    work('refill', 'r1'),
    work('refill', 'r2'),
    work('refill', 'r3'),
    work('claim', 'c1'),
    work('claim', 'c2'),
  ]
  await clock.advance(0)
  expect(begun).toEqual(['r1', 'r2', 'c1', 'c2'])
  await clock.until(Promise.all(all))
  expect(begun).toEqual(['r1', 'r2', 'c1', 'c2', 'r3'])
})

test('no refill begins while a claim is on its way', async () => {
  const { clock, queue, begun, work } = queueOf()
  const arrive = queue.announce()
  const refill = work('refill', 'r1')
  await clock.advance(1_000)
  expect(begun).toEqual([])
  arrive()
  await clock.until(refill)
  expect(begun).toEqual(['r1'])
})

test('work of one lane is done one after the other, and others go past it', async () => {
  const { clock, begun, work } = queueOf()
  const all = [
    work('claim', 'a1', { lane: 'a' }),
    work('claim', 'a2', { lane: 'a' }),
    work('claim', 'b1', { lane: 'b' }),
  ]
  await clock.advance(0)
  expect(begun).toEqual(['a1', 'b1'])
  await clock.until(Promise.all(all))
  expect(begun).toEqual(['a1', 'b1', 'a2'])
})

test('work that fails gives its place and its lane to the next', async () => {
  const { clock, queue, work } = queueOf({ claims: 1, refills: 1 })
  const run = async () => {
    throw new Error('broken')
  }
  await expect(queue.run({ urgency: 'claim', lane: 'a', signal: never, run })).rejects.toThrow('broken')
  expect(await clock.until(work('claim', 'next', { lane: 'a' }))).toBe('next')
})

test('who gives up in the very moment its turn comes hands the turn on', async () => {
  const { clock, queue, begun, work } = queueOf({ claims: 1, refills: 1 })
  const arrive = queue.announce()
  const controller = new AbortController()
  const first = work('refill', 'first', { signal: controller.signal }).catch(() => 'gave up')
  const second = work('refill', 'second')
  arrive()
  controller.abort(new Error('enough'))
  expect(await clock.until(Promise.all([first, second]))).toEqual(['gave up', 'second'])
  expect(begun).toEqual(['second'])
  expect(queue.load).toEqual({ waiting: { claim: 0, refill: 0 }, running: { claim: 0, refill: 0 } })
})
