// An inner join, put together by name: who gets nothing is missing, and two of one name become one.
import type { SQL } from 'bun'

/** What a household gets on a day. */
export interface Stop {
  name: string
  boxes: string[]
}

export async function roundOf(sql: SQL, day: string): Promise<Stop[]> {
  const rows = await sql`
    SELECT   h.name, b.title
    FROM     household AS h
    JOIN     delivery AS d ON d.household_id = h.id AND d.day = ${day}
    JOIN     box AS b ON b.id = d.box_id
    ORDER BY h.id, b.title`
  const names = [...new Set(rows.map(({ name }) => name))]
  return names.map((name) => ({ name, boxes: rows.filter((row) => row.name === name).map(({ title }) => title) }))
}
