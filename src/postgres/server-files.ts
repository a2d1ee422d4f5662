/**
 * PostgreSQL on disk. The program carries it as an archive and unpacks it once for each version into
 * `<data directory>/server/<hash>/`. A directory of that name is always whole: it is filled under another name and
 * renamed, so a program killed half way, or two that unpack at once, leave nothing half done behind.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { embeddedFile, embeddedPath, embeddedText, isCompiled } from '../embedded.ts'
import { Failure } from '../failure.ts'
import type { Log } from '../telemetry/log.ts'
import { readArchive } from './archive.ts'
import { currentBoot } from './boot.ts'
import { explainFileError } from './file-errors.ts'

/** PostgreSQL, ready to run. Everything below `directory` is readable by every user, and is never written again. */
export interface ServerFiles {
  /** Holds `bin/postgres`, `lib`, `share` and `base`. */
  directory: string
  /** For example `18.4`. */
  version: string
  /**
   * A stopped minimal cluster to copy: superuser `podium` without a password, one database `podium` (so new databases
   * need `TEMPLATE podium`), a pg_hba.conf that asks for a password. The top directory of a copy must be made 0700.
   */
  base: string
}

/**
 * Unpacks the server unless that was done before. Takes some 200 ms the first time and 1 ms later. Throws `Failure`
 * where the data directory can't be written.
 */
export async function unpackServer(options: { dataDir: string; log: Log }): Promise<ServerFiles> {
  if (!isCompiled && !existsSync(embeddedPath('server/server.json'))) await packFromSource()
  const { hash, version } = readDescription(embeddedText('server/server.json'))
  const parent = resolve(options.dataDir, 'server')
  const directory = join(parent, hash)
  if (bootOf(directory) !== currentBoot()) {
    const startedAt = performance.now()
    const archive = Bun.zstdDecompressSync(await embeddedFile('server/server.tar.zst').bytes())
    try {
      if (!survived(directory, archive)) unpack(parent, directory, archive)
    } catch (error) {
      throw explainFileError(error, parent)
    }
    options.log.debug('Unpacked PostgreSQL', { version, ms: Math.round(performance.now() - startedAt) })
  }
  return { directory, version, base: join(directory, 'base') }
}

/** A file in the directory that names the boot of the machine in which its content was last known to be whole. */
const bootMark = '.boot'

/** The boot in which the directory was filled or proven, or null where there is none yet. */
function bootOf(directory: string): string | null {
  try {
    return readFileSync(join(directory, bootMark), 'utf8')
  } catch {
    return null
  }
}

/**
 * Unpacking does not wait for the disk, so after a power cut the rename may have survived and the files not: in the
 * first start of each boot they are compared with the archive.
 */
function survived(directory: string, archive: Uint8Array): boolean {
  if (bootOf(directory) === null) return false
  for (const { path, body } of readArchive(archive)) {
    const target = join(directory, path)
    if (body === undefined ? !existsSync(target) : !isEqualFile(target, body)) {
      rmSync(directory, { recursive: true, force: true })
      return false
    }
  }
  writeFileSync(join(directory, bootMark), currentBoot())
  return true
}

function isEqualFile(path: string, body: Uint8Array): boolean {
  return existsSync(path) && readFileSync(path).equals(body)
}

/** Fills a directory under another name and renames it. */
function unpack(parent: string, directory: string, archive: Uint8Array): void {
  // Servers may run as another user, who must be able to read all of it however private the program's own files are.
  const umask = process.umask(0o022)
  try {
    mkdirSync(parent, { recursive: true, mode: 0o755 })
    removeAbandoned(parent)
    fill(parent, directory, archive)
  } finally {
    process.umask(umask)
  }
}

function fill(parent: string, directory: string, archive: Uint8Array): void {
  const filling = mkdtempSync(join(parent, `.filling-${process.pid}-`))
  try {
    chmodSync(filling, 0o755)
    const made = new Set<string>()
    for (const { path, mode, body } of readArchive(archive)) {
      const target = join(filling, path)
      const container = body === undefined ? target : dirname(target)
      if (!made.has(container)) mkdirSync(container, { recursive: true, mode: 0o755 })
      made.add(container)
      if (body !== undefined) writeFileSync(target, body, { mode })
    }
    writeFileSync(join(filling, bootMark), currentBoot())
    renameSync(filling, directory)
  } catch (error) {
    rmSync(filling, { recursive: true, force: true })
    // Another program was faster, and what it unpacked is the same.
    if (bootOf(directory) !== currentBoot()) throw error
  }
}

/**
 * Removes the servers of other versions of the program. Only who holds the data directory's lock, after its servers run
 * and those of earlier runs are gone, may do so.
 */
export async function removeOtherServers({ files, dataDir }: { files: ServerFiles; dataDir: string }): Promise<void> {
  const parent = resolve(dataDir, 'server')
  for (const name of await readdir(parent)) {
    const isOther = join(parent, name) !== files.directory && !name.startsWith('.')
    if (isOther) await rm(join(parent, name), { recursive: true, force: true })
  }
}

/** Removes what a killed program left half unpacked. One that is at work now is told by its living process. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^\.filling-(\d+)-/.exec(name)?.[1]
    if (pid === undefined || Number(pid) === process.pid || existsSync(`/proc/${pid}`)) continue
    rmSync(join(parent, name), { recursive: true, force: true })
  }
}

function readDescription(text: string): { hash: string; version: string } {
  const description: unknown = JSON.parse(text)
  if (typeof description === 'object' && description !== null && 'hash' in description && 'version' in description) {
    return { hash: String(description.hash), version: String(description.version) }
  }
  throw new Error('server.json does not describe a server')
}

/** From source nobody may have run the build yet; packing takes a few seconds, once. */
async function packFromSource(): Promise<void> {
  const script = join(import.meta.dir, '../build/pack-server.ts')
  const child = Bun.spawn([process.execPath, script], { stdout: 'ignore', stderr: 'pipe' })
  const [code, stderr] = await Promise.all([child.exited, new Response(child.stderr).text()])
  if (code !== 0) throw new Failure('unavailable', `PostgreSQL could not be packed: ${stderr.trim()}`)
}
