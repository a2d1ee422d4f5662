// Takes a full page for a sign that there is another: the last page leads to an empty one.
import type { SQL } from 'bun'

/** A page of deliveries. */
export interface Page {
  ids: number[]
  /** Handed back to get the next page; null where there is none. */
  next: string | null
}

export async function pageOf(sql: SQL, { limit, after }: { limit: number; after: string | null }): Promise<Page> {
  const [day = 'infinity', id = '0'] = after?.split('/') ?? []
  const rows = await sql`
    SELECT id, day::text AS day FROM delivery WHERE (day, id) < (${day}::date, ${Number(id)}::integer)
    ORDER BY day DESC, id DESC LIMIT ${limit}`
  const last = rows.at(-1)
  return { ids: rows.map(({ id }) => id), next: rows.length === limit ? `${last.day}/${last.id}` : null }
}
