/**
 * The archive that carries PostgreSQL inside the program: a plain tar, deterministic (no owners, no dates), compressed
 * with zstd. Reading is strict, for an archive that differs in any way was not written by `packArchive`.
 */

/** A directory (no `body`) or a file. `path` is relative with forward slashes, at most 100 bytes, never leading out. */
export interface ArchiveEntry {
  path: string
  mode: number
  body?: Uint8Array
}

const blockBytes = 512
const pathBytesMax = 100
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Writes the entries, in the order given, as an uncompressed tar. Throws where a path does not fit the format. */
export function packArchive(entries: readonly ArchiveEntry[]): Uint8Array {
  const chunks: Uint8Array[] = []
  for (const entry of entries) {
    const size = entry.body?.byteLength ?? 0
    chunks.push(header(entry, size))
    if (entry.body !== undefined) chunks.push(entry.body, new Uint8Array(padding(size)))
  }
  chunks.push(new Uint8Array(2 * blockBytes))
  return Buffer.concat(chunks)
}

/** Lists the entries of a tar written by `packArchive`; bodies are views into `bytes`. Throws where it is damaged. */
export function* readArchive(bytes: Uint8Array): Generator<ArchiveEntry> {
  let offset = 0
  while (offset + blockBytes <= bytes.byteLength) {
    const block = bytes.subarray(offset, offset + blockBytes)
    if (block[0] === 0) return
    offset += blockBytes
    const path = text(block, 0, pathBytesMax)
    if (octal(block, 148, 8) !== checksum(block)) throw new Error(`The archive is damaged near ${path}`)
    if (path.startsWith('/') || path.split('/').includes('..')) throw new Error(`The archive leads out: ${path}`)
    const mode = octal(block, 100, 8)
    const size = octal(block, 124, 12)
    if (offset + size > bytes.byteLength) throw new Error(`The archive ends within ${path}`)
    if (text(block, 156, 1) === '5') yield { path, mode }
    else yield { path, mode, body: bytes.subarray(offset, offset + size) }
    offset += size + padding(size)
  }
  throw new Error('The archive has no end')
}

function header(entry: ArchiveEntry, size: number): Uint8Array {
  const path = encoder.encode(entry.path)
  if (path.byteLength > pathBytesMax) throw new Error(`Too long for the archive: ${entry.path}`)
  const block = new Uint8Array(blockBytes)
  block.set(path, 0)
  const field = (at: number, length: number, value: number) =>
    block.set(encoder.encode(`${value.toString(8).padStart(length - 1, '0')}\0`), at)
  field(100, 8, entry.mode)
  field(108, 8, 0)
  field(116, 8, 0)
  field(124, 12, size)
  field(136, 12, 0)
  block.set(encoder.encode(entry.body === undefined ? '5' : '0'), 156)
  block.set(encoder.encode('ustar\x0000'), 257)
  field(148, 8, checksum(block))
  return block
}

/** The sum of the header's bytes with the checksum field itself counted as spaces, as tar defines it. */
function checksum(block: Uint8Array): number {
  let sum = 0
  for (let index = 0; index < blockBytes; index++) sum += index >= 148 && index < 156 ? 32 : (block[index] ?? 0)
  return sum
}

function padding(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes
}

function text(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length)
  const end = field.indexOf(0)
  return decoder.decode(end === -1 ? field : field.subarray(0, end))
}

function octal(block: Uint8Array, at: number, length: number): number {
  const value = Number.parseInt(text(block, at, length).trim(), 8)
  if (!Number.isSafeInteger(value)) throw new Error('The archive has a damaged header')
  return value
}
