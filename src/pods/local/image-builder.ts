/**
 * Builds an image: a copy of the base cluster in which the recipe's files have been loaded into the template database,
 * stopped cleanly. The files are authors' work, not learners', but they run in the same kind of box all the same.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../failure.ts'
import { currentBoot } from '../../postgres/boot.ts'
import type { ImageRecipe } from '../driver.ts'
import { openWire, query, type Wire } from '../wire/wire.ts'
import { directoryBytes, reachesDisk } from './disk.ts'
import type { LaunchOptions } from './launch.ts'
import { loadFiles } from './loader.ts'
import { randomSecret } from './names.ts'
import { type Server, startServer } from './server.ts'
import { adminName, datasetName, hostBasedAccess, readersName } from './settings.ts'
import { sealStatements } from './share.ts'

const buildTimeoutMs = 10 * 60_000

/** What is written beside an image's data. */
export interface ImageFacts {
  hash: string
  bytes: number
  templateBytes: number
  /** Podium's own secret in every pod of this image. */
  secret: string
  /** The boot of the machine in which it was built; null once all of it is on the disk. */
  boot: string | null
}

/** The facts that `publish` wrote; null where that is not what is there, or a power cut may have taken some of the data. */
export function readImageFacts(text: string): ImageFacts | null {
  try {
    const { hash, secret, bytes, templateBytes, boot }: Partial<ImageFacts> = JSON.parse(text)
    const isSafe = boot === null || boot === currentBoot()
    const isWhole = hash !== undefined && secret !== undefined && bytes !== undefined && templateBytes !== undefined
    return isWhole && isSafe ? { hash, secret, bytes, templateBytes, boot } : null
  } catch {
    return null
  }
}

/** Builds the image's data in `<directory>/data`. Throws `Failure('invalid')` for a file that does not load. */
export async function buildData(
  recipe: ImageRecipe,
  hash: string,
  launchOptions: LaunchOptions & { diskDirectory: string },
  signal?: AbortSignal,
): Promise<ImageFacts> {
  const secret = randomSecret()
  const server = await startServer(launchOptions, null)
  const deadline = AbortSignal.any([AbortSignal.timeout(buildTimeoutMs), ...(signal ? [signal] : [])])
  const onAbort = () => void server.kill()
  deadline.addEventListener('abort', onAbort, { once: true })
  try {
    const templateBytes = await fill(server, recipe, secret, deadline)
    await server.shutDown()
    const data = join(launchOptions.diskDirectory, 'data')
    await removeFreeSpaceMaps(data)
    await writeFile(join(data, 'pg_hba.conf'), hostBasedAccess)
    await rm(join(data, 'postmaster.opts'), { force: true })
    await rm(join(launchOptions.diskDirectory, 'open.conf'), { force: true })
    return { hash, secret, templateBytes, bytes: await directoryBytes(data), boot: currentBoot() }
  } catch (error) {
    if (deadline.aborted)
      throw new Failure('unavailable', 'Building the dataset was stopped or took too long', { cause: error })
    throw error
  } finally {
    deadline.removeEventListener('abort', onAbort)
    await server.kill()
  }
}

async function fill(server: Server, recipe: ImageRecipe, secret: string, signal: AbortSignal): Promise<number> {
  const loaderSecret = randomSecret()
  await server.admin(`CREATE ROLE ${datasetName} LOGIN PASSWORD '${loaderSecret}'; CREATE ROLE ${readersName}`)
  await server.admin(`CREATE DATABASE ${datasetName} TEMPLATE ${adminName} STRATEGY file_copy`, buildTimeoutMs)
  await server.admin(
    `REVOKE ALL ON DATABASE ${adminName} FROM PUBLIC; GRANT ALL ON DATABASE ${datasetName} TO ${datasetName}`,
  )
  await within(server, adminName, null, (wire) => query(wire, `ALTER SCHEMA public OWNER TO ${datasetName}`))
  await within(server, datasetName, loaderSecret, (wire) => loadFiles(wire, recipe.files, recipe.seed, signal))
  await within(server, adminName, null, async (wire) => {
    await query(wire, sealStatements)
    // Commits do not wait for the log here, and a page is only marked all-visible once its rows' commit is written:
    // without this, index-only scans would visit the table at one time and not at another.
    await query(wire, 'CHECKPOINT')
    await settleTables(wire)
  })
  await server.admin(
    `REVOKE ALL ON DATABASE ${datasetName} FROM ${datasetName}, PUBLIC; ALTER ROLE ${datasetName} NOLOGIN PASSWORD NULL`,
  )
  await server.admin(`ALTER DATABASE ${datasetName} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`)
  await server.admin(`ALTER ROLE ${adminName} PASSWORD '${secret}'`)
  await server.admin('CHECKPOINT', buildTimeoutMs)
  const rows = await server.admin(`SELECT pg_catalog.pg_database_size('${datasetName}')`)
  return Number(rows[0]?.[0] ?? 0)
}

/**
 * Freezes and counts the author's tables, so that a clone never has to. Not PostgreSQL's own: the base's are frozen, and
 * another visit would give each of its tables two more files to copy.
 */
async function settleTables(wire: Wire): Promise<void> {
  const tables = await query(
    wire,
    `SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`,
  )
  for (const [table] of tables) await query(wire, `VACUUM (FREEZE, ANALYZE) ${table}`)
}

/** Removes maps of free room: they are made again when needed, and each would be copied with every clone. */
async function removeFreeSpaceMaps(data: string): Promise<void> {
  const glob = new Bun.Glob('base/*/*_fsm')
  for await (const path of glob.scan(data)) await rm(join(data, path), { force: true })
}

/** Works in the template database on a connection of its own. */
async function within<T>(
  server: Server,
  user: string,
  secret: string | null,
  body: (wire: Wire) => Promise<T>,
): Promise<T> {
  const wire = await openWire({ path: server.socketPath(), user, database: datasetName, secret })
  // A dump of a million statements has a million answers, and they are an author's.
  wire.bytesLeft = Number.POSITIVE_INFINITY
  try {
    return await body(wire)
  } finally {
    await wire.end()
  }
}

/** Puts a finished image in its place; where another program was faster, theirs stays. */
export async function publish(from: string, to: string, facts: ImageFacts): Promise<void> {
  await writeFile(join(from, 'image.json'), JSON.stringify(facts), { mode: 0o600 })
  await rename(from, to).catch(async (error) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    await rm(from, { recursive: true, force: true })
  })
}

/**
 * Waits until a published image is on the disk and says so in its description. Where it can't be
 * said, the image is built anew after the machine's next start.
 */
export async function settle(image: string, facts: ImageFacts): Promise<void> {
  const description = join(image, 'image.json')
  if (!(await reachesDisk(image))) return
  // It may have been removed meanwhile, and built anew with another secret.
  if (readImageFacts(await readFile(description, 'utf8'))?.secret !== facts.secret) return
  await writeFile(`${description}.new`, JSON.stringify({ ...facts, boot: null }), { mode: 0o600 })
  await rename(`${description}.new`, description)
}
