/**
 * Imports a root filesystem from a directory or a tar. What is imported may be anybody's: nothing is written but below
 * its own new folder, links are stored and never followed on this machine, devices are passed over, and no file keeps a
 * right to become another user. What it holds is only ever run in boxes.
 */
import {
  chmodSync,
  createReadStream,
  linkSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { Failure } from '../failure.ts'
import { removeAbandoned } from './abandoned.ts'
import { resolveInRoot } from './place.ts'
import { type RootEntry, rootBytesMax, rootEntriesMax } from './root-entry.ts'
import { rootsFolder } from './roots.ts'
import { readTar } from './tar-reader.ts'

/** What was imported. */
export interface ImportedRoot {
  /** Where it is now. */
  path: string
  entries: number
  bytes: number
  /** Devices, FIFOs and sockets that were passed over. */
  skipped: number
}

const fillingPrefix = '.filling-'

/** What every box starts with. */
const neededPrograms = ['/bin/sh', '/bin/tar']

/**
 * Imports a directory or a tar (plain, gzip or zstd) into the runtimes' directory; one of the same name is replaced.
 * Throws `Failure('invalid')` or `Failure('missing')` with the reason; nothing is left then.
 */
export async function importRoot(source: string, directory: string): Promise<ImportedRoot> {
  const parent = rootsFolder(directory)
  const name = nameFor(source)
  const path = join(parent, name)
  await removeAbandoned(parent, fillingPrefix)
  const filling = join(parent, `${fillingPrefix}${crypto.randomUUID()}`)
  mkdirSync(filling, { recursive: true, mode: 0o755 })
  try {
    for (const folder of [resolve(directory), parent, filling]) chmodSync(folder, 0o755)
    const writer = new RootWriter(filling)
    for await (const entry of entriesOf(source)) await writer.write(entry)
    const absent = neededPrograms.filter((program) => resolveInRoot(filling, program) === null)
    if (absent.length > 0) throw refused(`it has no ${absent.join(' and no ')}, which every box needs`)
    rmSync(path, { recursive: true, force: true })
    renameSync(filling, path)
    return { path, ...writer.sums }
  } catch (error) {
    rmSync(filling, { recursive: true, force: true })
    throw error
  }
}

/** `debian-12.tar.gz` → `debian-12`. */
function nameFor(source: string): string {
  const name = basename(resolve(source)).replace(/\.(tar(\.(gz|zst))?|tgz)$/, '')
  return name.replaceAll(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+/, '') || 'root'
}

function entriesOf(source: string): AsyncIterable<RootEntry> {
  const found = lstatSync(resolve(source), { throwIfNoEntry: false })
  if (found?.isDirectory()) return readDirectory(resolve(source))
  if (found?.isFile()) return readTar(plainBytes(resolve(source)))
  throw new Failure('missing', `${source} is neither a directory nor a file`)
}

/** The file's bytes, decompressed by what they begin with. */
async function* plainBytes(path: string): AsyncGenerator<Uint8Array> {
  const magic = Buffer.from(await Bun.file(path).slice(0, 4).arrayBuffer()).toString('hex')
  if (magic.startsWith('fd377a58') || magic.startsWith('425a68'))
    throw refused('it is compressed with xz or bzip2; decompress it first, or use gzip or zstd')
  const file = createReadStream(path)
  const decompressor = magic.startsWith('1f8b') ? createGunzip() : magic === '28b52ffd' ? createZstdDecompress() : null
  const stream = decompressor === null ? file : pipeline(file, decompressor, () => undefined)
  try {
    for await (const bytes of stream) yield bytes
  } catch (cause) {
    throw refused(`it can’t be read: ${cause instanceof Error ? cause.message : String(cause)}`)
  } finally {
    file.destroy()
  }
}

async function* readDirectory(root: string, below = ''): AsyncGenerator<RootEntry> {
  for (const name of (await readdir(join(root, below))).sort()) {
    const path = below === '' ? name : `${below}/${name}`
    const whole = join(root, path)
    const found = lstatSync(whole)
    if (found.isDirectory()) {
      yield { kind: 'directory', path }
      yield* readDirectory(root, path)
    } else if (found.isSymbolicLink()) yield { kind: 'link', path, target: readlinkSync(whole) }
    else if (!found.isFile()) yield { kind: 'special', path }
    else yield { kind: 'file', path, mode: found.mode, bytes: found.size, content: Bun.file(whole).stream() }
  }
}

/** Writes entries below a folder that nobody else writes to. */
class RootWriter {
  readonly sums = { entries: 0, bytes: 0, skipped: 0 }
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  async write(entry: RootEntry): Promise<void> {
    this.sums.entries += 1
    if (this.sums.entries > rootEntriesMax) throw refused(`it has more than ${rootEntriesMax} entries`)
    // A box has these of its own.
    if (/^(dev|proc|sys)\//.test(entry.path)) return
    if (entry.kind === 'special') this.sums.skipped += 1
    else if (entry.kind === 'directory') this.#folder(entry.path)
    else await this.#writeNamed(entry)
  }

  async #writeNamed(entry: Exclude<RootEntry, { kind: 'special' | 'directory' }>): Promise<void> {
    const target = this.#place(entry.path)
    rmSync(target, { force: true, recursive: true })
    if (entry.kind === 'link') symlinkSync(entry.target, target)
    else if (entry.kind === 'same') this.#linkTo(entry.target, target)
    else {
      this.sums.bytes += entry.bytes
      if (this.sums.bytes > rootBytesMax) throw refused(`it is larger than ${rootBytesMax / 1024 ** 3} GB`)
      await writeFileAt(target, entry)
    }
  }

  /** Where an entry goes on this machine: links above it are those of the root filesystem and stay inside it. */
  #place(path: string): string {
    return join(this.#root, this.#folder(dirname(path)), basename(path))
  }

  /** Makes a folder and those above it; returns where it really is, below the root. */
  #folder(path: string): string {
    let at = ''
    for (const part of path.split('/')) {
      if (part === '.' || part === '') continue
      const named = `${at}/${part}`
      const found = lstatSync(join(this.#root, named), { throwIfNoEntry: false })
      const real = found?.isSymbolicLink() === true ? resolveInRoot(this.#root, named) : named
      if (real === null) throw refused(`${path} leads over a link to nowhere`)
      const whole = join(this.#root, real)
      const there = lstatSync(whole, { throwIfNoEntry: false })
      if (there === undefined) mkdirSync(whole, { mode: 0o755 })
      else if (!there.isDirectory()) throw refused(`${path} leads over a file`)
      at = real
    }
    return at
  }

  #linkTo(path: string, target: string): void {
    const real = resolveInRoot(this.#root, path)
    const found = real === null ? undefined : lstatSync(join(this.#root, real), { throwIfNoEntry: false })
    if (real === null || found?.isFile() !== true) throw refused(`it names a file ${path} that is not there`)
    linkSync(join(this.#root, real), target)
  }
}

/** No special rights, and readable for boxes' user. */
async function writeFileAt(path: string, { mode, content }: Extract<RootEntry, { kind: 'file' }>): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const bytes of content) await file.writeFile(bytes)
    await file.chmod((mode & 0o777 & ~0o022) | 0o444)
  } finally {
    await file.close()
  }
}

function refused(reason: string): Failure {
  return new Failure('invalid', `The root filesystem can’t be imported: ${reason}`, { code: 'bad_root' })
}
