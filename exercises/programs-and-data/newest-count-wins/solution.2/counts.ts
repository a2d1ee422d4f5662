import type { SQL } from 'bun'

/** What somebody counted in the shed. */
export interface Count {
  fruit: string
  grams: number
  /** As in '2025-09-10'. */
  countedOn: string
}

export async function enterCounts(sql: SQL, counts: Count[]): Promise<void> {
  await sql.begin(async (tx) => {
    for (const { fruit, grams, countedOn } of counts) {
      await tx`
        INSERT INTO stock (fruit, grams, counted_on) VALUES (${fruit}, ${grams}, ${countedOn})
        ON CONFLICT (fruit) DO UPDATE SET grams = excluded.grams, counted_on = excluded.counted_on
        WHERE stock.counted_on < excluded.counted_on`
    }
  })
}
