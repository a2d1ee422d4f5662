/** A session that is kept for the next run is as good as a new one. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unpackServer } from '../../postgres/server-files.ts'
import { silentLog } from '../../telemetry/log.ts'
import { contractPodLimits, recipeOf, sqlFile } from '../contract.ts'
import type { Database, Pod, PodDriver } from '../driver.ts'
import type { RunLimits } from '../run.ts'
import { createLocalDriver } from './local-driver.ts'

setDefaultTimeout(60_000)

const limits: RunLimits = { timeoutMs: 10_000, rowsMax: 100, bytesMax: 1_000_000, cellBytesMax: 100_000 }
const home = mkdtempSync(join(tmpdir(), 'podium-kept-'))
chmodSync(home, 0o711)
let driver: PodDriver
let pod: Pod

beforeAll(async () => {
  const files = await unpackServer({ dataDir: home, log: silentLog })
  driver = await createLocalDriver({ files, directory: join(home, 'pods'), log: silentLog })
  const image = await driver.buildImage(recipeOf(sqlFile('CREATE TABLE films (id int); CREATE SEQUENCE numbers')))
  pod = await driver.startPod(image, { isolation: 'database', limits: contractPodLimits })
})

afterAll(async () => {
  await driver.stop()
  rmSync(home, { recursive: true, force: true })
})

/** The first cell of the last statement, or the error's code; `limits` are those of this run. */
async function ask(database: Database, texts: string[], own: Partial<RunLimits> = {}): Promise<string | null> {
  const run = await database.run(
    texts.map((text) => ({ text, offset: 0 })),
    { ...limits, ...own },
  )
  const last = run.statements.at(-1)
  return last?.error?.code ?? last?.rows[0]?.[0] ?? null
}

const session = 'SELECT pg_backend_pid()'

async function withDatabase(keepsSession: boolean, body: (database: Database) => Promise<void>): Promise<void> {
  const database = await pod.createDatabase({ access: 'write', keepsSession })
  await body(database).finally(() => database.drop())
}

test('runs have a session of their own unless one is kept', async () => {
  await withDatabase(false, async (database) => {
    expect(await ask(database, [session])).not.toBe(await ask(database, [session]))
  })
  await withDatabase(true, async (database) => {
    expect(await ask(database, [session])).toBe(await ask(database, [session]))
  })
})

test.each([
  ['a setting', "SET search_path = 'pg_catalog'", 'SHOW search_path', '"$user", public'],
  ['the style of dates', "SET datestyle = 'German'", 'SHOW datestyle', 'ISO, MDY'],
  ['a temporary table', 'CREATE TEMP TABLE films (other int)', "SELECT 'pg_temp.films'::regclass", '42P01'],
  ['a prepared statement', 'PREPARE one AS SELECT 1', 'EXECUTE one', '26000'],
  ['a lock', 'SELECT pg_advisory_lock(7)', "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'", '0'],
  ['a number of a sequence', "SELECT nextval('numbers')", "SELECT currval('numbers')", '55000'],
  ['an open transaction', 'BEGIN; INSERT INTO films VALUES (1)', 'SELECT count(*) FROM films', '0'],
])('%s does not reach the next run of a kept session', async (_, first, then, expected) => {
  await withDatabase(true, async (database) => {
    await ask(database, first.split('; '))
    expect(await ask(database, [then])).toBe(expected)
  })
})

test('what a role keeps for its next session is there in the next run', async () => {
  await withDatabase(true, async (database) => {
    await ask(database, [`ALTER ROLE ${database.id} SET work_mem = '5MB'`])
    expect(await ask(database, ['SHOW work_mem'])).toBe('5MB')
  })
})

test('a session goes on after an error, and ends with a run that was cut', async () => {
  await withDatabase(true, async (database) => {
    const before = await ask(database, [session])
    expect(await ask(database, ['BEGIN', 'SELECT 1 / 0'])).toBe('22012')
    expect(await ask(database, [session])).toBe(before)
    await ask(database, ['SELECT pg_sleep(60)'], { timeoutMs: 200 })
    const after = await ask(database, [session])
    expect(after).not.toBe(before)
    expect(await ask(database, ['SELECT pg_terminate_backend(pg_backend_pid())'])).not.toBe('t')
    expect(Number(await ask(database, [session]))).toBeGreaterThan(0)
  })
})
