/**
 * Where the hostile suite takes place: a pod with the attacker and a neighbour in it, and another pod with a further
 * neighbour. Both neighbours keep asking a small question and write down how long the answer took.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database, Image, Isolation, Pod, PodDriver, PodLimits, RunStatement } from '../../pods/driver.ts'
import { createLocalDriver } from '../../pods/local/local-driver.ts'
import type { RunLimits, RunResult } from '../../pods/run.ts'
import { unpackServer } from '../../postgres/server-files.ts'
import { silentLog } from '../../telemetry/log.ts'

/** Small, so that the suite fills disks and memories quickly and never much of them. */
export const podLimits: PodLimits = {
  capacity: 6,
  memoryBytesMax: 384 * 1024 * 1024,
  diskBytesMax: 160 * 1024 * 1024,
}

/** Limits of an attacker's run. */
export const attackLimits: RunLimits = {
  timeoutMs: 1_500,
  rowsMax: 1_000,
  bytesMax: 4 * 1024 * 1024,
  cellBytesMax: 10_000,
}

const neighbourPauseMs = 20
const loopPauseMs = 5
const dataset = `CREATE TABLE films (id int PRIMARY KEY, title text NOT NULL);
INSERT INTO films SELECT n, 'film ' || n FROM generate_series(1, 1000) n;`

/** A neighbour that keeps working. */
export interface Neighbour {
  /** Answers so far, in milliseconds. */
  readonly latenciesMs: number[]
  /** What went wrong so far. */
  readonly troubles: string[]
  stop(): Promise<void>
}

/** Two pods and those who live there. */
export interface Arena {
  driver: PodDriver
  /** A sandbox in the attacked pod; the pod is started anew where an earlier attack cost it. */
  attacker(): Promise<{ pod: Pod; database: Database }>
  startPod(isolation: Isolation): Promise<Pod>
  /** Lets the neighbours of the attacked pod and of the other one work while `body` runs. */
  besiege<T>(body: () => Promise<T>): Promise<{ result: T; mate: Neighbour; other: Neighbour }>
  close(): Promise<void>
}

/** Opens an arena with boxed or unboxed pods, which are looked at as often as `watchEveryMs` says. */
export async function openArena(boxed: boolean, watch: { watchEveryMs?: number } = {}): Promise<Arena> {
  const home = mkdtempSync(join(tmpdir(), 'podium-hostile-'))
  chmodSync(home, 0o711)
  const files = await unpackServer({ dataDir: home, log: silentLog })
  const driver = await createLocalDriver({ files, directory: join(home, 'pods'), log: silentLog, boxed, ...watch })
  const image: Image = await driver.buildImage({
    files: [{ name: 'films.sql', format: 'sql', text: dataset }],
    seed: 1,
  })
  const startPod = (isolation: Isolation) => driver.startPod(image, { isolation, limits: podLimits })
  let attacked = await settle(await startPod('database'))
  const other = await settle(await startPod('database'))
  return {
    driver,
    startPod,
    async attacker() {
      if (attacked.isGone()) attacked = await settle(await startPod('database'))
      return { pod: attacked.pod, database: await attacked.pod.createDatabase({ access: 'write' }) }
    },
    async besiege(body) {
      const neighbours = { mate: keepAsking(attacked.neighbour), other: keepAsking(other.neighbour) }
      try {
        return { result: await body(), ...neighbours }
      } finally {
        await Promise.all([neighbours.mate.stop(), neighbours.other.stop()])
      }
    },
    async close() {
      await driver.stop()
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    },
  }
}

/** A pod with a neighbour in it. */
async function settle(pod: Pod): Promise<{ pod: Pod; neighbour: Database; isGone: () => boolean }> {
  let isGone = false
  pod.exited.then(() => {
    isGone = true
  })
  return { pod, neighbour: await pod.createDatabase({ access: 'write' }), isGone: () => isGone }
}

/** Asks a small question again and again until it is told to stop. */
export function keepAsking(database: Database): Neighbour {
  const latenciesMs: number[] = []
  const troubles: string[] = []
  let isStopped = false
  const ask = async () => {
    while (!isStopped) {
      const beganAt = performance.now()
      const { end, statements } = await runAll(database, ['SELECT count(*) FROM films'], {
        ...attackLimits,
        timeoutMs: 10_000,
      })
      latenciesMs.push(performance.now() - beganAt)
      if (end !== 'completed') troubles.push(`${end}: ${statements[0]?.error?.message ?? ''}`)
      if (end === 'lost') return
      await Bun.sleep(neighbourPauseMs)
    }
  }
  const asking = ask()
  return {
    latenciesMs,
    troubles,
    stop: () => {
      isStopped = true
      return asking
    },
  }
}

/** Runs the texts as the statements of one run. */
export function runAll(
  database: Database,
  texts: readonly string[],
  limits: RunLimits = attackLimits,
): Promise<RunResult> {
  let offset = 0
  const statements = texts.map((text): RunStatement => {
    const statement = { text, offset }
    offset += text.length + 1
    return statement
  })
  return database.run(statements, limits)
}

/** Writes down how late a timer of this program comes, in milliseconds. */
export function watchLoop(): { readonly delaysMs: number[]; stop(): void } {
  const delaysMs: number[] = []
  let due = performance.now() + loopPauseMs
  const timer = setInterval(() => {
    const now = performance.now()
    delaysMs.push(Math.max(0, now - due))
    due = now + loopPauseMs
  }, loopPauseMs)
  return { delaysMs, stop: () => clearInterval(timer) }
}

/** The value below which this share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.POSITIVE_INFINITY
}
