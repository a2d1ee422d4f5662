import type { SQL } from 'bun'

/** What a household gets on a day. */
export interface Stop {
  name: string
  boxes: string[]
}

export async function roundOf(sql: SQL, day: string): Promise<Stop[]> {
  const rows = await sql`
    SELECT   h.id, h.name, b.title
    FROM     household AS h
    LEFT     JOIN delivery AS d ON d.household_id = h.id AND d.day = ${day}
    LEFT     JOIN box AS b ON b.id = d.box_id
    ORDER BY h.id, b.title`
  const stops = new Map<number, Stop>()
  for (const { id, name, title } of rows) {
    const stop = stops.get(id) ?? { name, boxes: [] }
    stops.set(id, stop)
    if (title !== null) stop.boxes.push(title)
  }
  return [...stops.values()]
}
