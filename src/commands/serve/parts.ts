/** Starts the parts of the program in their order, and stops them in the opposite one. */
import { join } from 'node:path'
import { History } from '../../admin/history.ts'
import type { AppParts } from '../../app.ts'
import { LiveOutput } from '../../attempts/live-output.ts'
import { AttemptSandboxes } from '../../attempts/sandboxes.ts'
import { TableBook } from '../../attempts/tables.ts'
import { auditCatalogChanges, catalogChanges } from '../../catalog/audit-changes.ts'
import { embeddedSource } from '../../catalog/content-source.ts'
import type { Catalog, CatalogProblem } from '../../catalog/exercise.ts'
import { keptVersions } from '../../catalog/kept-versions.ts'
import { openCatalog } from '../../catalog/live-catalog.ts'
import { thisMachine } from '../../config/machine.ts'
import { redactedSettings } from '../../config/redacted.ts'
import type { Config } from '../../config.ts'
import { embeddedBytes, embeddedText, listEmbedded } from '../../embedded.ts'
import { availability } from '../../grading/availability.ts'
import { type CodeGrader, createCodeGrader } from '../../grading/code/code-grader.ts'
import { createGrader } from '../../grading/grade.ts'
import { gradeAnswer } from '../../grading/grade-answer.ts'
import { pageSecret } from '../../http/secret.ts'
import { createParser } from '../../parsing/parser.ts'
import { createLocalDriver } from '../../pods/local/local-driver.ts'
import type { RunLimits } from '../../pods/run.ts'
import type { ConnectionOptions } from '../../postgres/connection.ts'
import { openControlPlane } from '../../postgres/control-plane.ts'
import { openDataDirectory } from '../../postgres/data-directory.ts'
import { explainFullDisk } from '../../postgres/file-errors.ts'
import { removeOtherServers, type ServerFiles, unpackServer } from '../../postgres/server-files.ts'
import { systemClock } from '../../sandboxes/clock.ts'
import { createPool } from '../../sandboxes/create-pool.ts'
import { DiskRoom } from '../../sandboxes/disk-room.ts'
import { graderSandboxes } from '../../sandboxes/grader-sandboxes.ts'
import { StatementQueue } from '../../sandboxes/statements.ts'
import { turnLimits } from '../../sandboxes/turns.ts'
import { connect, type Sql, untilAnswering } from '../../store/connect.ts'
import { explainDatabaseAddress } from '../../store/database-address.ts'
import { leaseRecords } from '../../store/leases.ts'
import { migrate } from '../../store/migrate.ts'
import type { Log } from '../../telemetry/log.ts'
import { type ExecutionParts, startExecutions } from './executions.ts'

/** The started parts, and what the console tells of them. */
export interface StartedParts extends AppParts {
  /** Why sandboxes are not boxed; null where they are. */
  boxProblem: string | null
  /** What code exercises are run with. */
  code: ExecutionParts
  codeGrader: CodeGrader
  stop(): Promise<void>
}

/** Undoes what was started, the latest first; one failure does not keep the others from being tried. */
class Undo {
  readonly #steps: { name: string; stop: () => unknown }[] = []
  readonly #log: Log

  constructor(log: Log) {
    this.#log = log
  }

  add(name: string, stop: () => unknown): void {
    this.#steps.push({ name, stop })
  }

  async all(): Promise<void> {
    for (const { name, stop } of this.#steps.splice(0).reverse()) {
      try {
        await stop()
      } catch (error) {
        this.#log.error('stopping a part failed', { part: name, error })
      }
    }
  }
}

/** The longest value of a cell that is kept, in bytes. */
const cellBytesMax = 64 * 1024

/** Starts everything behind the pages. Throws `Failure` for what a person can mend; nothing is left running then. */
export async function startParts(config: Config, log: Log): Promise<StartedParts> {
  const undo = new Undo(log)
  try {
    return await start(config, log, undo)
  } catch (cause) {
    await undo.all()
    throw explainFullDisk(cause, config.dataDir)
  }
}

