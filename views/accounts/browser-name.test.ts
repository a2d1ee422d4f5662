import { expect, test } from 'bun:test'
import { browserName } from './browser-name.ts'

test('browsers are called what people call them', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
  const named = {
    [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/139.0.0.0 Safari/537.36`]: 'Chrome 139 on Linux',
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0`]:
      'Edge 139 on Windows',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:142.0) Gecko/20100101 Firefox/142.0': 'Firefox 142 on macOS',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1':
      'Safari 18 on iOS',
    [`Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/139.0.0.0 Mobile Safari/537.36`]: 'Chrome 139 on Android',
  }
  for (const [userAgent, name] of Object.entries(named)) expect(browserName(userAgent)).toBe(name)
})

test('a program that is no known browser keeps its own name', () => {
  expect(browserName('curl/8.14.1')).toBe('curl/8.14.1')
  expect(browserName('')).toBe('A program without a name')
})
