import type { SQL } from 'bun'

/** A page of deliveries. */
export interface Page {
  ids: number[]
  /** Handed back to get the next page; null where there is none. */
  next: string | null
}

export async function pageOf(sql: SQL, { limit, after }: { limit: number; after: string | null }): Promise<Page> {
  const [day, id] = after === null ? ['infinity', 0] : [after.split('/')[0], Number(after.split('/')[1])]
  const rows = await sql`
    SELECT id, day::text AS day FROM delivery
    WHERE (day, id) < (${day}::date, ${id}::integer)
    ORDER BY day DESC, id DESC LIMIT ${limit + 1}`
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { ids: page.map(({ id }) => id), next: rows.length > limit ? `${last.day}/${last.id}` : null }
}
