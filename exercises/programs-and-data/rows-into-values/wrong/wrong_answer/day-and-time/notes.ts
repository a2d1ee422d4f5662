// Hands the date on as it came: a moment at midnight, where a day was asked for.
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
  const rows = await sql`
    SELECT   d.id, h.name AS household, d.day, (b.price * 100 * d.quantity)::integer AS "totalCents", d.note
    FROM     delivery AS d
    JOIN     household AS h ON h.id = d.household_id
    JOIN     box AS b ON b.id = d.box_id
    WHERE    d.day = ${day}
    ORDER BY d.id`
  return [...rows]
}
