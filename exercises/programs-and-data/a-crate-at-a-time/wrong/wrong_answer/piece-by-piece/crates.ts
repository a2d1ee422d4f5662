// Books in portions of a hundred: few journeys, but the portions before a bad crate stay.
import type { SQL } from 'bun'

/** A crate as the pickers write it down. */
export interface Crate {
  fruit: string
  grams: number
  pickedOn: string
}

export async function bookCrates(sql: SQL, crates: Crate[]): Promise<number> {
  for (let from = 0; from < crates.length; from += 100) {
    const rows = crates.slice(from, from + 100).map(({ fruit, grams, pickedOn }) => ({ fruit, grams, picked_on: pickedOn }))
    await sql`INSERT INTO crate ${sql(rows, 'fruit', 'grams', 'picked_on')}`
  }
  return crates.length
}