async function start(config: Config, log: Log, undo: Undo): Promise<StartedParts> {
  const directory = openDataDirectory(config.dataDir)
  undo.add('data directory', () => directory.close())
  const files = await unpackServer({ dataDir: directory.path, log })
  const builtin = embeddedSource({ list: listEmbedded, text: embeddedText, bytes: embeddedBytes })
  const [sql, driver, code] = await Promise.all([
    openStore(config, { files, dataDir: directory.path, log, undo }),
    createLocalDriver({ files, directory: join(directory.path, 'sandboxes'), log: log.with({ part: 'pods' }) }),
    startExecutions(config, { dataDir: directory.path, builtin, log }),
  ])
  undo.add('pods', () => driver.stop())
  undo.add('boxes', () => code.pool.stop())
  await code.pool.open()
  const pool = await createPool({
    driver,
    leases: leaseRecords(sql),
    log: log.with({ part: 'pool' }),
    limits: { ...poolLimitsOf(config), memoryBudgetBytes: config.memoryBudgetBytes - code.memoryBudgetBytes },
  })
  undo.add('pool', () => pool.stop())
  // Only now: nothing of an earlier version runs any more.
  removeOtherServers({ files, dataDir: directory.path }).catch((error: unknown) =>
    log.warn('an earlier PostgreSQL could not be removed', { error }),
  )
  const parser = createParser()
  undo.add('parser', () => parser.stop())

  const onChange = (catalog: Catalog, before: Catalog) => {
    tellProblems(catalog.problems, log)
    code.runtimes
      .reload(code.readRuntimes())
      .catch((error: unknown) => log.error('the languages could not be looked for again', { error }))
    const changes = catalogChanges(before, catalog)
    if (changes === null) return
    auditCatalogChanges(sql, changes, new Date()).catch((error: unknown) =>
      log.error('a change of the catalogue could not be written to the audit log', { error, ...changes }),
    )
  }
  const languages = () => {
    const { specs, problems } = code.readRuntimes()
    return { names: specs.map(({ name }) => name), problems }
  }
  const library = openCatalog({ builtin, directories: config.exercisesDirs, languages }, { onChange })
  undo.add('catalogue', () => library.stop())
  tellProblems(library.current().problems, log)

  const limits = runLimitsOf(config)
  const clock = systemClock
  const queue = new StatementQueue({
    clock,
    limits: { ...turnLimits(Math.ceil(config.runsAtOnceMax / 2)), runsMax: config.runsAtOnceMax },
  })
  const useSandbox = graderSandboxes(pool, queue)
  const grader = createGrader({ useSandbox, parser, limits })
  undo.add('grader', () => grader.stop())
  const { useBox, useBoxes } = code.pool
  const codeGrader = createCodeGrader({ runtimes: code.runtimes, useBox, useBoxes, useSandbox, limits: code.limits })
  const room = new DiskRoom({ directory: directory.path, reserveBytes: config.diskReserveBytes, log })
  undo.add('disk room', () => room.stop())
  // Who starts Podium on a full disk reads so at once.
  await room.status()
  const bench = { sql, room, pool, queue, parser, sandboxes: new AttemptSandboxes(pool), limits }
  const history = new History({ sql, pool, boxes: code.pool, queue, dataDir: directory.path })
  history.start()
  undo.add('history', () => history.stop())
  const isSecure = config.baseUrl?.startsWith('https:') ?? false
  return {
    door: { sql, secret: pageSecret(directory.path), guests: config.guests, isSecure },
    signUp: config.signUp,
    sql,
    pool,
    boxes: code.pool,
    room,
    metricsToken: config.metricsToken,
    isBehindAddress: config.baseUrl !== null,
    library,
    versions: keptVersions({ sql, log }),
    history,
    about: {
      machine: thisMachine(),
      settings: redactedSettings(config),
      limits: {
        memoryBytes: config.memoryBudgetBytes,
        runsAtOnceMax: config.runsAtOnceMax,
        diskReserveBytes: config.diskReserveBytes,
      },
    },
    bench,
    desk: {
      sql,
      log,
      room,
      grade: gradeAnswer({ sql: grader, code: codeGrader }),
    },
    tables: new TableBook(pool, limits),
    findCase: grader.counterexample,
    serverVersion: driver.serverVersion,
    isBoxed: driver.isBoxed,
    unavailableOf: availability({ isBoxed: driver.isBoxed, code: codeGrader }),
    boxProblem: driver.boxProblem,
    code,
    codeGrader,
    live: new LiveOutput(),
    edge: {
      log,
      listening: () => ({ host: config.host, port: config.port, baseUrl: config.baseUrl }),
      trustedProxies: config.trustedProxies,
      allowedOrigins: config.allowedOrigins,
    },
    stop: () => undo.all(),
  }
}

function tellProblems(problems: readonly CatalogProblem[], log: Log): void {
  for (const { message, ...place } of problems)
    log.warn('A file of the content has a problem', { ...place, problem: message })
}

async function openStore(
  config: Config,
  { files, dataDir, log, undo }: { files: ServerFiles; dataDir: string; log: Log; undo: Undo },
): Promise<Sql> {
  const sql = connect(await connectionOf(config, { files, dataDir, log, undo }))
  undo.add('connections', () => sql.end({ timeout: 5 }))
  if (config.databaseUrl === null) await untilAnswering(sql)
  try {
    await migrate(sql, log, { backupDirectory: join(dataDir, 'backups') })
  } catch (error) {
    throw config.databaseUrl === null ? error : explainDatabaseAddress(error, config.databaseUrl)
  }
  return sql
}

async function connectionOf(
  config: Config,
  { files, dataDir, log, undo }: { files: ServerFiles; dataDir: string; log: Log; undo: Undo },
): Promise<ConnectionOptions> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl }
  const controlPlane = await openControlPlane({ files, dataDir, log: log.with({ part: 'control plane' }) })
  undo.add('control plane', () => controlPlane.stop())
  return controlPlane.connection
}

function poolLimitsOf(config: Config) {
  return {
    sandboxesMax: config.sandboxesMax,
    memoryBudgetBytes: config.memoryBudgetBytes,
    podMemoryBytesMax: config.sandboxMemoryBytes,
    podDiskBytesMax: config.sandboxDiskBytes,
    imagesDiskBytesMax: config.imagesDiskBytes,
  }
}

function runLimitsOf({ queryTimeoutMs, rowsMax, resultBytesMax }: Config): RunLimits {
  return { timeoutMs: queryTimeoutMs, rowsMax, bytesMax: resultBytesMax, cellBytesMax }
}
