// Copies the deliveries into the program, and never asks for those that come after.
import type { SQL } from 'bun'

/** A delivery as the rider's telephone shows it. */
export interface Note {
  id: number
  household: string
  day: string
  totalCents: number
  note: string | null
}

const notes: Note[] = [
  { id: 1, household: 'Amira', day: '2025-09-01', totalCents: 995, note: null },
  { id: 2, household: 'Boris', day: '2025-09-01', totalCents: 1750, note: 'The bell is broken' },
  { id: 3, household: 'Amira', day: '2025-09-01', totalCents: 1620, note: null },
  { id: 4, household: 'Dario', day: '2025-09-02', totalCents: 1215, note: null },
  { id: 5, household: 'Elske', day: '2025-09-02', totalCents: 995, note: 'Leave it with Boris' },
  { id: 6, household: 'Boris', day: '2025-09-02', totalCents: 995, note: null },
  { id: 7, household: 'Dario', day: '2025-09-02', totalCents: 995, note: null },
  { id: 8, household: 'Goran', day: '2025-09-04', totalCents: 3500, note: 'Third step' },
  { id: 9, household: 'Amira', day: '2025-09-05', totalCents: 995, note: null },
  { id: 10, household: 'Boris', day: '2025-09-05', totalCents: 405, note: null },
  { id: 11, household: 'Elske', day: '2025-09-05', totalCents: 810, note: '' },
  { id: 12, household: 'Amira', day: '2025-09-08', totalCents: 995, note: null },
  { id: 13, household: 'Boris', day: '2025-09-08', totalCents: 1750, note: 'The bell is broken' },
  { id: 14, household: 'Dario', day: '2025-09-09', totalCents: 810, note: null },
  { id: 15, household: 'Hanne', day: '2025-09-09', totalCents: 810, note: null },
  { id: 16, household: 'Goran', day: '2025-09-11', totalCents: 1750, note: null },
]

export async function notesOf(_sql: SQL, day: string): Promise<Note[]> {
  return notes.filter((note) => note.day === day)
}
