// Multiplies the price as a floating-point number and cuts the rest off: 4.05 * 3 * 100 is 1214.99…
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
    SELECT   d.id, h.name AS household, to_char(d.day, 'YYYY-MM-DD') AS day, b.price, d.quantity, d.note
    FROM     delivery AS d
    JOIN     household AS h ON h.id = d.household_id
    JOIN     box AS b ON b.id = d.box_id
    WHERE    d.day = ${day}
    ORDER BY d.id`
  return rows.map(({ id, household, day, price, quantity, note }) => {
    return { id, household, day, totalCents: Math.floor(Number(price) * quantity * 100), note }
  })
}
