/** What a relay does with those it refuses, and with a server that is none: a learner may have put it there. */
import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Relay, RelayLimits } from '../driver.ts'
import { openRelay } from './relay.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-strangers-'))
const serverPath = join(home, 'server')
const limits: RelayLimits = { connectionsMax: 1, waitMs: 20, bytesMax: 1024 * 1024, timeoutMs: 60_000 }
let answer = ''
const server = Bun.listen({
  unix: serverPath,
  socket: { data: (socket) => void socket.write(Buffer.from(answer, 'latin1')) },
})

afterAll(() => {
  server.stop(true)
  rmSync(home, { recursive: true, force: true })
})

async function relayed(body: (relay: Relay) => Promise<void>): Promise<void> {
  const target = { socketPath: () => serverPath, user: 'u', database: 'd', secret: 's' }
  const relay = await openRelay(home, target, limits)
  await body(relay).finally(() => relay.close())
}

/** A connection, and what was said on it until the other side ended it. */
async function connected(relay: Relay) {
  const { promise: said, resolve } = Promise.withResolvers<string>()
  let text = ''
  const end = () => resolve(text)
  const data = (_: unknown, chunk: Uint8Array) => {
    text += Buffer.from(chunk).toString('latin1')
  }
  const socket = await Bun.connect({
    unix: relay.socketPath,
    allowHalfOpen: true,
    socket: { data, end, close: end, error: end },
  })
  return { socket, said }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await Bun.sleep(2)
}

const greeting = Buffer.from('\0\0\0\x09\0\x03\0\0\0', 'latin1')

test.each([
  ['a step without a number', 'R\0\0\0\x04'],
  ['half a number', 'R\0\0\0\x06\0\0'],
  ['a length that is none', 'R\0\0\0\x01'],
  ['that it wants no password', 'R\0\0\0\x08\0\0\0\0'],
  ['that it is ready', 'Z\0\0\0\x05I'],
])('a server that says %s loses the connection, and nobody else anything', async (_what, words) => {
  answer = words
  await relayed(async (relay) => {
    const { socket, said } = await connected(relay)
    socket.write(greeting)
    expect(await said).toBe('')
    expect(relay.connections).toBe(0)
    socket.terminate()
  })
})

test('of connections that were refused nothing is left when they have gone', async () => {
  await relayed(async (relay) => {
    const { socket: first } = await connected(relay)
    await until(() => relay.connections === 1)
    const open = () => readdirSync('/proc/self/fd').length
    const before = open()
    for (let times = 0; times < 40; times += 1) {
      const { socket, said } = await connected(relay)
      socket.write(greeting)
      expect(await said).toContain('A program has at most 1 connections at once')
      socket.terminate()
    }
    await until(() => open() < before + 10)
    first.terminate()
  })
})

test('a place that becomes free is not given to one that was refused and is still there', async () => {
  await relayed(async (relay) => {
    const { socket: first } = await connected(relay)
    await until(() => relay.connections === 1)
    const { socket: refused, said } = await connected(relay)
    expect(await said).toContain('at most 1')
    first.terminate()
    await until(() => relay.connections === 0)
    // Whoever is let in next is one that comes now.
    const { socket: next } = await connected(relay)
    await until(() => relay.connections === 1)
    next.terminate()
    await until(() => relay.connections === 0)
    refused.terminate()
  })
})
