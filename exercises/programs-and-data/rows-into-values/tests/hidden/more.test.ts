import { expect, test } from 'bun:test'
import { sql } from './database.ts'
import { notesOf } from './notes.ts'

test('cents are whole, and a day is a text', async () => {
  expect(await notesOf(sql, '2025-09-02')).toEqual([
    { id: 4, household: 'Dario', day: '2025-09-02', totalCents: 1215, note: null },
    { id: 5, household: 'Elske', day: '2025-09-02', totalCents: 995, note: 'Leave it with Boris' },
    { id: 6, household: 'Boris', day: '2025-09-02', totalCents: 995, note: null },
    { id: 7, household: 'Dario', day: '2025-09-02', totalCents: 995, note: null },
  ])
})

test('a note that is empty stays empty', async () => {
  const notes = await notesOf(sql, '2025-09-05')
  expect(notes.map(({ note }) => note)).toEqual([null, null, ''])
})

test('a day without deliveries has no notes', async () => {
  expect(await notesOf(sql, '2025-09-03')).toEqual([])
})

test('every delivery is among the notes of its day', async () => {
  const deliveries = await sql`SELECT id, to_char(day, 'YYYY-MM-DD') AS day, note FROM delivery ORDER BY day, id`
  const days = [...new Set(deliveries.map(({ day }) => day))]
  const notes = (await Promise.all(days.map((day) => notesOf(sql, day)))).flat()
  expect(notes.map(({ id, day, note }) => ({ id, day, note }))).toEqual([...deliveries])
})
