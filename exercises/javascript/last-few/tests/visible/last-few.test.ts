import { expect, test } from 'bun:test'
import { LastFew } from './last-few'

test('keeps what there is room for', () => {
  const log = new LastFew<string>(2)
  expect(log.add('a')).toBeUndefined()
  expect(log.add('b')).toBeUndefined()
  expect(log.items()).toEqual(['a', 'b'])
})

test('gives back what had to go', () => {
  const log = new LastFew<string>(2)
  log.add('a')
  log.add('b')
  expect(log.add('c')).toBe('a')
  expect(log.items()).toEqual(['b', 'c'])
})
