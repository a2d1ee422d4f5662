/** What `podium check` and the bench prove exercises with: servers of their own, in a directory of their own. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { embeddedSource } from '../../catalog/content-source.ts'
import type { Catalog } from '../../catalog/exercise.ts'
import { loadCatalog } from '../../catalog/load-catalog.ts'
import type { Config } from '../../config.ts'
import { embeddedBytes, embeddedText, listEmbedded } from '../../embedded.ts'
import { checkCatalog } from '../../grading/check.ts'
import type { CheckParts, CodeProver } from '../../grading/check-parts.ts'
import type { CheckReport } from '../../grading/check-report.ts'
import { createCodeGrader } from '../../grading/code/code-grader.ts'
import { createPlainSandboxes } from '../../grading/plain-sandboxes.ts'
import type { UseSandbox } from '../../grading/sandbox-use.ts'
import { createParser } from '../../parsing/parser.ts'
import { createLocalDriver } from '../../pods/local/local-driver.ts'
import { openDataDirectory } from '../../postgres/data-directory.ts'
import { unpackServer } from '../../postgres/server-files.ts'
import { createLog } from '../../telemetry/log.ts'
import { type ExecutionParts, proofWaitMs, startExecutions } from '../serve/executions.ts'

const builtinSource = embeddedSource({ list: listEmbedded, text: embeddedText, bytes: embeddedBytes })

/** The exercises inside the program. */
export function builtinCatalog(): Catalog {
  return loadCatalog({ builtin: builtinSource, directories: [] })
}

function proverOf(
  { runtimes, pool: { useBox, useBoxes }, limits, problem }: ExecutionParts,
  useSandbox: UseSandbox,
): CodeProver {
  return { grader: createCodeGrader({ runtimes, useBox, useBoxes, useSandbox, limits }), problem }
}

const podDiskBytesMax = 2 * 1024 * 1024 * 1024

/**
 * In a directory of its own below the data directory, so that it can run beside a Podium that serves. Folders of content
 * may bring languages of their own, whose files are proven along.
 */
export async function prove(
  catalog: Catalog,
  config: Config,
  how: Pick<CheckParts, 'onProgress' | 'isThorough'>,
  furtherDirectories: readonly string[] = [],
): Promise<CheckReport> {
  const log = createLog({ level: config.logLevel, format: 'text', write: (line) => process.stderr.write(line) })
  const directory = openDataDirectory(join(config.dataDir, 'check'))
  const files = await unpackServer({ dataDir: directory.path, log })
  const driver = await createLocalDriver({ files, directory: join(directory.path, 'sandboxes'), log })
  const parser = createParser()
  const pod = {
    capacity: 16,
    memoryBytesMax: config.sandboxMemoryBytes,
    diskBytesMax: Math.max(config.sandboxDiskBytes, podDiskBytesMax),
  }
  const cores = availableParallelism()
  const atOnce = { podsMax: 10 * cores, usesMax: 2 * cores }
  const sandboxes = createPlainSandboxes(driver, { pod, ...atOnce, keepsSessions: true })
  const limits = {
    timeoutMs: config.queryTimeoutMs,
    rowsMax: config.rowsMax,
    bytesMax: config.resultBytesMax,
    cellBytesMax: config.resultBytesMax,
  }
  const hasCode = catalog.tracks.some(({ exercises }) => exercises.some(({ kind }) => kind === 'code'))
  const surroundings = { dataDir: directory.path, builtin: builtinSource, log, waitMs: proofWaitMs, furtherDirectories }
  const code = hasCode ? await startExecutions(config, surroundings) : null
  try {
    await driver.reapOrphans()
    const parts = { useSandbox: sandboxes.use, parser, limits, atOnce: 2 * cores, ...how }
    if (code === null) return await checkCatalog(catalog, parts)
    const ofLanguages = code.runtimes.problems.filter(({ file }) =>
      furtherDirectories.some((path) => file.startsWith(`${path}/`)),
    )
    const whole = { ...catalog, problems: [...catalog.problems, ...ofLanguages] }
    return await checkCatalog(whole, { ...parts, code: proverOf(code, sandboxes.use) })
  } finally {
    await code?.pool.stop()
    parser.stop()
    await sandboxes.stop()
    await driver.stop()
    directory.close()
  }
}
