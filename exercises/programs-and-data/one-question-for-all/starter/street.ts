import type { SQL } from 'bun'

/** What a household gets on a day. */
export interface Stop {
  name: string
  boxes: string[]
}

export async function roundOf(sql: SQL, day: string): Promise<Stop[]> {
  return []
}
