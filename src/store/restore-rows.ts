/**
 * Puts rows in COPY's text format into a table. By INSERT, for a COPY that the server refuses at its end would leave
 * the client library waiting, and why it was refused would be lost.
 */
import { damaged } from './backup-format.ts'
import type { BackupTable } from './backup-tables.ts'
import type { Queries } from './connect.ts'

// What one INSERT takes at most.
const batchRowsMax = 500
const batchBytesMax = 1024 * 1024

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** Takes the rows of one table, as many at a time as come, and inserts them in batches. */
export class TableLoader {
  readonly #transaction: Queries
  readonly #table: BackupTable
  readonly #types: readonly string[]
  #columns: Array<Array<string | null>>
  #rows = 0
  #bytes = 0

  private constructor(transaction: Queries, table: BackupTable, types: readonly string[]) {
    this.#transaction = transaction
    this.#table = table
    this.#types = types
    this.#columns = table.columns.map(() => [])
  }

  /**
   * Looks up the table's columns.
   *
   * @throws Failure `invalid`: this schema has no such table or column
   */
  static async open(transaction: Queries, table: BackupTable): Promise<TableLoader> {
    const known = await transaction<{ name: string; type: string }[]>`
      select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relname = ${table.name} and c.relnamespace = current_schema()::regnamespace and a.attnum > 0
        and not a.attisdropped
    `
    const types = table.columns.map((column) => known.find(({ name }) => name === column)?.type)
    const isKnown = (type: string | undefined): type is string => type !== undefined
    if (!types.every(isKnown)) throw damaged(`its schema has no table "${table.name}" of these columns`)
    return new TableLoader(transaction, table, types)
  }

  /** Takes whole lines, each with its newline. */
  async take(lines: Buffer): Promise<void> {
    const text = lines.toString('utf8')
    for (const line of text.slice(0, -1).split('\n')) await this.#takeRow(line)
  }

  /** Inserts what is still waiting. */
  async finish(): Promise<void> {
    if (this.#rows === 0) return
    const columns = this.#columns
    this.#columns = columns.map(() => [])
    this.#rows = 0
    this.#bytes = 0
    const sql = this.#transaction
    const values = columns.map((column, index) => sql`${column}::text[]${index < columns.length - 1 ? sql`,` : sql``}`)
    const casts = this.#types.map((type, index) => `v.c${index}::${type}`).join(', ')
    const names = this.#types.map((_, index) => `c${index}`).join(', ')
    await sql`
      insert into ${sql(this.#table.name)} (${sql(this.#table.columns)}) overriding system value
      select ${sql.unsafe(casts)} from unnest(${values}) as v (${sql.unsafe(names)})
    `
  }

  async #takeRow(line: string): Promise<void> {
    const values = line.split('\t')
    if (values.length !== this.#columns.length) throw damaged(`a row of table "${this.#table.name}" is not whole`)
    for (const [index, column] of this.#columns.entries()) column.push(cellOf(values[index] ?? ''))
    this.#rows += 1
    this.#bytes += line.length
    if (this.#rows >= batchRowsMax || this.#bytes >= batchBytesMax) await this.finish()
  }
}

function cellOf(text: string): string | null {
  if (text === '\\N') return null
  if (!text.includes('\\')) return text
  return text.replaceAll(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter)
}
