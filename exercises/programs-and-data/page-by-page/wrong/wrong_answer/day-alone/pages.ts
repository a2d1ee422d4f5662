// Remembers the day only: the rest of a day that a page ended in is passed over.
import type { SQL } from 'bun'

/** A page of deliveries. */
export interface Page {
  ids: number[]
  /** Handed back to get the next page; null where there is none. */
  next: string | null
}

export async function pageOf(sql: SQL, { limit, after }: { limit: number; after: string | null }): Promise<Page> {
  const rows = await sql`
    SELECT id, day::text AS day FROM delivery WHERE day < ${after ?? 'infinity'}::date
    ORDER BY day DESC, id DESC LIMIT ${limit + 1}`
  const page = rows.slice(0, limit)
  return { ids: page.map(({ id }) => id), next: rows.length > limit ? page.at(-1).day : null }
}
