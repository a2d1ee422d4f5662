/**
 * Writes what turns the compiled program back into the plain Bun it was made from, into `dist/bun/<arch>/`: people's
 * TypeScript runs on that Bun, and neither may it carry exercises nor the program a second hundred megabytes. The
 * compiler leaves nearly all of Bun as it is and adds to its beginning and end; where it writes is found out by
 * compiling an empty program. `bun.json` lists the pieces, `bun.zst` holds those that the program does not have.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BunPiece, type BunRecipe, bunChunks, hashOf, readBunRecipe } from '../runtimes/bun-recipe.ts'
import type { Architecture } from './pack-server.ts'

const root = join(import.meta.dir, '../..')
/** Differences are looked for in pages; what the compiler writes moves a little with the size of what it adds. */
const pageBytes = 4096
const equalBytesMin = 1024 * 1024
/** A Bun that differs more from the compiled program is another Bun. */
const differentBytesMax = 4 * 1024 * 1024
const compressionLevel = 19

type CompileTarget = NonNullable<Bun.CompileBuildOptions['target']>

/** Packs unless it was done for this Bun. Throws where the plain Bun of the target is not to be found. */
export async function packBun(arch: Architecture, target: CompileTarget): Promise<void> {
  const directory = join(root, 'dist/bun', arch)
  const description = join(directory, 'bun.json')
  if (existsSync(description) && readBunRecipe(readFileSync(description, 'utf8')).version === Bun.version) return
  const compiled = await compileEmpty(target)
  const found = plainCandidates(target).find((path) => isOrigin(readFileSync(path), compiled))
  if (found === undefined) throw new Error(`The Bun that ${target} is compiled with was not found`)
  const plain = readFileSync(found)
  const pieces = piecesOf(plain, compiled)
  const given = Buffer.concat(
    pieces.filter(({ from }) => from === 'patch').map(({ at, bytes }) => plain.subarray(at, at + bytes)),
  )
  const recipe: BunRecipe = { version: Bun.version, sha256: sha256(plain), bytes: plain.length, pieces }
  mkdirSync(directory, { recursive: true })
  const packed = Bun.zstdCompressSync(given, { level: compressionLevel })
  writeFileSync(join(directory, 'bun.zst'), packed)
  writeFileSync(description, JSON.stringify(recipe))
  console.log(`packed ${directory}: the plain Bun in ${(packed.byteLength / 1e3).toFixed(0)} KB`)
}

/** Throws unless the plain Bun can be had from a compiled program. */
export async function proveBun(arch: Architecture, program: string): Promise<void> {
  const directory = join(root, 'dist/bun', arch)
  const recipe = readBunRecipe(readFileSync(join(directory, 'bun.json'), 'utf8'))
  const patch = Bun.zstdDecompressSync(readFileSync(join(directory, 'bun.zst')))
  await using own = await open(program)
  if ((await hashOf(bunChunks(recipe, { own, patch }))) !== recipe.sha256) {
    rmSync(directory, { recursive: true })
    throw new Error('The plain Bun does not come out of the compiled program; build once more')
  }
}

async function compileEmpty(target: CompileTarget): Promise<Buffer> {
  const directory = mkdtempSync(join(tmpdir(), 'podium-empty-'))
  try {
    const entry = join(directory, 'empty.ts')
    const outfile = join(directory, 'empty')
    writeFileSync(entry, 'export {}\n')
    const { success, logs } = await Bun.build({ entrypoints: [entry], compile: { target, outfile } })
    if (!success) throw new AggregateError(logs, 'An empty program does not compile')
    return readFileSync(outfile)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** The compiler keeps the Bun of other targets in its cache, and takes itself for its own. */
function plainCandidates(target: string): string[] {
  const said = Bun.spawnSync([process.execPath, 'pm', 'cache'], { cwd: root }).stdout.toString().trim()
  const cache = said.split('\n').at(-1) ?? ''
  const name = target.replace('arm64', 'aarch64')
  const kept = existsSync(cache)
    ? readdirSync(cache).filter((entry) => entry.startsWith(`${name}-v${Bun.version}`))
    : []
  return [...kept.map((entry) => join(cache, entry)), process.execPath]
}

function isOrigin(plain: Buffer, compiled: Buffer): boolean {
  const given = piecesOf(plain, compiled).filter(({ from }) => from === 'patch')
  return given.reduce((sum, { bytes }) => sum + bytes, 0) <= differentBytesMax
}

/**
 * Pages that are equal come from the program; those that differ, with one on either side, from the patch, and so do
 * short runs of equal ones in between, which may be equal by chance.
 */
function piecesOf(plain: Buffer, compiled: Buffer): BunPiece[] {
  const pages = Array.from({ length: Math.ceil(plain.length / pageBytes) }, (_, page) => page)
  const differing = pages.filter((page) => {
    const [from, to] = [page * pageBytes, Math.min((page + 1) * pageBytes, plain.length)]
    return !plain.subarray(from, to).equals(compiled.subarray(from, to))
  })
  const given: { from: number; to: number }[] = []
  for (const page of differing) {
    const last = given.at(-1)
    const [from, to] = [Math.max(0, page - 1) * pageBytes, Math.min((page + 2) * pageBytes, plain.length)]
    if (last !== undefined && from - last.to < equalBytesMin) last.to = to
    else given.push({ from, to })
  }
  const pieces: BunPiece[] = []
  let at = 0
  for (const { from, to } of [...given, { from: plain.length, to: plain.length }]) {
    if (from > at) pieces.push({ from: 'own', at, bytes: from - at })
    if (to > from) pieces.push({ from: 'patch', at: from, bytes: to - from })
    at = to
  }
  return pieces
}

function sha256(bytes: Uint8Array): string {
  return new Bun.CryptoHasher('sha256').update(bytes).digest('hex')
}
