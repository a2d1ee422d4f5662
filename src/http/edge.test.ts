import { describe, expect, test } from 'bun:test'
import { Elysia, t } from 'elysia'
import { Failure } from '../failure.ts'
import { silentLog } from '../telemetry/log.ts'
import { httpRequestSeconds } from '../telemetry/metrics.ts'
import { createEdge, htmlResponse, requestFacts } from './edge.ts'

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
  .get('/wrong', ({ request }) => htmlResponse(request, '<p>no</p>', 422))
  .get('/refused', () => {
    throw new Failure('forbidden', 'Not for you.')
  })
  .get('/api/origin', ({ request }) => ({ isFriend: requestFacts(request).isFriendlyOrigin }))
  .get('/api/bug', () => {
    throw new Error('the secret is xyzzy')
  })
  .get('/full', () => {
    throw new Failure('exhausted', 'Full house.', { code: 'pool_full', retryAfterSeconds: 7 })
  })
  .get('/api/pages', ({ query }) => query, { query: t.Object({ limit: t.Optional(t.Integer({ minimum: 1 })) }) })
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
  test('is counted with the status that it has', async () => {
    for (const path of ['/page', '/wrong', '/refused', '/nowhere', '/api/bug']) await get(path)
    // Answers are counted after they are given.
    while ((await statusesOf('/api/bug')).length === 0) await Bun.sleep(1)
    expect(await statusesOf('/page')).toEqual(['200'])
    expect(await statusesOf('/wrong')).toEqual(['422'])
    expect(await statusesOf('/refused')).toEqual(['403'])
    expect(await statusesOf('/api/bug')).toEqual(['500'])
    expect(await statusesOf('none')).toContain('404')
    expect(await statusesOf('none')).not.toContain('200')
  })
})

/** The statuses that answers of a route were counted with. */
async function statusesOf(route: string): Promise<unknown[]> {
  const { values } = await httpRequestSeconds.get()
  const counted = values.filter(({ metricName, labels }) => metricName?.endsWith('_count') && labels.route === route)
  return [...new Set(counted.map(({ labels }) => labels.status))]
}

describe('scripts of other sites', () => {
  const friend = 'https://friend.example'
  const options = (path: string, origin: string) =>
    app.handle(
      new Request(`http://localhost:3000${path}`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      }),
    )
  test('may call the API where they are named, and only the API', async () => {
    const allowed = async (path: string, origin: string) =>
      (await get(path, { origin })).headers.get('access-control-allow-origin')
    expect(await allowed('/api/origin', friend)).toBe(friend)
    expect(await allowed('/api/origin', 'https://evil.example')).toBeNull()
    expect(await allowed('/page', friend)).toBeNull()
    expect(await (await get('/api/origin', { origin: friend })).json()).toEqual({ isFriend: true })
    expect(await (await get('/api/origin', { origin: 'https://evil.example' })).json()).toEqual({ isFriend: false })
  })
  test('are told so when their browser asks first', async () => {
    const response = await options('/api/things', friend)
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe(friend)
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization')
    expect((await options('/api/things', 'https://evil.example')).status).toBe(404)
    expect((await options('/page', friend)).status).toBe(404)
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
  test('what is wrong is named also where a number is out of bounds, or a form was sent in place of JSON', async () => {
    const detailOf = async (response: Response) => (await response.json()).detail
    expect(await detailOf(await get('/api/pages?offset=7&limit=0'))).toMatch(/^limit: /)
    expect(await detailOf(await get('/api/pages?limit=many'))).toBe('limit: Expected a whole number')
    const post = (body: string, type: string) =>
      app.handle(
        new Request('http://localhost:3000/api/things', { method: 'POST', headers: { 'content-type': type }, body }),
      )
    expect(await detailOf(await post('{"name":"a"}', 'application/x-www-form-urlencoded'))).toBe(
      'name: This is missing. Send JSON with content-type: application/json',
    )
    expect(await detailOf(await post('{}', 'application/json'))).toBe('name: This is missing')
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
