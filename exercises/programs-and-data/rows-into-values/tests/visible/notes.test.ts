import { expect, test } from 'bun:test'
import { sql } from './database.ts'
import { notesOf } from './notes.ts'

test('one delivery, as the telephone shows it', async () => {
  expect(await notesOf(sql, '2025-09-04')).toEqual([
    { id: 8, household: 'Goran', day: '2025-09-04', totalCents: 3500, note: 'Third step' },
  ])
})
