/** The raw costs that figures are compared with: what PostgreSQL and a plain client take for the same. */
import type { Sample } from '../compare.ts'
import { query, queryRows } from '../content.ts'
import type { PlainServer } from '../plain-server.ts'

/** A raw cost. */
export interface Raw {
  what: string
  sample: Sample
}

/** A clone: one statement on a connection that is open. */
export function rawClone(server: PlainServer): Raw {
  return {
    what: 'CREATE DATABASE … STRATEGY file_copy on a plain connection',
    sample: async (series) => {
      const name = await series.time(async () => await server.clone())
      await server.drop(name)
    },
  }
}

/** A clone, a connection to it and the first query. */
export function rawFirstRow(server: PlainServer): Raw {
  return {
    what: 'clone, connect and query with a plain client',
    sample: async (series) => {
      const { name, sql } = await series.time(async () => {
        const name = await server.clone()
        const sql = server.connect(name)
        await sql.unsafe(query)
        return { name, sql }
      })
      await sql.end({ timeout: 1 })
      await server.drop(name)
    },
  }
}

/** The query on a connection that is open. To be ended. */
export async function rawQuery(server: PlainServer): Promise<Raw & { end(): Promise<void> }> {
  const name = await server.clone()
  const sql = server.connect(name)
  return {
    what: 'the same query with a plain client on an open connection',
    sample: async (series) => {
      const rows = await series.time(async () => await sql.unsafe(query))
      if (rows.length !== queryRows) throw new Error(`${rows.length} rows`)
    },
    end: async () => {
      await sql.end({ timeout: 1 })
      await server.drop(name)
    },
  }
}
