import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Wire } from '../wire/wire.ts'
import { createStopper, type StoppingServer } from './stopper.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-stopper-'))
const listener = Bun.listen({ unix: join(home, 's'), socket: { data: () => {} } })
afterAll(() => {
  listener.stop(true)
  rmSync(home, { recursive: true, force: true })
})

/** A connection on which nobody says anything. */
async function silentWire(): Promise<Wire> {
  return new Wire(await Bun.connect({ unix: join(home, 's'), socket: { data: () => {} } }))
}

/** A server that only notes what is done to it. */
function setUp() {
  const done: string[] = []
  const server: StoppingServer = {
    isGone: () => false,
    cancel: () => void done.push('cancel'),
    terminate: async () => void done.push('terminate'),
    kill: async () => void done.push('kill'),
  }
  return { done, server }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await Bun.sleep(2)
}

test('a run that does not end is asked to, then made to, then its pod is ended', async () => {
  const { done, server } = setUp()
  const stopper = createStopper(server, 1, undefined)
  stopper.watch(await silentWire())
  expect(await stopper.stopped).toBe('time_limit')
  await until(() => done.length === 3)
  expect(done).toEqual(['cancel', 'terminate', 'kill'])
  stopper.release()
})

test('a run that is over is stopped by nobody, least of all its pod', async () => {
  const { done, server } = setUp()
  const controller = new AbortController()
  const stopper = createStopper(server, 60_000, controller.signal)
  stopper.watch(await silentWire())
  stopper.release()
  controller.abort()
  stopper.stop('disk_limit')
  expect([stopper.cause(), done]).toEqual([null, []])
})
