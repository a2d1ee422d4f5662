/**
 * Watches pods in which somebody's statements run, or programs are connected. A server's own limits hold for one process
 * at a time, and some not at all: here the sum counts. Whoever takes most is stopped, so that the neighbours can go on.
 */
import { statfs } from 'node:fs/promises'
import type { LocalDatabase } from './database.ts'
import { directoryBytes } from './disk.ts'
import type { LocalPod } from './pod.ts'
import type { StopCause } from './stopper.ts'
import { cpuMsOf, privateMemoryOf, processTree } from './usage.ts'

/** How often pods with a run are looked at. A box's memory fills at about 400 MB a second: that leaves 20 MB. */
const intervalMs = 50
/** A run that is younger can't have taken much; most never get older, and cost nothing here. */
const youngMs = 100
/** Data on disk is counted by another process, which costs more. */
const diskIntervalMs = 250
/** A pod that is fuller than this is about to fail in the write-ahead log, which would cost its neighbours their server. */
const diskShareMax = 0.85
/** Files in a box's memory cost the kernel about 1 KB each, which no size cap counts. */
const filesMax = 100_000
/** A server of one's own that works this long although nobody runs anything has been left something behind. */
const restlessMs = 3_000
const restlessIntervalMs = 1_000
const restlessCpuShare = 0.2
/** A program's session that was told to end gets this time; where all together still take too much then, the pod goes. */
const endingMs = 3_000

/** What is watched of a sandbox. */
export type WatchedDatabase = Pick<
  LocalDatabase,
  'running' | 'isRelaying' | 'isLeaving' | 'backendId' | 'databaseName' | 'outgrow'
>

/** What is watched of a pod, and what can be done about it. */
export interface WatchedPod
  extends Pick<LocalPod, 'isolation' | 'limits' | 'isGone' | 'processId' | 'diskDirectory' | 'dataPath'>,
    Pick<LocalPod, 'databaseSizes' | 'temporarySizes' | 'endSession' | 'killFor' | 'kill'> {
  readonly databases: Iterable<WatchedDatabase>
}

/**
 * Watches the pods that `pods` returns until it is stopped. Each by itself: a server that is slow to answer keeps nobody
 * from looking at the others.
 */
