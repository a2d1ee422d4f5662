import type { SQL } from 'bun'

/** A page of deliveries. */
export interface Page {
  ids: number[]
  /** Handed back to get the next page; null where there is none. */
  next: string | null
}

export async function pageOf(sql: SQL, { limit, after }: { limit: number; after: string | null }): Promise<Page> {
  const rows = await sql`SELECT id FROM delivery LIMIT ${limit}`
  return { ids: rows.map(({ id }) => id), next: null }
}
