/**
 * What every compiling of a language would make anew, such as Go's standard library, made once and shown read-only to the
 * boxes that compile. Podium makes it itself, in a box of its own that holds nothing of anybody: what a learner could
 * write to would be built into the next one's program.
 */
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { BoxRuntime, ExecutionDriver, ExecutionLimits } from '../pods/execution.ts'
import type { Log } from '../telemetry/log.ts'
import { removeAbandoned } from './abandoned.ts'
import { fillCommand } from './commands.ts'
import { readTar } from './tar-reader.ts'

/** Which cache, and what it is made with. */
export interface CacheWish {
  /** The runtime's name and version. */
  name: string
  version: string
  /** The command that fills the folder that `variable` names. */
  make: readonly string[]
  variable: string
  programs: Readonly<Record<string, string>>
  /** The box that compiles, without a cache. */
  box: BoxRuntime
}

/** Runs the body while so many bytes of memory, or all that programs have where that is less, are kept for it. */
export type SetAside = <Value>(bytesMax: number, body: (bytes: number) => Promise<Value>) => Promise<Value>

/** Where caches are kept, and what makes them. */
export interface CacheParts {
  /** The runtimes' directory. */
  directory: string
  driver: ExecutionDriver
  /** Absent where nobody's programs run meanwhile. */
  setAside?: SetAside
  log: Log
}

/** Where boxes see it. */
const cacheInBox = '/run/podium/cache'
const cacheInWork = 'cache'
const folder = 'caches'
const fillingPrefix = '.filling-'
const megabyte = 1024 ** 2

/** What making one may take: it happens once, and nobody's program has a part in it. Go's takes 350 MB. */
const limits: ExecutionLimits = {
  wallMs: 900_000,
  cpuMs: 600_000,
  memoryBytesMax: 768 * megabyte,
  processesMax: 256,
  openFilesMax: 1024,
  fileBytesMax: 256 * megabyte,
  diskBytesMax: 512 * megabyte,
  filesMax: 50_000,
  outputBytesMax: 64 * 1024,
}

/** The box with its cache, which is made unless it is there. Throws an Error with the reason where it can't be made. */
export async function boxWithCache(parts: CacheParts, wish: CacheWish): Promise<BoxRuntime> {
  const { name, version, box, variable } = wish
  const hash = hashOf(wish)
  const path = resolve(parts.directory, folder, `${name}-${version}-${hash}`)
  if (!(await isThere(path))) await make(parts, wish, path)
  return {
    ...box,
    key: `${box.key}-cache-${hash}`,
    binds: [...box.binds, { from: path, to: cacheInBox }],
    env: { ...box.env, [variable]: cacheInBox },
  }
}

/** Another program of the same version, another command or another setting makes another cache. */
function hashOf({ make, variable, programs, box }: CacheWish): string {
  const files = Object.values(programs).map((path) => {
    const found = statSync(join(box.root ?? '/', path), { throwIfNoEntry: false })
    return [path, found?.size ?? 0, found?.mtimeMs ?? 0]
  })
  const { root, binds, env } = box
  return createHash('sha256')
    .update(JSON.stringify([make, variable, files, root, binds, env]))
    .digest('hex')
    .slice(0, 12)
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true
}

/** Under another name first: a folder of the right name is whole. Those of earlier versions go. */
async function make(parts: CacheParts, wish: CacheWish, path: string): Promise<void> {
  const { directory, log } = parts
  const startedAt = performance.now()
  const parent = dirname(path)
  const filling = join(parent, `${fillingPrefix}${crypto.randomUUID()}`)
  await mkdir(filling, { recursive: true, mode: 0o755 })
  try {
    // Boxes may run as another user, however private the program's own files are.
    for (const each of [resolve(directory), parent, filling]) await chmod(each, 0o755)
    await unpack(await runMake(parts, wish), filling)
    for (const name of await readdir(parent))
      if (isEarlier(name, wish)) await rm(join(parent, name), { recursive: true, force: true })
    await rename(filling, path)
    await removeAbandoned(parent, fillingPrefix)
    log.info('Made the cache of a language', { path, ms: Math.round(performance.now() - startedAt) })
  } finally {
    await rm(filling, { recursive: true, force: true })
  }
}

/** Whether a folder holds this language's cache of another version; another language's name may begin with this one's. */
function isEarlier(folderName: string, { name }: CacheWish): boolean {
  return folderName.startsWith(`${name}-`) && /^[\d.]*-[0-9a-f]{12}$/.test(folderName.slice(name.length + 1))
}

/** Fills it in a box of its own, whose memory counts as that of programs; returns the archive of the box's workspace. */
async function runMake({ driver, setAside = unshared }: CacheParts, wish: CacheWish): Promise<Uint8Array> {
  return await setAside(limits.memoryBytesMax, (bytes) => runMakeWithin(driver, wish, bytes))
}

const unshared: SetAside = async (bytesMax, body) => await body(bytesMax)

async function runMakeWithin(
  driver: ExecutionDriver,
  { make, variable, programs, box }: CacheWish,
  memoryBytesMax: number,
): Promise<Uint8Array> {
  const own = { ...limits, memoryBytesMax }
  const started = await driver.startBox({ ...box, warm: null }, { limits: own, databaseSocket: null })
  const { archive, exitCode, end, limit, stderr } = await started.run({
    argv: fillCommand(make, programs),
    env: { [variable]: `/work/${cacheInWork}` },
    ...{ files: [], archive: null, stdin: new Uint8Array(), limits: own, hasChannel: false, archives: true },
  })
  if (end === 'exited' && exitCode === 0 && archive !== null) return archive
  const said = new TextDecoder().decode(stderr).trim().slice(0, 500)
  throw new Error(`The cache could not be made: ${limit === null ? end : `${limit.name} ${limit.value}`} ${said}`)
}

/** Plain files and folders below `cache/` only; anything else in the archive is passed over. */
async function unpack(archive: Uint8Array, target: string): Promise<void> {
  let files = 0
  for await (const entry of readTar(inOnePiece(archive))) {
    if (!entry.path.startsWith(`${cacheInWork}/`)) continue
    const place = join(target, entry.path.slice(cacheInWork.length + 1))
    // Who reads a cache may want the folders in which there is nothing yet, too.
    if (entry.kind === 'directory') await mkdir(place, { recursive: true, mode: 0o755 })
    if (entry.kind !== 'file') continue
    files += 1
    await mkdir(dirname(place), { recursive: true, mode: 0o755 })
    const file = await open(place, 'wx', 0o444)
    try {
      for await (const bytes of entry.content) await file.writeFile(bytes)
    } finally {
      await file.close()
    }
  }
  if (files === 0) throw new Error('The cache could not be made: its command left nothing there')
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
