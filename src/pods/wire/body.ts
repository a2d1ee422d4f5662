/**
 * Reads the bodies of what a sandbox's server says. The server may be a learner's own (`isolation: server`), so nothing
 * here believes a length or a count: reading past the end throws `WireError`.
 */
import { WireError } from './wire-error.ts'

const decoder = new TextDecoder('utf-8')

/** A cursor over one message's body. */
export class Body {
  readonly bytes: Buffer
  at = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  get remaining(): number {
    return this.bytes.length - this.at
  }

  private take(length: number): number {
    if (length < 0 || length > this.remaining) throw new WireError('protocol', 'The server sent a malformed message')
    const from = this.at
    this.at += length
    return from
  }

  int8(): number {
    return this.bytes.readUInt8(this.take(1))
  }

  int16(): number {
    return this.bytes.readInt16BE(this.take(2))
  }

  int32(): number {
    return this.bytes.readInt32BE(this.take(4))
  }

  uint32(): number {
    return this.bytes.readUInt32BE(this.take(4))
  }

  /** `length` bytes, not copied. */
  slice(length: number): Buffer {
    const from = this.take(length)
    return this.bytes.subarray(from, from + length)
  }

  /** A zero-terminated string. */
  text(): string {
    const end = this.bytes.indexOf(0, this.at)
    if (end < 0) throw new WireError('protocol', 'The server sent a malformed message')
    const value = decoder.decode(this.bytes.subarray(this.at, end))
    this.at = end + 1
    return value
  }
}

/** The fields of an error or a notice, by their one-letter codes. */
export function readFields(body: Body): Map<string, string> {
  const fields = new Map<string, string>()
  for (let code = body.int8(); code !== 0; code = body.int8()) fields.set(String.fromCharCode(code), body.text())
  return fields
}

/** Decodes at most `bytesMax` bytes as UTF-8, never half a character at the cut. */
export function decodeText(bytes: Buffer, bytesMax = bytes.length): string {
  if (bytes.length <= bytesMax) return decoder.decode(bytes)
  let end = bytesMax
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return decoder.decode(bytes.subarray(0, end))
}
