import { expect, test } from 'bun:test'
import { counting } from './counting.ts'
import { sql } from './database.ts'
import { roundOf } from './street.ts'

test('every household, with what it gets', async () => {
  expect(await roundOf(sql, '2025-09-01')).toEqual([
    { name: 'Amira', boxes: ['Juice, three bottles', 'Small box'] },
    { name: 'Boris', boxes: ['Large box'] },
    { name: 'Chiyo', boxes: [] },
    { name: 'Dario', boxes: [] },
    { name: 'Elske', boxes: [] },
    { name: 'Boris', boxes: [] },
    { name: 'Goran', boxes: [] },
    { name: 'Hanne', boxes: [] },
  ])
})

test('sends at most two statements', async () => {
  const counted = counting(sql)
  await roundOf(counted.sql, '2025-09-01')
  expect(counted.count()).toBeLessThanOrEqual(2)
})
