/**
 * The file that `podium backup` writes, so plain that every later Podium can read it: gzip over lines of UTF-8.
 *
 * Line 1: the header. Then for each table a line `{"table": …, "columns": […]}`, its rows in PostgreSQL's COPY text
 * format, and a line `\.`. The last line is the trailer: rows of each table, and the SHA-256 of all bytes before it.
 */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Failure } from '../failure.ts'
import { explainBackupFile } from './backup-file.ts'
import type { BackupTable } from './backup-tables.ts'

/** The version of this format that is written; all up to it are read. */
export const formatVersion = 1

/** The line that ends the rows of a table; COPY writes a backslash in a value as two. */
export const endOfRows = '\\.'

/** The first line of a backup. */
export interface BackupHeader {
  format: 'podium-backup'
  formatVersion: number
  schemaVersion: number
  podiumVersion: string
  createdAt: string
}

/** The last line of a backup. */
export interface BackupTrailer {
  end: true
  rows: Record<string, number>
  sha256: string
}

/** Something read from a backup, in the order of the file. */
export type BackupPiece =
  | { kind: 'header'; header: BackupHeader }
  | { kind: 'table'; table: BackupTable }
  | { kind: 'rows'; bytes: Buffer; count: number }
  | { kind: 'end'; trailer: BackupTrailer }

const newline = 0x0a

/**
 * Reads a backup in constant memory. The checksum is compared at the trailer, so only a file that has been read to its
 * end is known to be whole.
 *
 * @throws Failure `invalid`: no backup, of a newer Podium, cut off, or damaged; `missing`: no such file
 */
export async function* readBackup(file: string): AsyncGenerator<BackupPiece> {
  const hash = createHash('sha256')
  let state: 'header' | 'between' | 'rows' | 'ended' = 'header'
  for await (const lines of readLines(file)) {
    let rows: Buffer[] = []
    for (const line of lines) {
      if (state === 'ended') throw damaged('there is more after its end')
      if (state === 'rows' && !isEndOfRows(line)) {
        rows.push(line)
        hash.update(line)
        continue
      }
      if (rows.length > 0) yield { kind: 'rows', bytes: Buffer.concat(rows), count: rows.length }
      rows = []
      if (state === 'rows') state = 'between'
      else {
        const piece: BackupPiece = state === 'header' ? headerOf(line) : tableOrEnd(line, hash)
        state = piece.kind === 'header' ? 'between' : piece.kind === 'table' ? 'rows' : 'ended'
        yield piece
      }
      if (state !== 'ended') hash.update(line)
    }
    if (rows.length > 0) yield { kind: 'rows', bytes: Buffer.concat(rows), count: rows.length }
  }
  if (state !== 'ended') throw damaged('it ends too early')
}

/** The lines of the file, each with its newline, as many at a time as came out of decompression. */
async function* readLines(file: string): AsyncGenerator<Buffer[]> {
  let rest: Buffer[] = []
  for await (const chunk of readChunks(file)) {
    const lines: Buffer[] = []
    let start = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      const line = chunk.subarray(start, end + 1)
      lines.push(rest.length > 0 ? Buffer.concat([...rest, line]) : line)
      rest = []
      start = end + 1
    }
    if (start < chunk.length) rest.push(Buffer.from(chunk.subarray(start)))
    if (lines.length > 0) yield lines
  }
  if (rest.length > 0) throw damaged('it ends in the middle of a line')
}

async function* readChunks(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file)
  const unzipped = createGunzip()
  source.on('error', (error) => unzipped.destroy(error))
  try {
    for await (const chunk of source.pipe(unzipped)) yield chunk
  } catch (error) {
    if (error instanceof Failure) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT') throw new Failure('missing', `There is no file ${file}.`, { cause: error })
    if (code === 'EISDIR') throw new Failure('invalid', `${file} is a folder, not a backup.`, { cause: error })
    if (/^E[A-Z]+$/.test(code)) throw explainBackupFile(error, file)
    throw damaged('it cannot be decompressed', error)
  } finally {
    source.destroy()
    unzipped.destroy()
  }
}

function isEndOfRows(line: Buffer): boolean {
  return line.length === 3 && line.toString('latin1') === `${endOfRows}\n`
}

function headerOf(line: Buffer): BackupPiece {
  const header = parseLine(line)
  if (header['format'] !== 'podium-backup') throw damaged('it does not begin like one')
  const { formatVersion: version, schemaVersion, podiumVersion, createdAt } = header
  if (typeof version !== 'number' || typeof schemaVersion !== 'number') throw damaged('its header is not whole')
  if (version > formatVersion) {
    throw new Failure(
      'invalid',
      `This backup was made by a newer Podium (${String(podiumVersion)}). Restore it with that one.`,
    )
  }
  return {
    kind: 'header',
    header: {
      format: 'podium-backup',
      formatVersion: version,
      schemaVersion,
      podiumVersion: String(podiumVersion),
      createdAt: String(createdAt),
    },
  }
}

function tableOrEnd(line: Buffer, hash: Hash): BackupPiece {
  const value = parseLine(line)
  const { table, columns, rows, sha256 } = value
  if (typeof table === 'string' && Array.isArray(columns)) {
    return { kind: 'table', table: { name: table, columns: columns.map(String) } }
  }
  if (value['end'] !== true || typeof sha256 !== 'string' || !isRecord(rows))
    throw damaged('a line in it makes no sense')
  if (sha256 !== hash.digest('hex')) throw damaged('its checksum is another one')
  const counts = Object.fromEntries(Object.entries(rows).map(([name, count]) => [name, Number(count)]))
  return { kind: 'end', trailer: { end: true, rows: counts, sha256 } }
}

function parseLine(line: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'))
    if (isRecord(value)) return value
  } catch (error) {
    throw damaged('a line in it makes no sense', error)
  }
  throw damaged('a line in it makes no sense')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The failure of a file that is no whole backup. */
export function damaged(why: string, cause?: unknown): Failure {
  return new Failure('invalid', `This file is not a whole backup: ${why}. Nothing was restored.`, {
    code: 'backup_damaged',
    cause,
  })
}