export function startWatchdog(pods: () => Iterable<WatchedPod>, everyMs = intervalMs): { stop(): void } {
  const watched = new WeakMap<WatchedPod, Watched>()
  const look = async (pod: WatchedPod) => {
    const state = known(watched, pod)
    if (state.isLookedAt) return
    state.isLookedAt = true
    try {
      await lookAt(pod, state)
    } catch {
      // It is going away: what does not answer its administrator is killed.
    } finally {
      state.isLookedAt = false
    }
  }
  const timer = setInterval(() => {
    for (const pod of pods()) void look(pod)
  }, everyMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

interface Watched {
  /** A look is under way: the next one waits for its end. */
  isLookedAt: boolean
  diskCheckedAt: number
  restlessCheckedAt: number
  restlessSince: number | null
  cpuMs: number
  /** Programs' sessions that were told to end, by the server's number, and when. */
  ending: Map<number, number>
}

function known(watched: WeakMap<WatchedPod, Watched>, pod: WatchedPod): Watched {
  const checked = { diskCheckedAt: 0, restlessCheckedAt: 0, restlessSince: null, cpuMs: 0 }
  const fresh: Watched = { isLookedAt: false, ...checked, ending: new Map() }
  const state = watched.get(pod) ?? fresh
  watched.set(pod, state)
  return state
}

async function lookAt(pod: WatchedPod, state: Watched): Promise<void> {
  const beganBefore = performance.now() - youngMs
  const running = [...pod.databases].filter((database) => database.running)
  const relaying = [...pod.databases].filter((database) => database.isRelaying)
  if (pod.isolation === 'server') killRestless(pod, state, running.length > 0)
  const isOld = running.some(({ running }) => running && running.beganAt < beganBefore)
  if (pod.isGone || !(isOld || relaying.length > 0)) return
  if (!isClearing(pod) && (await isTooFull(pod, state))) await stopFullest(pod, [...new Set([...running, ...relaying])])
  await stopLargest(pod, state, { running, hasPrograms: relaying.length > 0 })
}

/** Who is stopped already needs a moment to give back what it took; nobody else pays for that. */
function isClearing(pod: WatchedPod): boolean {
  return [...pod.databases].some(({ running, isLeaving }) => running?.cause() === 'disk_limit' || isLeaving)
}

async function isTooFull(pod: WatchedPod, state: Watched): Promise<boolean> {
  const now = performance.now()
  if (pod.diskDirectory && now - state.diskCheckedAt < diskIntervalMs) return false
  state.diskCheckedAt = now
  return await isFull(pod)
}

async function isFull(pod: WatchedPod): Promise<boolean> {
  const bytesMax = pod.limits.diskBytesMax * diskShareMax
  if (pod.diskDirectory) return (await directoryBytes(pod.diskDirectory)) > bytesMax
  const path = pod.dataPath
  if (!path) return false
  const { bsize, blocks, bfree, files, ffree } = await statfs(path)
  return (blocks - bfree) * bsize > bytesMax || files - ffree > filesMax
}

/**
 * Stops the run or the program that takes most, with its database and temporary files. Its sandbox is dropped afterwards:
 * only that gives the room back. On a busy machine the sizes come late: whoever took the room may have met the end of it
 * and be gone, and the largest of the rest has done nothing.
 */
async function stopFullest(pod: WatchedPod, running: readonly WatchedDatabase[]): Promise<void> {
  const [only] = running
  const fullest = running.length === 1 && only ? only : await largestOf(pod, running)
  if (!isClearing(pod) && (await isFull(pod))) fullest.outgrow()
}

async function largestOf(pod: WatchedPod, running: readonly WatchedDatabase[]): Promise<WatchedDatabase> {
  const sizes = await pod.databaseSizes()
  const temporary = await pod.temporarySizes()
  const size = ({ databaseName, backendId }: WatchedDatabase) =>
    (sizes.get(databaseName) ?? 0) + (temporary.get(backendId ?? 0) ?? 0)
  return running.reduce((largest, database) => (size(database) > size(largest) ? database : largest))
}

/**
 * Stops the run whose process is largest where all together take too much. Where it is no run's, a superuser started it,
 * and the pod goes; or it is a program's session, which is ended; else it is the rest of a run that was cut, and about to
 * end. Of what is ending already nobody else is made to pay for.
 */
async function stopLargest(
  pod: WatchedPod,
  { ending }: Watched,
  { running, hasPrograms }: { running: readonly WatchedDatabase[]; hasPrograms: boolean },
): Promise<void> {
  const stopping = new Set(running.filter(({ running }) => running?.cause()).map(({ backendId }) => backendId))
  const all = processTree(pod.processId).map((pid) => privateMemoryOf(pid))
  const processes = all.filter(({ innerPid }) => !stopping.has(innerPid))
  forget(ending, new Set(all.map(({ innerPid }) => innerPid)))
  const isTooMuch = (some: typeof all) => some.reduce((sum, { bytes }) => sum + bytes, 0) > pod.limits.memoryBytesMax
  if (!isTooMuch(processes)) return
  const cause: StopCause = 'memory_limit'
  if ([...ending.values()].some((since) => performance.now() - since > endingMs)) return pod.killFor(cause)
  const others = processes.filter(({ innerPid }) => !ending.has(innerPid))
  if (!isTooMuch(others)) return
  const largest = others.reduce((one, other) => (other.bytes > one.bytes ? other : one), { bytes: 0, innerPid: 0 })
  const owner = running.find((database) => database.backendId === largest.innerPid)
  if (owner) owner.running?.stop(cause)
  else if (pod.isolation === 'server') pod.killFor(cause)
  else if (hasPrograms && (await pod.endSession(largest.innerPid))) ending.set(largest.innerPid, performance.now())
}

/** Forgets sessions that are gone. */
function forget(ending: Map<number, number>, living: ReadonlySet<number>): void {
  for (const id of ending.keys()) if (!living.has(id)) ending.delete(id)
}

/** Programs that a superuser started may outlive the run that started them, at work or holding memory. */
function killRestless(pod: WatchedPod, state: Watched, isRunning: boolean): void {
  const now = performance.now()
  const elapsedMs = now - state.restlessCheckedAt
  if (elapsedMs < restlessIntervalMs) return
  const tree = processTree(pod.processId)
  const memoryBytes = isRunning ? 0 : tree.reduce((sum, pid) => sum + privateMemoryOf(pid).bytes, 0)
  if (memoryBytes > pod.limits.memoryBytesMax) void pod.kill()
  const cpuMs = tree.reduce((sum, pid) => sum + cpuMsOf(pid), 0)
  const isRestless = !isRunning && state.restlessCheckedAt > 0 && (cpuMs - state.cpuMs) / elapsedMs > restlessCpuShare
  state.restlessCheckedAt = now
  state.cpuMs = cpuMs
  if (!isRestless) state.restlessSince = null
  else if (state.restlessSince === null) state.restlessSince = now
  else if (now - state.restlessSince >= restlessMs) void pod.kill()
}
