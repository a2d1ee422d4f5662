import type { SQL } from 'bun'

/** A crate as the pickers write it down. */
export interface Crate {
  fruit: string
  grams: number
  pickedOn: string
}

export async function bookCrates(sql: SQL, crates: Crate[]): Promise<number> {
  if (crates.length === 0) return 0
  const rows = crates.map(({ fruit, grams, pickedOn }) => ({ fruit, grams, picked_on: pickedOn }))
  await sql`INSERT INTO crate ${sql(rows, 'fruit', 'grams', 'picked_on')}`
  return rows.length
}
