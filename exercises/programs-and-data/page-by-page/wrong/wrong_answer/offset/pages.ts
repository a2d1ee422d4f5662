// Counts rows from the top: what is added there moves all others down.
import type { SQL } from 'bun'

/** A page of deliveries. */
export interface Page {
  ids: number[]
  /** Handed back to get the next page; null where there is none. */
  next: string | null
}

export async function pageOf(sql: SQL, { limit, after }: { limit: number; after: string | null }): Promise<Page> {
  const from = Number(after ?? 0)
  const rows = await sql`SELECT id FROM delivery ORDER BY day DESC, id DESC LIMIT ${limit + 1} OFFSET ${from}`
  return { ids: rows.slice(0, limit).map(({ id }) => id), next: rows.length > limit ? String(from + limit) : null }
}
