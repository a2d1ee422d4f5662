/** How often one name may be tried, however it is written. */
import { expect, test } from 'bun:test'
import { Elysia } from 'elysia'
import { createEdge } from '../http/edge.ts'
import { silentLog } from '../telemetry/log.ts'
import { paceSignIn } from './pace.ts'

const app = new Elysia()
  .use(
    createEdge({
      log: silentLog,
      listening: () => ({ host: '127.0.0.1', port: 3000, baseUrl: null }),
      trustedProxies: ['127.0.0.1'],
      allowedOrigins: [],
      explain: () => null,
      errorPage: (failure) => failure.message,
    }),
  )
  .post('/tries', ({ request, body }) => {
    paceSignIn(request, String(body))
    return 'tried'
  })

async function statusesOf(names: readonly string[], address: string): Promise<number[]> {
  const statuses: number[] = []
  for (const name of names) {
    const headers = { 'content-type': 'text/plain', 'x-forwarded-for': address }
    const request = new Request('http://localhost/tries', { method: 'POST', headers, body: name })
    statuses.push((await app.handle(request)).status)
  }
  return statuses
}

test('a name that signs the same person in is the same name, whatever stands around it', async () => {
  const spellings = [
    'anna',
    ' anna',
    'anna  ',
    'ANNA',
    'ａｎｎａ',
    'an\0na',
    '\tAnna\n',
    '\0anna',
    'anna\u00a0',
    'Anna ',
    'ANNA ',
  ]
  const statuses = await statusesOf(spellings, '192.0.2.1')
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 200))
  expect(statuses[10]).toBe(429)
})

test('another name, and the same name from elsewhere, may still be tried', async () => {
  expect(
    (
      await statusesOf(
        Array.from({ length: 11 }, () => 'berta'),
        '192.0.2.2',
      )
    ).at(-1),
  ).toBe(429)
  expect(await statusesOf(['carla'], '192.0.2.2')).toEqual([200])
  expect(await statusesOf(['berta'], '192.0.2.3')).toEqual([200])
})
