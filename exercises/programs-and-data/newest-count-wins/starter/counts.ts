import type { SQL } from 'bun'

/** What somebody counted in the shed. */
export interface Count {
  fruit: string
  grams: number
  /** As in '2025-09-10'. */
  countedOn: string
}

export async function enterCounts(sql: SQL, counts: Count[]): Promise<void> {
  for (const { fruit, grams, countedOn } of counts) {
    await sql`UPDATE stock SET grams = ${grams}, counted_on = ${countedOn} WHERE fruit = ${fruit}`
  }
}
