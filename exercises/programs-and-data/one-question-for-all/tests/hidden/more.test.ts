import { expect, test } from 'bun:test'
import { counting } from './counting.ts'
import { sql } from './database.ts'
import { roundOf } from './street.ts'

test('two households of one name stay two', async () => {
  const stops = await roundOf(sql, '2025-09-02')
  expect(stops.filter(({ name }) => name === 'Boris')).toEqual([
    { name: 'Boris', boxes: [] },
    { name: 'Boris', boxes: ['Small box'] },
  ])
})

test('a day without deliveries still has every household', async () => {
  const stops = await roundOf(sql, '2025-09-03')
  expect(stops.map(({ name, boxes }) => [name, boxes.length])).toEqual([
    ['Amira', 0], ['Boris', 0], ['Chiyo', 0], ['Dario', 0], ['Elske', 0], ['Boris', 0], ['Goran', 0], ['Hanne', 0],
  ])
})

test('with three hundred households, still at most two statements', async () => {
  await sql`INSERT INTO household (name, street) SELECT 'House ' || n, 'New Road' FROM generate_series(1, 300) AS n`
  const counted = counting(sql)
  const stops = await roundOf(counted.sql, '2025-09-01')
  expect(stops.length).toBe(308)
  expect(counted.count()).toBeLessThanOrEqual(2)
})
