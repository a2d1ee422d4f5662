/**
 * The Bun on which people's TypeScript runs: the one that Podium itself is made with, without what Podium adds to it
 * (reference solutions among it). Written once into the data directory, and compared with its hash at its first use in
 * every start.
 */
import { createReadStream } from 'node:fs'
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { embeddedFile, embeddedText, isCompiled } from '../embedded.ts'
import type { Log } from '../telemetry/log.ts'
import { removeAbandoned } from './abandoned.ts'
import { type BunRecipe, bunChunks, hashOf, readBunRecipe } from './bun-recipe.ts'

/** In the names of files that are being written. */
const fillingMark = '.filling-'

/** A compiled program may have been replaced by a newer one on disk; this is the one that runs. */
const ownPath = isCompiled ? '/proc/self/exe' : process.execPath

/** The version of the Bun that `provideBun` provides. */
export function providedBunVersion(): string {
  return isCompiled ? readBunRecipe(embeddedText('bun/bun.json')).version : Bun.version
}

/** Writes the plain Bun below the directory, unless it is there, and returns its path. Throws where it can't be written. */
export async function provideBun({ directory, log }: { directory: string; log: Log }): Promise<string> {
  const { recipe, patch } = await readParts()
  const folder = resolve(directory, `bun-${recipe.version}`)
  const path = join(folder, 'bun')
  if (await isWhole(path, recipe)) return path
  const startedAt = performance.now()
  await mkdir(folder, { recursive: true, mode: 0o755 })
  // Boxes may run as another user, however private the program's own files are.
  await Promise.all([chmod(resolve(directory), 0o755), chmod(folder, 0o755)])
  await write(path, recipe, patch)
  await removeAbandoned(folder, `bun${fillingMark}`)
  log.debug('Wrote the plain Bun', { path, ms: Math.round(performance.now() - startedAt) })
  return path
}

async function readParts(): Promise<{ recipe: BunRecipe; patch: Uint8Array }> {
  if (isCompiled) {
    const patch = Bun.zstdDecompressSync(await embeddedFile('bun/bun.zst').bytes())
    return { recipe: readBunRecipe(embeddedText('bun/bun.json')), patch }
  }
  const { size } = await stat(ownPath)
  const sha256 = await hashOf(createReadStream(ownPath))
  const recipe = { version: Bun.version, sha256, bytes: size, pieces: [{ from: 'own' as const, at: 0, bytes: size }] }
  return { recipe, patch: new Uint8Array() }
}

async function isWhole(path: string, { sha256, bytes }: BunRecipe): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && found.size === bytes && (await hashOf(createReadStream(path))) === sha256
}

/** Under another name first: a file of the right name is whole. */
async function write(path: string, recipe: BunRecipe, patch: Uint8Array): Promise<void> {
  const filling = `${path}${fillingMark}${crypto.randomUUID()}`
  await using own = await open(ownPath)
  try {
    const file = await open(filling, 'wx', 0o555)
    const hasher = new Bun.CryptoHasher('sha256')
    try {
      for await (const chunk of bunChunks(recipe, { own, patch })) {
        hasher.update(chunk)
        await file.writeFile(chunk)
      }
      await file.chmod(0o555)
    } finally {
      await file.close()
    }
    if (hasher.digest('hex') !== recipe.sha256) throw new Error('The plain Bun did not come out as it went in')
    await rename(filling, path)
  } catch (error) {
    await rm(filling, { force: true })
    throw error
  }
}
