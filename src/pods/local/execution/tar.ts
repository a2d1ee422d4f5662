/** Packs files for the way into a box, where `tar` unpacks them. Nothing outside a box ever unpacks an archive. */
import type { BoxFile } from '../../execution.ts'

const blockBytes = 512
const nameBytesMax = 100
/** The name of an entry whose content is the long name of the next one: GNU's way, which every tar reads. */
const longName = '././@LongLink'

/** The parts of an archive of these files, in order, the end of the archive included. */
export function packFiles(files: readonly BoxFile[]): Uint8Array[] {
  return [...files.flatMap(packFile), new Uint8Array(2 * blockBytes)]
}

function packFile({ path, content, isExecutable }: BoxFile): Uint8Array[] {
  const name = new TextEncoder().encode(path)
  const mode = isExecutable === true ? 0o755 : 0o644
  const entry = [header(name.subarray(0, nameBytesMax), '0', mode, content.length), content, padding(content.length)]
  if (name.length <= nameBytesMax) return entry
  const told = new Uint8Array([...name, 0])
  return [header(new TextEncoder().encode(longName), 'L', 0o644, told.length), told, padding(told.length), ...entry]
}

function header(name: Uint8Array, type: string, mode: number, size: number): Uint8Array {
  const block = new Uint8Array(blockBytes)
  const text = (offset: number, value: string) => block.set(new TextEncoder().encode(value), offset)
  const octal = (offset: number, length: number, value: number) =>
    text(offset, `${value.toString(8).padStart(length - 1, '0')}\0`)
  block.set(name)
  octal(100, 8, mode)
  octal(108, 8, 0)
  octal(116, 8, 0)
  octal(124, 12, size)
  octal(136, 12, 0)
  text(148, ' '.repeat(8))
  text(156, type)
  text(257, 'ustar  \0')
  const sum = block.reduce((total, byte) => total + byte, 0)
  text(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return block
}

function padding(length: number): Uint8Array {
  return new Uint8Array((blockBytes - (length % blockBytes)) % blockBytes)
}
