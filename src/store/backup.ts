/** `podium backup`: a logical copy of the control plane as of one moment, in the format of backup-format.ts. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip, type Gzip } from 'node:zlib'
import packageFile from '../../package.json' with { type: 'json' }
import { explainBackupFile } from './backup-file.ts'
import { type BackupHeader, endOfRows, formatVersion } from './backup-format.ts'
import { type BackupTable, listBackupTables } from './backup-tables.ts'
import type { Queries, Sql } from './connect.ts'
import { schemaVersion } from './schema-version.ts'

/** What was copied. */
export interface BackupSummary {
  header: BackupHeader
  /** Rows over all tables. */
  rows: number
  rowsByTable: Record<string, number>
}

const chunkBytes = 64 * 1024

// A draft may be 256 KB, so this many rows are 12 MB at worst.
const rowsAtOnce = 50

/**
 * Copies everything into a file that only its owner may read. The file appears under its name when it is whole and on
 * disk; one that was there before is replaced then. Throws `Failure` where the file can't be written.
 */
export async function backup(sql: Sql, file: string): Promise<BackupSummary> {
  const unfinished = `${file}.unfinished-${process.pid}`
  try {
    const gzip = createGzip()
    const written = pipeline(gzip, createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }))
    const [copied, saved] = await Promise.allSettled([copyEverything(sql, gzip), written])
    if (saved.status === 'rejected') throw saved.reason
    if (copied.status === 'rejected') throw copied.reason
    const summary = copied.value
    await sync(unfinished)
    await rename(unfinished, file)
    await sync(dirname(file))
    return summary
  } catch (error) {
    // What went wrong before says more than that there is nothing to remove.
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw explainBackupFile(error, file)
  }
}

async function copyEverything(sql: Sql, gzip: Gzip): Promise<BackupSummary> {
  try {
    const summary = await sql.begin('isolation level repeatable read read only', (transaction) =>
      copyTables(transaction, new HashedLines(gzip)),
    )
    gzip.end()
    return summary
  } catch (error) {
    gzip.destroy(error instanceof Error ? error : new Error(String(error)))
    throw error
  }
}

async function copyTables(transaction: Queries, lines: HashedLines): Promise<BackupSummary> {
  // How values are written must not depend on the server's configuration.
  await transaction`set local datestyle = 'ISO, YMD'`
  await transaction`set local timezone = 'UTC'`
  await transaction`set local bytea_output = 'hex'`
  await transaction`set local extra_float_digits = 1`
  const header: BackupHeader = {
    format: 'podium-backup',
    formatVersion,
    schemaVersion: await schemaVersion(transaction),
    podiumVersion: packageFile.version,
    createdAt: new Date().toISOString(),
  }
  await lines.writeJson(header)
  const rowsByTable: Record<string, number> = {}
  for (const table of await listBackupTables(transaction)) {
    rowsByTable[table.name] = await copyTable(transaction, table, lines)
  }
  await lines.writeJson({ end: true, rows: rowsByTable, sha256: lines.digest() })
  await lines.flush()
  return { header, rows: Object.values(rowsByTable).reduce((sum, count) => sum + count, 0), rowsByTable }
}

/**
 * Writes a table's rows as COPY would. Not by COPY itself: where the client library has paused the connection at the
 * last row it never goes on, and the backup would hang.
 */
async function copyTable(transaction: Queries, { name, columns }: BackupTable, lines: HashedLines): Promise<number> {
  await lines.writeJson({ table: name, columns })
  const texts = columns.map(
    (column, index) => transaction`${transaction(column)}::text${comma(transaction, index, columns)}`,
  )
  const query = transaction<(string | null)[][]>`select ${texts} from ${transaction(name)}`
  let count = 0
  for await (const rows of query.values().cursor(rowsAtOnce)) {
    for (const row of rows) await lines.write(Buffer.from(`${row.map(inCopyFormat).join('\t')}\n`))
    count += rows.length
  }
  await lines.write(Buffer.from(`${endOfRows}\n`))
  return count
}

function comma(transaction: Queries, index: number, columns: readonly string[]) {
  return index < columns.length - 1 ? transaction`, ` : transaction``
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

function inCopyFormat(value: unknown): string {
  if (value === null) return '\\N'
  return String(value).replaceAll(/[\\\b\f\n\r\t\v]/g, (letter) => escapes[letter] ?? letter)
}

/** Writes lines in larger pieces, waits while the disk is behind, and knows the hash of all that was written. */
class HashedLines {
  readonly #target: Gzip
  readonly #hash = createHash('sha256')
  #pending: Buffer[] = []
  #pendingBytes = 0

  constructor(target: Gzip) {
    this.#target = target
  }

  async writeJson(value: object): Promise<void> {
    await this.write(Buffer.from(`${JSON.stringify(value)}\n`))
  }

  async write(line: Buffer): Promise<void> {
    this.#pending.push(line)
    this.#pendingBytes += line.length
    this.#hash.update(line)
    if (this.#pendingBytes >= chunkBytes) await this.flush()
  }

  digest(): string {
    return this.#hash.copy().digest('hex')
  }

  /** Hands over what is waiting. Where the file has failed, its own promise says why. */
  async flush(): Promise<void> {
    const bytes = Buffer.concat(this.#pending)
    this.#pending = []
    this.#pendingBytes = 0
    if (this.#target.destroyed) throw new Error('The file takes no more')
    if (this.#target.write(bytes)) return
    await new Promise<void>((resolve) => {
      const go = () => {
        this.#target.off('drain', go).off('close', go)
        resolve()
      }
      this.#target.on('drain', go).on('close', go)
    })
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
