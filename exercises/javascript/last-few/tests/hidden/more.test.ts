import { describe, expect, test } from 'bun:test'
import { LastFew } from './last-few'

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no number of items', (max) => {
  expect(() => new LastFew<number>(max)).toThrow(RangeError)
})

describe('the list that is given', () => {
  test('is the caller’s own', () => {
    const log = new LastFew<number>(3)
    log.add(1)
    log.items().push(2)
    expect(log.items()).toEqual([1])
    expect(log.size).toBe(1)
  })

  test('does not change when something is added', () => {
    const log = new LastFew<number>(3)
    log.add(1)
    const before = log.items()
    log.add(2)
    expect(before).toEqual([1])
  })
})

test('the oldest goes first, again and again', () => {
  const log = new LastFew<number>(3)
  const gone = [1, 2, 3, 4, 5, 6].map((number) => log.add(number))
  expect(gone).toEqual([undefined, undefined, undefined, 1, 2, 3])
  expect(log.items()).toEqual([4, 5, 6])
  expect(log.size).toBe(3)
})

test('one is enough', () => {
  const log = new LastFew<string>(1)
  log.add('a')
  expect(log.add('b')).toBe('a')
  expect(log.items()).toEqual(['b'])
})

test('undefined is an item, too', () => {
  const log = new LastFew<undefined>(2)
  log.add(undefined)
  expect(log.size).toBe(1)
  expect(log.items()).toEqual([undefined])
})
