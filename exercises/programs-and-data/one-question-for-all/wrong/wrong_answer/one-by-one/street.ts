// Asks once for the households, and then once more for each of them.
import type { SQL } from 'bun'

/** What a household gets on a day. */
export interface Stop {
  name: string
  boxes: string[]
}

export async function roundOf(sql: SQL, day: string): Promise<Stop[]> {
  const stops: Stop[] = []
  for (const { id, name } of await sql`SELECT id, name FROM household ORDER BY id`) {
    const rows = await sql`
      SELECT b.title FROM delivery AS d JOIN box AS b ON b.id = d.box_id
      WHERE d.household_id = ${id} AND d.day = ${day} ORDER BY b.title`
    stops.push({ name, boxes: rows.map(({ title }) => title) })
  }
  return stops
}
