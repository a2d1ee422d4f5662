/** Bytes that no client library would send: broken lines, wrong lengths, encodings that aren't. */
import { connect } from 'node:net'
import type { Random } from './random.ts'
import { anyText } from './values.ts'

/** A server that has nothing to answer keeps the line open; nobody waits longer than this for it. */
const patienceMs = 1_000

const host = 'host: localhost\r\n'
const json = 'content-type: application/json\r\n'

const makers: readonly ((random: Random) => string)[] = [
  () => `GET /api/%2e%2e/admin HTTP/1.1\r\n${host}\r\n`,
  () => `GET /api/../admin HTTP/1.1\r\n${host}\r\n`,
  () => `GET /api/exercises/\xff\xfe\xc3\x28 HTTP/1.1\r\n${host}\r\n`,
  () => `GET /api/exercises/a\0b HTTP/1.1\r\n${host}\r\n`,
  () => `GET http://localhost/api/exercises HTTP/1.1\r\n${host}\r\n`,
  () => `GET * HTTP/1.1\r\n${host}\r\n`,
  () => `GET  HTTP/1.1\r\n${host}\r\n`,
  () => `GET /api/exercises\r\n\r\n`,
  () => `GET /api/exercises HTTP/9.9\r\n${host}\r\n`,
  () => `GET /api/exercises HTTP/1.1\r\n\r\n`,
  () => `GET /api/exercises HTTP/1.1\r\nhost: \r\n\r\n`,
  () => `GET /api/exercises HTTP/1.1\r\nhost: a b\r\n\r\n`,
  () => `GET /api/exercises HTTP/1.1\r\nhost: [::1\r\n\r\n`,
  () => `GET /api/exercises HTTP/1.1\r\n${host}${host}\r\n`,
  () => `GET /api/exercises HTTP/1.1\r\n${host}x: ${'a'.repeat(40_000)}\r\n\r\n`,
  () => `GET /api/exercises HTTP/1.1\r\n${host}${'x: y\r\n'.repeat(500)}\r\n`,
  () => `GET /api/exercises HTTP/1.1\r\n${host}cookie: podium_session=\xff\0\x01\r\n\r\n`,
  () => `GET /api/exercises HTTP/1.1\r\n${host}authorization: Bearer \xff\xfe\r\n\r\n`,
  () => `GET /api/exercises HTTP/1.1\r\n${host}x-forwarded-for: 1.2.3.4.5, ::::, \xff\r\n\r\n`,
  () => `TRACE /api/exercises HTTP/1.1\r\n${host}\r\n`,
  () => `CONNECT localhost:80 HTTP/1.1\r\n${host}\r\n`,
  () => `QUÉRY /api/exercises HTTP/1.1\r\n${host}\r\n`,
  () => `get /api/exercises HTTP/1.1\r\n${host}\r\n`,
  () => `GET /api/exercises HTTP/1.1\r\n${host}upgrade: websocket\r\nconnection: upgrade\r\n\r\n`,
  () => `POST /api/validate HTTP/1.1\r\n${host}${json}content-length: -1\r\n\r\n{}`,
  () => `POST /api/validate HTTP/1.1\r\n${host}${json}content-length: 99999999999999999999\r\n\r\n{}`,
  () => `POST /api/validate HTTP/1.1\r\n${host}${json}content-length: 4000000\r\n\r\n{}`,
  () => `POST /api/validate HTTP/1.1\r\n${host}${json}content-length: 50\r\n\r\n{"sql":`,
  () => `POST /api/validate HTTP/1.1\r\n${host}${json}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
  () => `POST /api/validate HTTP/1.1\r\n${host}${json}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  () => `POST /api/validate HTTP/1.1\r\n${host}${json}transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n{}`,
  () => `POST /api/validate HTTP/1.1\r\n${host}${json}transfer-encoding: chunked\r\n\r\n7\r\n{"sql":`,
  () => `POST /api/validate HTTP/1.1\r\n${host}${json}transfer-encoding: gzip, chunked\r\ncontent-length: 2\r\n\r\n{}`,
  () => '\r\n\r\n\r\n',
  () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  (random) => `GET /api/exercises/${anyText(random, 500)} HTTP/1.1\r\n${host}\r\n`,
  (random) => `GET /api/exercises HTTP/1.1\r\n${host}${anyText(random, 100)}: ${anyText(random, 500)}\r\n\r\n`,
  (random) => anyText(random, 500),
]

/** So many different requests as there are kinds. */
export const rawKindsCount = makers.length

/** The bytes of a kind. */
export function rawRequest(random: Random, kind: number): Buffer {
  return Buffer.from(makers[kind % makers.length]?.(random) ?? '', 'latin1')
}

/** Sends bytes and returns what came back, which may be nothing. */
export async function sendRaw(url: string, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(url)
  return await new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    const end = () => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    const timer = setTimeout(end, patienceMs)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      if (answer.includes('\r\n\r\n')) end()
    })
    socket.on('close', end)
    socket.on('error', end)
  })
}
