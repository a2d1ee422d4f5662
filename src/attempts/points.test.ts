import { describe, expect, test } from 'bun:test'
import { pointsFor } from './points.ts'

describe('the points of an exercise', () => {
  test('are whole without hints, and less by a fifth for each', () => {
    const after = [0, 1, 2, 3].map((hintsCounted) => pointsFor(10, { hintsCounted, isGivenUp: false }))
    expect(after).toEqual([10, 8, 6, 4])
  })
  test('never fall below a fifth through hints', () => {
    expect(pointsFor(10, { hintsCounted: 9, isGivenUp: false })).toBe(2)
  })
  test('are gone once the solution was asked for', () => {
    expect(pointsFor(10, { hintsCounted: 0, isGivenUp: true })).toBe(0)
  })
})
