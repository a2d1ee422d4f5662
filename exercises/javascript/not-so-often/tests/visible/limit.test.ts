import { expect, test } from 'bun:test'
import { limiter } from './limit'

/** Tries at each of these times, in seconds, and says what came of it. */
function triesAt(seconds: number[], max: number): boolean[] {
  let time = 0
  const mayTry = limiter(max, 60_000, () => time)
  return seconds.map((second) => {
    time = second * 1000
    return mayTry()
  })
}

test('the fourth of three has to wait', () => {
  expect(triesAt([0, 10, 20, 30], 3)).toEqual([true, true, true, false])
})

test('after a minute the first one no longer counts', () => {
  expect(triesAt([0, 10, 20, 60, 61], 3)).toEqual([true, true, true, true, false])
})
