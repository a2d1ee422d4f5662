// Sends the list as it is: one statement may not change a row twice, and PostgreSQL says so.
import type { SQL } from 'bun'

/** What somebody counted in the shed. */
export interface Count {
  fruit: string
  grams: number
  /** As in '2025-09-10'. */
  countedOn: string
}

export async function enterCounts(sql: SQL, counts: Count[]): Promise<void> {
  if (counts.length === 0) return
  const rows = counts.map(({ fruit, grams, countedOn }) => ({ fruit, grams, counted_on: countedOn }))
  await sql`
    INSERT INTO stock ${sql(rows, 'fruit', 'grams', 'counted_on')}
    ON CONFLICT (fruit) DO UPDATE SET grams = excluded.grams, counted_on = excluded.counted_on
    WHERE stock.counted_on < excluded.counted_on`
}
