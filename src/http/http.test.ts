import { describe, expect, test } from 'bun:test'
import { Failure } from '../failure.ts'
import { addressKey, clientAddress, trustList } from './client-address.ts'
import { assertNotForged, type ChangeRequest, csrfToken } from './csrf.ts'
import { isKnownHost } from './host.ts'
import { rateLimiter } from './rate-limit.ts'
import { problemOf, problemResponse } from './status.ts'

describe('the client address', () => {
  const trusted = trustList(['10.0.0.0/8', '127.0.0.1'])

  test('a header from an untrusted peer is ignored', () => {
    expect(clientAddress('203.0.113.9', '1.2.3.4', trusted)).toBe('203.0.113.9')
  })
  test('the last address that no trusted proxy added counts', () => {
    expect(clientAddress('127.0.0.1', '6.6.6.6, 198.51.100.7, 10.1.1.1', trusted)).toBe('198.51.100.7')
  })
  test('rubbish in the header leaves the peer', () => {
    expect(clientAddress('127.0.0.1', 'drop table', trusted)).toBe('127.0.0.1')
  })
  test('an IPv4 address inside IPv6 has one spelling', () => {
    expect(clientAddress('::ffff:203.0.113.9', null, trusted)).toBe('203.0.113.9')
  })
  test('an IPv6 customer is one client', () => {
    expect(addressKey('2001:db8:1:2:3::1')).toBe(addressKey('2001:db8:1:2:ffff::9'))
    expect(addressKey('::1')).toBe('0:0:0:0::/64')
    expect(addressKey('203.0.113.9')).toBe('203.0.113.9')
  })
})

describe('forged requests', () => {
  const change =
    (headers: Record<string, string>, sessionId: string | null, more: Partial<ChangeRequest> = {}) =>
    () =>
      assertNotForged('secret', {
        method: 'POST',
        headers: new Headers(headers),
        host: 'podium:3000',
        isFriendlyOrigin: false,
        sessionId,
        fieldToken: null,
        ...more,
      })

  test('a change from another site is refused', () => {
    expect(change({ 'sec-fetch-site': 'cross-site' }, null)).toThrow(Failure)
    expect(change({ origin: 'https://evil.example' }, null)).toThrow(Failure)
    expect(change({ origin: 'null' }, null)).toThrow(Failure)
  })
  test('a session needs its own token', () => {
    expect(change({ 'sec-fetch-site': 'same-origin' }, 'a')).toThrow('out of date')
    expect(change({ 'x-csrf': csrfToken('secret', 'b') }, 'a')).toThrow(Failure)
    expect(change({ 'x-csrf': csrfToken('secret', 'a') }, 'a')).not.toThrow()
    expect(change({}, 'a', { fieldToken: csrfToken('secret', 'a') })).not.toThrow()
  })
  test('a script of a site that may ask needs no session, and gets none by its own word', () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://friend.example' }
    expect(change(headers, null, { isFriendlyOrigin: true })).not.toThrow()
    expect(change(headers, 'a', { isFriendlyOrigin: true })).toThrow('out of date')
  })
  test('reading needs no token', () => {
    expect(change({ 'sec-fetch-site': 'cross-site' }, 'a', { method: 'GET' })).not.toThrow()
  })
})

describe('the host', () => {
  const listening = { host: '127.0.0.1', port: 3000, baseUrl: 'https://podium.example' }
  test('own names are known, others are not', () => {
    for (const host of ['localhost:3000', 'podium.example', '127.0.0.1:3000', '[::1]:3000', '192.0.2.4']) {
      expect(isKnownHost(host, listening)).toBe(true)
    }
    for (const host of ['evil.example', 'podium.example.evil.example', '', 'a b']) {
      expect(isKnownHost(host, listening)).toBe(false)
    }
  })
})

describe('rate limits', () => {
  test('a burst is allowed, then tries come back with time, and others are not affected', () => {
    let time = 0
    const limiter = rateLimiter('test', { burst: 2, perMinute: 60 }, () => time)
    limiter.take('a')
    limiter.take('a')
    expect(() => limiter.take('a')).toThrow('Try again in 1 s')
    limiter.take('b')
    time += 1000
    limiter.take('a')
    expect(() => limiter.take('a')).toThrow(Failure)
  })
})

describe('problems', () => {
  test('a failure has the status of its kind, a code and the request id', () => {
    const problem = problemOf(new Failure('missing', 'No such exercise.'), 'r-1')
    expect(problem).toEqual({
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      detail: 'No such exercise.',
      code: 'missing',
      request_id: 'r-1',
    })
  })
  test('a full pool is 503 with the time to wait', () => {
    const failure = new Failure('exhausted', 'Full.', { code: 'pool_full', retryAfterSeconds: 3.2 })
    const response = problemResponse(failure, 'r')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('4')
  })
})
