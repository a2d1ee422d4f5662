/**
 * Reads a tar of whoever made it (docker export, debootstrap, tar) piece by piece: ustar, GNU's long names and pax
 * headers. It never keeps more than a header or a name; a file's content is handed on as it comes and must be read
 * before the next entry. Nothing in it is believed: lengths are bounded, and names that lead out are refused.
 */
import { Failure } from '../failure.ts'
import { cleanPath, type RootEntry } from './root-entry.ts'

const blockBytes = 512
/** The longest name or pax header. */
const nameBytesMax = 1024 * 1024

/** The entries of a tar. Throws `Failure('invalid')` where it is none, is cut off, or holds a name that leads out. */
export async function* readTar(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RootEntry> {
  const source = new ByteSource(bytes)
  let next: { path?: string; target?: string; bytes?: number } = {}
  for (;;) {
    const header = await source.take(blockBytes)
    if (header.every((byte) => byte === 0)) return
    if (!hasChecksum(header)) throw refused('it is damaged, or no tar')
    const type = String.fromCharCode(header[156] ?? 0)
    const size = next.bytes ?? numberAt(header, 124, 12)
    if (!Number.isSafeInteger(size) || size < 0) throw refused('a length in it is none')
    if ('LKxg'.includes(type)) {
      if (size > nameBytesMax) throw refused('a name in it is too long')
      const content = (await source.take(size)).toString('utf8')
      await source.skip(padding(size))
      if (type === 'L') next.path = untilNul(content)
      else if (type === 'K') next.target = untilNul(content)
      else if (type === 'x') next = { ...next, ...readPax(content) }
      continue
    }
    const path = cleanPath(next.path ?? nameOf(header))
    const target = next.target ?? textAt(header, 157, 100)
    next = {}
    if (path === null) throw refused('a name in it leads out of it')
    if (path === '') {
      await source.skip(size + padding(size))
      continue
    }
    const isFile = type === '0' || type === '\0' || type === '7'
    const content = isFile ? source.content(size) : null
    yield entryOf(type, { path, target, mode: numberAt(header, 100, 8), bytes: size, content })
    await content?.drain()
    await source.skip(isFile ? padding(size) : size + padding(size))
  }
}

function entryOf(
  type: string,
  {
    path,
    target,
    mode,
    bytes,
    content,
  }: { path: string; target: string; mode: number; bytes: number; content: Content | null },
): RootEntry {
  if (content !== null) return { kind: 'file', path, mode, bytes, content }
  if (type === '5') return { kind: 'directory', path }
  if (type === '2') return { kind: 'link', path, target }
  if (type !== '1') return { kind: 'special', path }
  const other = cleanPath(target)
  if (other === null) throw refused('a name in it leads out of it')
  return { kind: 'same', path, target: other }
}

type Content = AsyncIterable<Uint8Array> & { drain(): Promise<void> }

/** Gives bytes in the portions that are asked for. */
class ByteSource {
  readonly #iterator: AsyncIterator<Uint8Array>
  #rest: Buffer = Buffer.alloc(0)

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#iterator = bytes[Symbol.asyncIterator]()
  }

  /** Exactly so many bytes. */
  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for (let missing = count; missing > 0; ) {
      const part = await this.#some(missing)
      parts.push(part)
      missing -= part.length
    }
    return Buffer.concat(parts)
  }

  async skip(count: number): Promise<void> {
    for (let missing = count; missing > 0; ) missing -= (await this.#some(missing)).length
  }

  content(count: number): Content {
    let missing = count
    const some = async () => {
      const part = await this.#some(missing)
      missing -= part.length
      return part
    }
    return {
      async *[Symbol.asyncIterator]() {
        while (missing > 0) yield await some()
      },
      async drain() {
        while (missing > 0) await some()
      },
    }
  }

  /** At least one byte, at most so many. */
  async #some(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const { value, done } = await this.#iterator.next()
      if (done) throw refused('it is cut off')
      this.#rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
    const part = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(part.length)
    return part
  }
}

function readPax(content: string): { path?: string; target?: string; bytes?: number } {
  const found: { path?: string; target?: string; bytes?: number } = {}
  for (const [, name, value = ''] of content.matchAll(/\d+ ([^=\n]+)=([^\n]*)\n/g)) {
    if (name === 'path') found.path = value
    else if (name === 'linkpath') found.target = value
    else if (name === 'size') found.bytes = Number(value)
  }
  return found
}

function nameOf(header: Buffer): string {
  const prefix = textAt(header, 257, 5) === 'ustar' && header[262] === 0 ? textAt(header, 345, 155) : ''
  const name = textAt(header, 0, 100)
  return prefix === '' ? name : `${prefix}/${name}`
}

function textAt(header: Buffer, at: number, length: number): string {
  return untilNul(header.toString('utf8', at, at + length))
}

function untilNul(text: string): string {
  return text.split('\0', 1)[0] ?? ''
}

/** Octal digits, or, of large files, a number in base 256. */
function numberAt(header: Buffer, at: number, length: number): number {
  if (((header[at] ?? 0) & 0x80) !== 0) {
    return [...header.subarray(at + 1, at + length)].reduce((sum, byte) => sum * 256 + byte, 0)
  }
  const digits = textAt(header, at, length).trim()
  return digits === '' ? 0 : Number.parseInt(digits, 8)
}

function hasChecksum(header: Buffer): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0)
  return sum === numberAt(header, 148, 8)
}

function padding(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes
}

function refused(reason: string): Failure {
  return new Failure('invalid', `The archive can’t be used: ${reason}`, { code: 'bad_archive' })
}
