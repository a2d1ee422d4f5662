import { describe, expect, test } from 'bun:test'
import { Elysia, t } from 'elysia'
import { Failure } from '../failure.ts'
import { silentLog } from '../telemetry/log.ts'
import { createEdge, htmlResponse } from './edge.ts'

const edge = createEdge({
  log: silentLog,
  listening: () => ({ host: '127.0.0.1', port: 3000, baseUrl: null }),
  trustedProxies: [],
  allowedOrigins: ['https://friend.example'],
  explain: () => null,
  errorPage: (failure, status) => `<h1>${status}</h1><p>${failure.message}</p>`,
})

const app = new Elysia()
  .use(edge)
  .get('/page', ({ request }) => htmlResponse(request, '<p>hello</p>'))
  .get('/api/bug', () => {
    throw new Error('the secret is xyzzy')
  })
  .get('/full', () => {
    throw new Failure('exhausted', 'Full house.', { code: 'pool_full', retryAfterSeconds: 7 })
  })
  .post('/api/things', ({ body }) => body, { body: t.Object({ name: t.String({ maxLength: 3 }) }) })

const get = (path: string, headers: Record<string, string> = {}) =>
  app.handle(new Request(`http://localhost:3000${path}`, { headers }))

describe('every answer', () => {
  test('carries the security headers and a request id', async () => {
    const response = await get('/page')
    expect(response.status).toBe(200)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
  test('to an unknown host is refused', async () => {
    const response = await app.handle(new Request('http://evil.example/page'))
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('does not answer to this name')
  })
  test('allows only the origins that were named', async () => {
    expect((await get('/page', { origin: 'https://friend.example' })).headers.get('access-control-allow-origin')).toBe(
      'https://friend.example',
    )
    expect(
      (await get('/page', { origin: 'https://evil.example' })).headers.get('access-control-allow-origin'),
    ).toBeNull()
  })
})

describe('errors', () => {
  test('a bug says nothing of its inside', async () => {
    const response = await get('/api/bug')
    expect(response.status).toBe(500)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.text()).not.toContain('xyzzy')
  })
  test('a page that is missing is a page', async () => {
    const response = await get('/nowhere')
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('<h1>404</h1>')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })
  test('a full house says when to come back', async () => {
    const response = await get('/full')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('7')
  })
  test('a field that is not valid is named, and what was sent is not repeated', async () => {
    const response = await app.handle(
      new Request('http://localhost:3000/api/things', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: '<script>' }),
      }),
    )
    expect(response.status).toBe(422)
    const problem = await response.json()
    expect(problem.detail).toContain('name')
    expect(JSON.stringify(problem)).not.toContain('<script>')
  })
  test('a body that is no JSON is a clear error', async () => {
    const response = await app.handle(
      new Request('http://localhost:3000/api/things', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"name":',
      }),
    )
    expect(response.status).toBe(422)
  })
})
