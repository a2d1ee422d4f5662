import type { SQL } from 'bun'

/** A crate as the pickers write it down. */
export interface Crate {
  fruit: string
  grams: number
  pickedOn: string
}

export async function bookCrates(sql: SQL, crates: Crate[]): Promise<number> {
  return crates.length
}
