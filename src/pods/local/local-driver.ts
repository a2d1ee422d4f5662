/**
 * The driver `local`: pods are processes of this machine, in bubblewrap boxes where that works.
 *
 * On disk, below one directory: `images/<hash>/data` and `image.json`, `pods/<id>` for pods whose data is not in memory,
 * `building/<id>` for images under construction.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Failure } from '../../failure.ts'
import { giveTo, type Identity, identityFor } from '../../postgres/identity.ts'
import type { ServerFiles } from '../../postgres/server-files.ts'
import type { Log } from '../../telemetry/log.ts'
import type { Image, ImageRecipe, Isolation, Pod, PodDriver, PodLimits } from '../driver.ts'
import { requirePositive } from '../positive.ts'
import { openWire, query } from '../wire/wire.ts'
import { Enclosures } from './enclosure.ts'
import { writeServerFilter } from './execution/filter.ts'
import { findGroups, type GroupTree } from './execution/groups.ts'
import { buildData, type ImageFacts, publish, readImageFacts, settle } from './image-builder.ts'
import { randomName } from './names.ts'
import { reapPods } from './orphans.ts'
import { LocalPod } from './pod.ts'
import { probeBox } from './probe.ts'
import { startServer } from './server.ts'
import { adminName, memoryTemplateBytesMax, settingArguments, settingsVersion } from './settings.ts'
import { startWatchdog } from './watchdog.ts'

/** Of a server of one's own: its own, and what its superuser may start. */
const ownServerProcessesMax = 65
/** After this time an image is looked after on the disk. */
const settleAfterMs = 60_000
const buildLimits = { memoryBytesMax: 1024 * 1024 * 1024, diskBytesMax: 4 * 1024 * 1024 * 1024 }

/** Options of the local driver. */
export interface LocalDriverOptions {
  files: ServerFiles
  /** Where images and pods live. */
  directory: string
  log: Log
  /** `detect`: boxed where a probe of bubblewrap works. `true` throws where it does not. */
  boxed?: boolean | 'detect'
  /** How often pods are looked at, in milliseconds; a proof may look away. */
  watchEveryMs?: number
}

/** A driver whose pods are processes of this machine. Throws `Failure('unavailable')` where `boxed: true` can't be had. */
export async function createLocalDriver(
  options: LocalDriverOptions,
): Promise<PodDriver & { boxProblem: string | null }> {
  const directory = resolve(options.directory)
  const identity = identityFor('pod')
  // The directory itself stays with whoever runs Podium; pods only pass through it to what is theirs.
  mkdirSync(directory, { recursive: true, mode: 0o711 })
  for (const name of ['images', 'pods', 'building']) {
    mkdirSync(join(directory, name), { recursive: true, mode: 0o700 })
    giveTo(identity, join(directory, name))
  }
  // Sockets that a killed program left lead nowhere.
  rmSync(join(directory, 'relays'), { recursive: true, force: true })
  mkdirSync(join(directory, 'relays'), { mode: 0o711 })
  const boxProblem =
    options.boxed === false ? 'boxes are switched off' : await probeBox(identity, options.files.directory, directory)
  if (boxProblem && options.boxed === true) throw new Failure('unavailable', `Pods can't be boxed: ${boxProblem}`)
  const groups = boxProblem === null ? findGroups(`pods-${Bun.hash(directory).toString(36)}`) : null
  return new LocalDriver({
    ...options,
    directory,
    identity,
    boxProblem,
    groups,
    filterPath: writeServerFilter(directory),
  })
}

interface Parts extends LocalDriverOptions {
  identity: Identity
  boxProblem: string | null
  filterPath: string
  /** For servers of one's own; null where there are no control groups to be had. */
  groups: GroupTree | null
}

class LocalDriver implements PodDriver {
  readonly name = 'local'
  readonly isBoxed: boolean
  readonly serverVersion: string
  /** Why pods are not boxed; null where they are. */
  readonly boxProblem: string | null
  private readonly parts: Parts
  private readonly pods = new Set<LocalPod>()
  private readonly building = new Map<string, Promise<Image>>()

