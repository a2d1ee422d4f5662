import type { SQL } from 'bun'

/** What somebody counted in the shed. */
export interface Count {
  fruit: string
  grams: number
  /** As in '2025-09-10'. */
  countedOn: string
}

export async function enterCounts(sql: SQL, counts: Count[]): Promise<void> {
  const newest = new Map<string, Count>()
  for (const count of counts) {
    const known = newest.get(count.fruit)
    if (known === undefined || known.countedOn < count.countedOn) newest.set(count.fruit, count)
  }
  if (newest.size === 0) return
  const rows = [...newest.values()].map(({ fruit, grams, countedOn }) => ({ fruit, grams, counted_on: countedOn }))
  await sql`
    INSERT INTO stock ${sql(rows, 'fruit', 'grams', 'counted_on')}
    ON CONFLICT (fruit) DO UPDATE SET grams = excluded.grams, counted_on = excluded.counted_on
    WHERE stock.counted_on < excluded.counted_on`
}
