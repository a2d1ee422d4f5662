import { expect, test } from 'bun:test'
import { limiter } from './limit'

test('any minute counts, not that of the clock', () => {
  let time = 0
  const mayTry = limiter(2, 1000, () => time)
  const outcomes = [0, 900, 1000, 1100, 1899, 1900].map((next) => {
    time = next
    return mayTry()
  })
  expect(outcomes).toEqual([true, true, true, false, false, true])
})

test('what was refused does not count', () => {
  let time = 0
  const mayTry = limiter(1, 1000, () => time)
  const outcomes = [0, 500, 999, 1000, 1500, 2000].map((next) => {
    time = next
    return mayTry()
  })
  expect(outcomes).toEqual([true, false, false, true, false, true])
})

test('two limiters count for themselves', () => {
  const now = () => 5_000_000
  const one = limiter(1, 1000, now)
  const other = limiter(1, 1000, now)
  expect([one(), one(), other(), other()]).toEqual([true, false, true, false])
})

test('several at the same time', () => {
  const mayTry = limiter(3, 10, () => 7)
  expect([mayTry(), mayTry(), mayTry(), mayTry(), mayTry()]).toEqual([true, true, true, false, false])
})

test('none is allowed where max is 0', () => {
  expect(limiter(0, 1000, () => 0)()).toBe(false)
})
