import type { SQL } from 'bun'

/** A delivery as the rider's telephone shows it. */
export interface Note {
  id: number
  household: string
  day: string
  totalCents: number
  note: string | null
}

export async function notesOf(sql: SQL, day: string): Promise<Note[]> {
  return await sql`SELECT id, day, note FROM delivery WHERE day = ${day}`
}
