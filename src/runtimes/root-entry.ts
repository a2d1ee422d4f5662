/** What a root filesystem is made of, wherever it is read from, and what is refused. */

/** One entry of a root filesystem. Paths are below its top, with forward slashes, and never lead out by themselves. */
export type RootEntry =
  | { kind: 'directory'; path: string }
  | { kind: 'file'; path: string; mode: number; bytes: number; content: AsyncIterable<Uint8Array> }
  /** `target` is what the link says, untouched. */
  | { kind: 'link'; path: string; target: string }
  /** Another name of a file that came before. */
  | { kind: 'same'; path: string; target: string }
  /** A device, a FIFO, a socket: passed over. */
  | { kind: 'special'; path: string }

/** Most that a root filesystem may hold. */
export const rootEntriesMax = 1_000_000
export const rootBytesMax = 32 * 1024 ** 3

/** The path without `./`, a leading `/` and doubled slashes; null where it leads out or is no path. `''`: the top itself. */
export function cleanPath(path: string): string | null {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (path.includes('\0') || path.length > 4096 || parts.some((part) => part === '..' || part.length > 255)) return null
  return parts.join('/')
}