  /** Directories of this program's own, from before there is a server in them. */
  private readonly directories = new Set<string>()
  private readonly enclosures: Enclosures
  private readonly stopping = new AbortController()
  /** Names of recipes: asked for at every start of an exercise. */
  private readonly hashes = new WeakMap<ImageRecipe, string>()
  private readonly watchdog: { stop(): void }

  constructor(parts: Parts) {
    this.parts = parts
    this.enclosures = new Enclosures(parts.groups)
    this.boxProblem = parts.boxProblem
    this.isBoxed = parts.boxProblem === null
    this.serverVersion = parts.files.version
    this.watchdog = startWatchdog(() => this.pods, parts.watchEveryMs)
  }

  imageHash(recipe: ImageRecipe): string {
    const known = this.hashes.get(recipe)
    if (known) return known
    const usesSeed = recipe.files.some(({ text }) => /^\s*--\s*generator\b/.test(text))
    const hash = createHash('sha256').update(
      JSON.stringify([settingsVersion, this.serverVersion, usesSeed ? recipe.seed : 0]),
    )
    for (const { format, table, text } of recipe.files)
      hash.update(JSON.stringify([format, table ?? '', text.length])).update(text)
    const name = hash.digest('hex')
    this.hashes.set(recipe, name)
    return name
  }

  async findImage(hash: string): Promise<Image | null> {
    const facts = await this.readFacts(hash)
    return facts && { hash: facts.hash, bytes: facts.bytes, templateBytes: facts.templateBytes }
  }

  buildImage(recipe: ImageRecipe, signal?: AbortSignal): Promise<Image> {
    const hash = this.imageHash(recipe)
    const build = this.building.get(hash) ?? this.buildOnce(recipe, hash).finally(() => this.building.delete(hash))
    this.building.set(hash, build)
    return abortable(build, signal)
  }

  async listImages(): Promise<Image[]> {
    const names = await readdir(join(this.parts.directory, 'images'))
    const images = await Promise.all(names.map((name) => this.findImage(name)))
    return images.filter((image) => image !== null)
  }

  async removeImage(hash: string): Promise<void> {
    // Renamed first, so that nobody starts a pod from half an image.
    const doomed = join(this.parts.directory, 'building', randomName('removed-'))
    await rename(this.imagePath(hash), doomed).catch(() => {})
    await rm(doomed, { recursive: true, force: true })
  }

  keepsInMemory(image: Image): boolean {
    return this.isBoxed && image.templateBytes <= memoryTemplateBytesMax
  }

  async startPod(image: Image, options: { isolation: Isolation; limits: PodLimits }): Promise<Pod> {
    if (options.isolation === 'server' && !this.isBoxed)
      throw new Failure('unavailable', 'A server of one’s own needs boxed pods, which this machine does not have', {
        code: 'not_boxed',
      })
    requirePositive(options.limits)
    const facts = await this.readFacts(image.hash)
    if (!facts) throw new Failure('missing', 'The image is gone', { code: 'image_gone' })
    const id = randomName('pod-')
    const { limits, isolation } = options
    const capacity = isolation === 'server' ? 1 : limits.capacity
    const isOnDisk = !this.isBoxed || facts.templateBytes > memoryTemplateBytesMax
    const server = await startServer(
      {
        ...this.common(),
        sourceDirectory: join(this.imagePath(image.hash), 'data'),
        diskDirectory: isOnDisk ? await this.makeDirectory('pods', id) : null,
        memoryBytesMax: limits.memoryBytesMax,
        diskBytesMax: limits.diskBytesMax,
        processesMax: isolation === 'server' ? ownServerProcessesMax : null,
        settings: settingArguments({ capacity, diskBytesMax: limits.diskBytesMax }),
      },
      facts.secret,
    ).catch((error) => {
      this.directories.delete(id)
      throw error
    })
    server.exited.then(() => this.directories.delete(id))
    const runIn = async (database: string, sql: string) => {
      const wire = await openWire({ path: server.socketPath(), user: adminName, database, secret: facts.secret })
      try {
        await query(wire, sql)
      } finally {
        await wire.end()
      }
    }
    if (isolation === 'server') {
      const { pid } = server.launched.process
      const enclosed = this.enclosures.add({ id, pid, limits, processesMax: ownServerProcessesMax })
      await enclosed.catch(async (error) => {
        await server.kill()
        throw error
      })
    }
    if (this.stopping.signal.aborted) {
      await server.kill()
      await this.enclosures.remove(id)
      throw new Failure('unavailable', 'Podium is stopping')
    }
    const pod = new LocalPod({
      id,
      image: image.hash,
      isolation,
      limits: { ...limits, capacity },
      server,
      relayDirectory: join(this.parts.directory, 'relays'),
      runIn,
    })
    this.pods.add(pod)
    pod.exited.then(() => {
      this.pods.delete(pod)
      return this.enclosures.remove(id)
    })
    return pod
  }

