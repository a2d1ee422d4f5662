import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Socket } from 'bun'
import { openWire } from './wire.ts'

const directory = mkdtempSync(join(tmpdir(), 'podium-wire-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

let servers = 0

/** A server that a learner might put in the place of the real one. */
async function connectTo(answer: (socket: Socket<undefined>, data: Buffer) => void): Promise<unknown> {
  servers += 1
  const path = join(directory, `${servers}`)
  const server = Bun.listen({ unix: path, socket: { data: (socket, data) => answer(socket, data) } })
  const options = { path, user: 'u', database: 'd', secret: 's', timeoutMs: 300 }
  const result = await openWire(options).catch((error: unknown) => error)
  server.stop(true)
  return result
}

function message(type: string, body: Buffer, length = body.length + 4): Buffer {
  const header = Buffer.alloc(5)
  header.write(type)
  header.writeInt32BE(length, 1)
  return Buffer.concat([header, body])
}

const ok = Buffer.from([0, 0, 0, 0])

test('a server that asks for no password is not believed', async () => {
  const answer = Buffer.concat([message('R', ok), message('Z', Buffer.from('I'))])
  expect(await connectTo((socket) => void socket.write(answer))).toMatchObject({ reason: 'authentication' })
})

test('a server that skips the proof is not believed', async () => {
  const silent = Buffer.concat([message('Z', Buffer.from('I'))])
  expect(await connectTo((socket) => void socket.write(silent))).toMatchObject({ reason: 'authentication' })
})

test('a message that claims to be huge or tiny ends the connection before it is kept', async () => {
  const huge = message('N', Buffer.alloc(10), 2_000_000_000)
  expect(await connectTo((socket) => void socket.write(huge))).toMatchObject({ reason: 'budget' })
  expect(await connectTo((socket) => void socket.write(message('N', Buffer.alloc(0), 1)))).toMatchObject({
    reason: 'protocol',
  })
  expect(await connectTo((socket) => void socket.write(message('R', Buffer.alloc(1))))).toMatchObject({
    reason: 'protocol',
  })
})

test('a flood of challenges is answered once', async () => {
  let nonce = ''
  let answers = 0
  const result = await connectTo((socket, data) => {
    answers += data.toString('latin1').split('c=biws').length - 1
    nonce ||= /r=([0-9a-f-]{36})/.exec(data.toString())?.[1] ?? ''
    if (nonce === '') return void socket.write(message('R', Buffer.from('\0\0\0\x0aSCRAM-SHA-256\0\0')))
    const challenge = message('R', Buffer.from(`\0\0\0\x0br=${nonce}x,s=c2FsdA==,i=10000`))
    socket.write(Buffer.concat(Array.from({ length: 2_000 }, () => challenge)))
  })
  expect(result).toMatchObject({ reason: 'authentication' })
  // Each one answered takes thousands of rounds of hashing, which the time to connect bounds only between messages.
  expect(answers).toBeLessThanOrEqual(1)
})

test('a flood of notices while connecting ends the connection', async () => {
  const notice = message('N', Buffer.alloc(128 * 1024))
  const flood = (socket: Socket<undefined>) => {
    let sent = 0
    const timer = setInterval(() => {
      sent += Math.max(0, socket.write(notice.subarray(sent % notice.length)))
      if (sent > 8 * 1024 * 1024) clearInterval(timer)
    }, 1)
    setTimeout(() => clearInterval(timer), 300)
  }
  expect(await connectTo(flood)).toMatchObject({ reason: 'budget' })
})

test('silence and a closed door end an attempt to connect', async () => {
  expect(await connectTo(() => {})).toMatchObject({ reason: 'timeout' })
  expect(await connectTo((socket) => void socket.end())).toMatchObject({ reason: 'closed' })
  const nobody = { path: join(directory, 'nobody'), user: 'u', database: 'd', secret: 's' }
  await expect(openWire(nobody)).rejects.toMatchObject({ reason: 'refused' })
})
