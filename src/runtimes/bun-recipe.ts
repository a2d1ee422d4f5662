/** How the plain Bun is put together from the compiled program and a small patch. The build writes recipes. */

import type { FileHandle } from 'node:fs/promises'

/** A run of bytes of the plain Bun, at its place there; `own`: at the same place in the program. */
export interface BunPiece {
  from: 'own' | 'patch'
  at: number
  bytes: number
}

/** The pieces in order, and what they must come to. */
export interface BunRecipe {
  /** Of Bun, for example `1.4.5`. */
  version: string
  /** Of the whole, in hex. */
  sha256: string
  bytes: number
  pieces: BunPiece[]
}

/** Reads a recipe. Throws where it is none. */
export function readBunRecipe(text: string): BunRecipe {
  const { version, sha256, bytes, pieces }: Partial<BunRecipe> = JSON.parse(text)
  if (version === undefined || sha256 === undefined || bytes === undefined || pieces === undefined)
    throw new Error('bun.json does not describe a Bun')
  return { version, sha256, bytes, pieces }
}

const chunkBytes = 1024 * 1024

/** The plain Bun, piece by piece; `own` is the program, open for reading. What comes out is to be compared with `sha256`. */
export async function* bunChunks(
  { pieces }: BunRecipe,
  { own, patch }: { own: FileHandle; patch: Uint8Array },
): AsyncGenerator<Uint8Array> {
  let taken = 0
  for (const { from, at, bytes } of pieces) {
    if (from === 'patch') {
      yield patch.subarray(taken, taken + bytes)
      taken += bytes
      continue
    }
    for (let done = 0; done < bytes; ) {
      const chunk = new Uint8Array(Math.min(chunkBytes, bytes - done))
      const { bytesRead } = await own.read(chunk, 0, chunk.length, at + done)
      if (bytesRead === 0) throw new Error('The program is shorter than it was when it was built')
      yield chunk.subarray(0, bytesRead)
      done += bytesRead
    }
  }
}

/** The SHA-256 of chunks, in hex. */
export async function hashOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hasher = new Bun.CryptoHasher('sha256')
  for await (const chunk of chunks) hasher.update(chunk)
  return hasher.digest('hex')
}
