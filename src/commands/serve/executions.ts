/** Starts what programs run in: the driver of boxes, the languages that are here, the pool. */
import { join } from 'node:path'
import { type ContentSource, directorySource } from '../../catalog/content-source.ts'
import type { Config } from '../../config.ts'
import type { ExecutionLimits } from '../../pods/execution.ts'
import { createLocalExecutionDriver } from '../../pods/local/execution/execution-driver.ts'
import { type LiveRuntimes, openLiveRuntimes, type ReadRuntimes } from '../../runtimes/live-runtimes.ts'
import { loadRuntimes } from '../../runtimes/load-runtimes.ts'
import { rootDirectories } from '../../runtimes/roots.ts'
import { codeMemoryBudget, configuredLimits } from '../../sandboxes/execution-limits.ts'
import { ExecutionPool, poolWaitMsMax } from '../../sandboxes/executions.ts'
import type { Log } from '../../telemetry/log.ts'

/** What code exercises are run with. */
export interface ExecutionParts {
  /** Why programs can't be run here; null where they can. */
  problem: string | null
  runtimes: LiveRuntimes
  /** Reads the languages' files as they are now. */
  readRuntimes(): ReadRuntimes
  pool: ExecutionPool
  /** What a program may take where neither its exercise nor its language says otherwise. */
  limits: ExecutionLimits
  /** Memory that is set aside for programs, of that for all sandboxes. */
  memoryBudgetBytes: number
}

/** What starting needs beside the settings. */
export interface ExecutionSurroundings {
  dataDir: string
  /** The content inside the program. */
  builtin: ContentSource
  log: Log
  /** How long a use waits for its turn; as long as people wait, unless said. */
  waitMs?: number
  /** Folders of content beside those of the settings, whose languages are known too. */
  furtherDirectories?: readonly string[]
}

/** What proofs wait for their turns: nobody sits before them, and a refusal would be taken for an exercise's fault. */
export const proofWaitMs = poolWaitMsMax

/**
 * Starts it all. Where there are no boxes, the parts are there, refuse with the reason, and cost no memory. Who serves
 * opens the pool, which ends what an earlier program left behind: nobody else may, for another Podium may be serving.
 */
export async function startExecutions(
  config: Config,
  { dataDir, builtin, log, waitMs, furtherDirectories = [] }: ExecutionSurroundings,
): Promise<ExecutionParts> {
  const driver = await createLocalExecutionDriver({
    directory: join(dataDir, 'boxes'),
    hiddenPaths: [dataDir, ...config.exercisesDirs],
    log: log.with({ part: 'boxes' }),
  })
  const memoryBudgetBytes = driver.problem === null ? codeMemoryBudget(config) : 0
  const pool = new ExecutionPool({
    driver,
    log: log.with({ part: 'boxes' }),
    limits: {
      usesMax: config.runsAtOnceMax,
      readyMax: config.readyBoxesMax,
      readyTotalMax: config.readyBoxesMax * 4,
      memoryBudgetBytes,
      ...(waitMs === undefined ? {} : { waitMs }),
    },
  })
  const directories = [...config.exercisesDirs, ...furtherDirectories]
  const readRuntimes = () => loadRuntimes([builtin, ...directories.map(directorySource)])
  const directory = runtimesDirectory(dataDir)
  const runtimes = await openLiveRuntimes({
    ...readRuntimes(),
    ...{ directory, roots: rootDirectories(directory), driver, log },
    setAside: (bytesMax, body) => pool.setAside(bytesMax, body),
  })
  return { problem: driver.problem, runtimes, readRuntimes, pool, limits: configuredLimits(config), memoryBudgetBytes }
}

/** Where the plain Bun and imported root filesystems are. */
export function runtimesDirectory(dataDir: string): string {
  return join(dataDir, 'runtimes')
}

/** What the console says of it. */
export function describeExecutions({ problem, runtimes }: ExecutionParts): string {
  if (problem !== null) return `code exercises are off: ${problem}. podium doctor tells the mend`
  const here = runtimes.list.filter((runtime) => runtime.problem === null)
  return here.map(({ title, version }) => `${title} ${version}`).join(', ')
}
