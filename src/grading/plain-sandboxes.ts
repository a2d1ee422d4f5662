/**
 * Sandboxes straight from a driver, without a pool in front: for `podium check` and for tests, where everything wants a
 * fresh database and nobody waits for one. Images are built once, databases share a pod of their image while it has room,
 * and a reader that is as it was when it was made serves again.
 */
import { createHash } from 'node:crypto'
import type { Database, Image, ImageRecipe, Isolation, Pod, PodDriver, PodLimits } from '../pods/driver.ts'
import { type KeptReader, keepReader } from './kept-reader.ts'
import type { SandboxWant, UseSandbox } from './sandbox-use.ts'

/** Sandboxes and their end. */
export interface PlainSandboxes {
  use: UseSandbox
  /** Builds the image if need be, so that the first use finds it. */
  prepare(recipe: ImageRecipe): Promise<Image>
  /** Ends all pods. The driver itself goes on. */
  stop(): Promise<void>
}

/** How much may be open at once. */
export interface PlainLimits {
  pod: PodLimits
  /** Pods kept at once; the one unused for longest goes first. */
  podsMax: number
  /** Bodies that run at once. */
  usesMax: number
  /** See `DatabaseOptions`: only where nobody but a trusted author has written what runs. */
  keepsSessions?: boolean
}

interface OpenPod {
  pod: Promise<Pod>
  users: number
  usedAtMs: number
  /** Those that nobody uses at the moment. */
  readers: KeptReader[]
}

/** Makes them. */
export function createPlainSandboxes(driver: PodDriver, limits: PlainLimits): PlainSandboxes {
  const images = new Map<string, Promise<Image>>()
  const pods = new Map<string, OpenPod[]>()
  const turn = createTurns(limits.usesMax)
  const keys = new WeakMap<ImageRecipe, string>()
  const { keepsSessions: keepsSession = false } = limits

  function keyOf(recipe: ImageRecipe): string {
    const known = keys.get(recipe) ?? createHash('sha256').update(JSON.stringify(recipe)).digest('hex')
    keys.set(recipe, known)
    return known
  }

  function prepare(recipe: ImageRecipe): Promise<Image> {
    const key = keyOf(recipe)
    const known = images.get(key) ?? buildImage(driver, recipe)
    images.set(key, known)
    return known
  }

  async function takePod(recipe: ImageRecipe, isolation: Isolation): Promise<OpenPod> {
    const image = await prepare(recipe)
    const key = `${isolation} ${image.hash}`
    const open = pods.get(key) ?? []
    const room = isolation === 'server' ? 1 : limits.pod.capacity
    const free = isolation === 'server' ? undefined : open.find(({ users, readers }) => users + readers.length < room)
    const taken = free ?? {
      pod: driver.startPod(image, { isolation, limits: limits.pod }),
      users: 0,
      usedAtMs: 0,
      readers: [],
    }
    if (free === undefined) pods.set(key, [...open, taken])
    taken.users += 1
    taken.usedAtMs = performance.now()
    void taken.pod.then((pod) => pod.exited).then(forget, forget)
    return taken

    function forget() {
      pods.set(
        key,
        (pods.get(key) ?? []).filter((other) => other !== taken),
      )
    }
  }

  async function leave(taken: OpenPod, isolation: Isolation): Promise<void> {
    taken.users -= 1
    if (isolation === 'server') return await (await taken.pod).kill()
    const all = [...pods.values()].flat()
    const idle = all.filter(({ users }) => users === 0).sort((a, b) => a.usedAtMs - b.usedAtMs)
    for (const old of idle.slice(0, Math.max(0, all.length - limits.podsMax))) await (await old.pod).kill()
  }

  return {
    prepare,
    use: ({ recipe, isolation, access }: SandboxWant, body) =>
      turn(async () => {
        const taken = await takePod(recipe, isolation)
        try {
          return access === 'read' ? await read(taken, keepsSession, body) : await write(taken, keepsSession, body)
        } finally {
          await leave(taken, isolation)
        }
      }),
    async stop() {
      const all = [...pods.values()].flat()
      await Promise.allSettled(all.map(async ({ pod }) => await (await pod).kill()))
    },
  }
}

async function write<T>({ pod }: OpenPod, keepsSession: boolean, body: (database: Database) => Promise<T>): Promise<T> {
  const database = await (await pod).createDatabase({ access: 'write', keepsSession })
  return await body(database).finally(() => database.drop())
}

async function read<T>(
  { pod, readers }: OpenPod,
  keepsSession: boolean,
  body: (database: Database) => Promise<T>,
): Promise<T> {
  const reader = readers.pop() ?? keepReader(await (await pod).createDatabase({ access: 'read', keepsSession }))
  try {
    return await body(reader)
  } finally {
    if (reader.isFresh()) readers.push(reader)
    else await reader.drop()
  }
}

async function buildImage(driver: PodDriver, recipe: ImageRecipe): Promise<Image> {
  return (await driver.findImage(driver.imageHash(recipe))) ?? (await driver.buildImage(recipe))
}

/** At most so many bodies at once; the others wait in order. */
function createTurns(max: number): <T>(body: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (body) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await body()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
