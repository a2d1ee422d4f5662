// An INSERT for each crate: slow, and those before a bad one stay booked.
import type { SQL } from 'bun'

/** A crate as the pickers write it down. */
export interface Crate {
  fruit: string
  grams: number
  pickedOn: string
}

export async function bookCrates(sql: SQL, crates: Crate[]): Promise<number> {
  for (const { fruit, grams, pickedOn } of crates) {
    await sql`INSERT INTO crate (fruit, grams, picked_on) VALUES (${fruit}, ${grams}, ${pickedOn})`
  }
  return crates.length
}
