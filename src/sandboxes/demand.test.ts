/** How many sandboxes are kept ready. */
import { expect, test } from 'bun:test'
import { Demand } from './demand.ts'

const minute = 60_000

test('nobody who asks, nothing ready; one who asked, one ready', () => {
  const demand = new Demand(2 * minute)
  expect(demand.target(0, 32)).toBe(0)
  demand.note(0)
  expect(demand.target(0, 32)).toBe(1)
})

test('a burst raises the stock at once, up to its limit', () => {
  const demand = new Demand(2 * minute)
  for (let claim = 0; claim < 20; claim += 1) demand.note(0)
  expect(demand.target(0, 32)).toBe(10)
  for (let claim = 0; claim < 200; claim += 1) demand.note(0)
  expect(demand.target(0, 32)).toBe(32)
})

test('demand fades to half in its half-life, and to nothing in the end', () => {
  const demand = new Demand(2 * minute)
  for (let claim = 0; claim < 40; claim += 1) demand.note(0)
  expect(demand.target(2 * minute, 32)).toBe(10)
  expect(demand.target(10 * minute, 32)).toBe(1)
  expect(demand.target(60 * minute, 32)).toBe(0)
})

test('what was announced is kept ready until its time, above the usual limit', () => {
  const demand = new Demand(2 * minute)
  demand.expect(200, minute)
  expect(demand.target(0, 32)).toBe(200)
  expect(demand.target(minute, 32)).toBe(0)
})
