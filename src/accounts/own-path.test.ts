import { expect, test } from 'bun:test'
import { ownPath } from './own-path.ts'

test('signing in leads to a page of this site', () => {
  expect(ownPath('/exercises/whole-shelf?tab=tries')).toBe('/exercises/whole-shelf?tab=tries')
  expect(ownPath(undefined)).toBe('/')
})

test('signing in never leads to another site, however its address is written', () => {
  const addresses = ['//evil.example', '/\\evil.example', '/\t/evil.example', '/.//evil.example', '/a/..//evil.example']
  const further = [
    '/%2e//evil.example',
    '/./\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '///',
    '//',
  ]
  for (const address of [...addresses, ...further]) expect([address, ownPath(address)]).toEqual([address, '/'])
})
