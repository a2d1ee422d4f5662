/**
 * A dump of rows without their tables (`pg_dump --data-only`). Tables may point to each other, so that in no order of
 * theirs every row finds what it points to: the foreign keys are taken away before the first row and made anew behind the
 * last, which checks all rows.
 */
import type { ImageFile } from '../driver.ts'
import { query, type Wire } from '../wire/wire.ts'
import { ServerError } from '../wire/wire-error.ts'
import type { ScriptPart } from './scanner.ts'

/** A foreign key that was taken away. */
interface TakenKey {
  /** Its table in quotes where they are needed, as a dump writes it. */
  table: string
  add: string
}

/** The keys that a file's rows are loaded without. */
export interface TakenKeys {
  /** Asked before each part of the file. Takes the keys away before the first rows, if no table was created before. */
  before(part: ScriptPart): Promise<void>
  /** Makes them anew. Returns the server's error where rows point to nothing, with the line where their table's begin. */
  putBack(): Promise<{ failure: ServerError; line: number } | null>
}

const header = /^--\n-- PostgreSQL database dump\r?\n/m
const headerWithin = 2_000
const rowsOf = /^(?:copy|insert\s+into)\s+((?:"(?:[^"]|"")+"|[^\s("])+)/i

const keysQuery = `BEGIN; SET LOCAL search_path = pg_catalog;
  SELECT format('%I.%I', n.nspname, c.relname), quote_ident(k.conname), pg_get_constraintdef(k.oid)
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE k.contype = 'f' AND k.conparentid = 0; COMMIT`

/** For one file; does nothing where it is no dump of rows only. */
export function keysTakenFor(wire: Wire, { format, text }: ImageFile): TakenKeys {
  let isOpen = format === 'sql' && header.test(text.slice(0, headerWithin))
  let taken: TakenKey[] = []
  const lines = new Map<string, number>()
  return {
    before: async (part) => {
      if (/^create\s/i.test(part.text)) isOpen = false
      const table = rowsOf.exec(part.text)?.[1]
      if (table === undefined) return
      if (isOpen) taken = await takeKeys(wire)
      isOpen = false
      if (taken.length > 0 && !lines.has(table)) lines.set(table, part.line)
    },
    putBack: async () => {
      for (const { table, add } of taken) {
        const failure = await query(wire, add).then(() => null, serverError)
        if (failure !== null) return { failure, line: lines.get(table) ?? 1 }
      }
      return null
    },
  }
}

async function takeKeys(wire: Wire): Promise<TakenKey[]> {
  const keys = (await query(wire, keysQuery)).map(([table, name, definition]) => ({
    table: table ?? '',
    drop: `ALTER TABLE ${table} DROP CONSTRAINT ${name}`,
    add: `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`,
  }))
  if (keys.length > 0) await query(wire, keys.map(({ drop }) => drop).join('; '))
  return keys
}

function serverError(error: unknown): ServerError {
  if (error instanceof ServerError) return error
  throw error
}