  async reapOrphans(): Promise<number> {
    return Math.max(await this.enclosures.reap(), await reapPods(this.parts.directory, this.directories))
  }

  async stop(): Promise<void> {
    this.watchdog.stop()
    this.stopping.abort()
    await Promise.all([...this.pods].map((pod) => this.end(pod)))
    this.enclosures.close()
  }

  /** Its group goes with it: what holds the groups can only be removed when it is empty. */
  private async end(pod: LocalPod): Promise<void> {
    await pod.kill()
    await this.enclosures.remove(pod.id)
  }

  private async buildOnce(recipe: ImageRecipe, hash: string): Promise<Image> {
    const existing = await this.findImage(hash)
    if (existing) return existing
    // What is there and can't be read, say after a power cut, would be in the way.
    await this.removeImage(hash)
    const name = randomName('image-')
    const workDirectory = await this.makeDirectory('building', name)
    try {
      await this.writeOpenDoor(workDirectory)
      const launchOptions = {
        ...this.common(),
        ...buildLimits,
        sourceDirectory: this.parts.files.base,
        diskDirectory: workDirectory,
        keepsDisk: true,
        processesMax: null,
        settings: [
          ...settingArguments({ capacity: 1, diskBytesMax: buildLimits.diskBytesMax }),
          '-c',
          `hba_file=${this.isBoxed ? '/pod' : workDirectory}/open.conf`,
        ],
      }
      const facts = await buildData(recipe, hash, launchOptions, this.stopping.signal)
      await publish(workDirectory, this.imagePath(hash), facts)
      this.settleLater(hash, facts)
      return { hash, bytes: facts.bytes, templateBytes: facts.templateBytes }
    } finally {
      await rm(workDirectory, { recursive: true, force: true })
      this.directories.delete(name)
    }
  }

  /** Later, for a disk that is made to hurry is in the way of everybody: by then the system has written most of it. */
  private settleLater(hash: string, facts: ImageFacts): void {
    const timer = setTimeout(() => {
      settle(this.imagePath(hash), facts).catch((error: unknown) => {
        this.parts.log.debug('an image could not be said to be on the disk', { hash, error })
      })
    }, settleAfterMs)
    timer.unref()
    this.stopping.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  }

  /** The base's superuser has no password yet. The socket's directory is Podium's own, and nothing else runs there. */
  private async writeOpenDoor(directory: string): Promise<void> {
    const path = join(directory, 'open.conf')
    await writeFile(path, `local all ${adminName} trust\nlocal sameuser all scram-sha-256\n`, { mode: 0o600 })
    giveTo(this.parts.identity, path)
  }

  private common() {
    const { identity, files, filterPath } = this.parts
    return { isBoxed: this.isBoxed, identity, filesDirectory: files.directory, filterPath }
  }

  private imagePath(hash: string): string {
    return join(this.parts.directory, 'images', /^[0-9a-f]{64}$/.test(hash) ? hash : 'none')
  }

  private async readFacts(hash: string): Promise<ImageFacts | null> {
    const text = await readFile(join(this.imagePath(hash), 'image.json'), 'utf8').catch(() => null)
    return text === null ? null : readImageFacts(text)
  }

  private async makeDirectory(kind: 'pods' | 'building', name: string): Promise<string> {
    const path = join(this.parts.directory, kind, name)
    this.directories.add(name)
    await mkdir(path, { mode: 0o700 })
    giveTo(this.parts.identity, path)
    return path
  }
}

/** Others may wait for the same image, so who loses patience stops waiting and not the work. */
function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const onAbort = () =>
      reject(new Failure('unavailable', 'Nobody waits for this dataset any more', { code: 'aborted' }))
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
