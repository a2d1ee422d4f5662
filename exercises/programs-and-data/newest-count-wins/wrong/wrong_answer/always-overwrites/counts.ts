// Writes every count down as it comes: a note that is late puts an old figure over a new one.
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
    await sql`
      INSERT INTO stock (fruit, grams, counted_on) VALUES (${fruit}, ${grams}, ${countedOn})
      ON CONFLICT (fruit) DO UPDATE SET grams = excluded.grams, counted_on = excluded.counted_on`
  }
}
