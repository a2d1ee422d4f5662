/** Programs in real boxes, from a real pool: ready ones, and ones with a database of their own. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedText, listEmbedded } from '../embedded.ts'
import { contractPodLimits, recipeOf, rows, sqlFile } from '../pods/contract.ts'
import { type Database, type Pod, type PodDriver, relaysPerPodMax } from '../pods/driver.ts'
import type { ExecutionDriver, ExecutionLimits, ExecutionResult } from '../pods/execution.ts'
import { createLocalExecutionDriver } from '../pods/local/execution/execution-driver.ts'
import { createLocalDriver } from '../pods/local/local-driver.ts'
import { unpackServer } from '../postgres/server-files.ts'
import { loadRuntimes } from '../runtimes/load-runtimes.ts'
import { openRuntimes } from '../runtimes/open-runtimes.ts'
import type { Runtimes } from '../runtimes/runtime.ts'
import { silentLog } from '../telemetry/log.ts'
import { databaseEnvironment, ExecutionPool, relayLimits } from './executions.ts'
import { defaultLimits } from './limits.ts'

setDefaultTimeout(120_000)

const megabyte = 1024 ** 2
const limits: ExecutionLimits = {
  wallMs: 60_000,
  cpuMs: 60_000,
  memoryBytesMax: 512 * megabyte,
  processesMax: 64,
  openFilesMax: 256,
  fileBytesMax: 32 * megabyte,
  diskBytesMax: 64 * megabyte,
  filesMax: 1000,
  outputBytesMax: megabyte,
}

let home: string
let driver: ExecutionDriver
let runtimes: Runtimes
let pool: ExecutionPool
let pods: PodDriver
let pod: Pod

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'podium-boxes-'))
  chmodSync(home, 0o755)
  driver = await createLocalExecutionDriver({ directory: join(home, 'boxes'), hiddenPaths: [home], log: silentLog })
  const prefix = 'exercises/'
  const list = () => listEmbedded(prefix).map((name) => name.slice(prefix.length))
  const text = (path: string) => embeddedText(prefix + path)
  const { specs, problems } = loadRuntimes([{ name: 'exercises', list, text }])
  const kept = specs.filter(({ name }) => ['python', 'typescript', 'bash'].includes(name))
  const directory = join(home, 'runtimes')
  runtimes = await openRuntimes({ specs: kept, problems, directory, roots: [], driver, log: silentLog })
  const poolLimits = { usesMax: 4, readyMax: 2, readyTotalMax: 6, memoryBudgetBytes: 2048 * megabyte }
  pool = new ExecutionPool({ driver, log: silentLog, limits: poolLimits })
  await pool.open()
  const files = await unpackServer({ dataDir: home, log: silentLog })
  pods = await createLocalDriver({ files, directory: join(home, 'pods'), log: silentLog })
  const schema = `CREATE TABLE films (id int PRIMARY KEY, title text); INSERT INTO films VALUES (1, 'Stalker')`
  const image = await pods.buildImage(recipeOf(sqlFile(schema)))
  pod = await pods.startPod(image, { isolation: 'database', limits: contractPodLimits })
})

afterAll(async () => {
  await pool.stop()
  await pods.stop()
  rmSync(home, { recursive: true, force: true })
})

async function runProgram(
  name: string,
  source: string,
  databaseSocket: string | null = null,
): Promise<ExecutionResult> {
  const { runtime, box, commands } = await runtimes.open(name)
  const program = { entry: runtime.entry, files: [runtime.entry] }
  const job = {
    argv: commands(program).run,
    env: databaseSocket === null ? {} : databaseEnvironment,
    files: [{ path: runtime.entry, content: new TextEncoder().encode(source) }],
    archive: null,
    stdin: new Uint8Array(),
    limits,
    hasChannel: false,
    archives: false,
  }
  return await pool.useBox({ runtime: box, limits, databaseSocket }, async (made) => await made.run(job), {
    personId: 'ada',
  })
}

const said = ({ stdout, stderr }: ExecutionResult) => Buffer.concat([stdout, stderr]).toString('utf8')

async function withRelay<Value>(body: (socket: string, database: Database) => Promise<Value>): Promise<Value> {
  const database = await pod.createDatabase({ access: 'write' })
  const relay = await database.relay(relayLimits(limits))
  try {
    return await body(relay.socketPath, database)
  } finally {
    await relay.close()
    await database.drop()
    expect(existsSync(relay.socketPath)).toBe(false)
  }
}

test('a program finds a box ready, and one after the other gets one of its own', async () => {
  const language = runtimes.find('python')?.problem === null ? 'python' : 'bash'
  if (runtimes.find(language)?.problem !== null) return
  const { box } = await runtimes.open(language)
  pool.expect({ runtime: box, limits }, 2)
  const ready = () => pool.status().pool.shelves.find(({ key }) => key.includes(box.key))?.ready
  while (ready() !== 2) await Bun.sleep(10)
  const source =
    language === 'python'
      ? 'import os\nprint(os.listdir("."), os.listdir("/tmp"))\nopen("left", "w")\nopen("/tmp/left", "w")'
      : 'echo * /tmp/*; touch left /tmp/left'
  const first = said(await runProgram(language, source))
  expect([said(await runProgram(language, source)), said(await runProgram(language, source))]).toEqual([first, first])
  expect(pool.status().pool.shelves.find(({ key }) => key.includes(box.key))?.hits).toBeGreaterThanOrEqual(2)
})

test('a program in a box works on the database that is its own, and on no other', async () => {
  if (driver.problem !== null) return
  const source = `
import { SQL } from 'bun'
const sql = new SQL({ url: process.env.DATABASE_URL ?? '', max: 2 })
await sql\`INSERT INTO films VALUES (2, 'Solaris')\`
console.log((await sql\`SELECT title FROM films ORDER BY id\`).map(({ title }) => title).join(', '))
const other = new SQL({ url: 'postgres://podium@localhost/podium?host=/run/podium', max: 2 })
const [{ same }] = await other\`SELECT current_database() = session_user AS same\`
console.log(same)
await Promise.all([sql.end(), other.end()])
`
  await withRelay(async (socket, database) => {
    const result = await runProgram('typescript', source, socket)
    expect(said(result)).toBe('Stalker, Solaris\ntrue\n')
    expect(await rows(database, 'SELECT count(*) FROM films')).toEqual([['2']])
  })
})

test('a program that opens connections by the dozen works on with the few that it may have', async () => {
  if (driver.problem !== null) return
  const source = `
import { SQL } from 'bun'
const sql = new SQL(process.env.DATABASE_URL ?? '')
const all = await Promise.all(Array.from({ length: 20 }, (_, n) => sql\`SELECT \${n}::int AS n\`))
console.log(all.map(([{ n }]) => n).join(' '))
await sql.end()
`
  await withRelay(async (socket) => {
    const result = await runProgram('typescript', source, socket)
    expect(said(result)).toBe('0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19\n')
    expect(result.wallMs).toBeLessThan(60_000)
  })
})

test('a program that leaves its connections open ends when its work is done', async () => {
  if (driver.problem !== null) return
  // Bun opens ten at the first query and does not end while one of them waits to be let in.
  const source = `
import { sql } from 'bun'
const [{ title }] = await sql\`SELECT title FROM films\`
console.log(title)
`
  await withRelay(async (socket) => {
    const result = await runProgram('typescript', source, socket)
    expect(said(result)).toBe('Stalker\n')
    expect(result.wallMs).toBeLessThan(9_000)
  })
})

test('a pod has room for the programs of all answers that are run or graded at once', () => {
  expect(relaysPerPodMax).toBeGreaterThanOrEqual(defaultLimits.gradingMax)
})

test('a box without a database has no way to one, however many relays are open', async () => {
  if (driver.problem !== null) return
  await withRelay(async (socket) => {
    const result = await runProgram(
      'bash',
      `ls -A /run/podium 2>&1 | grep PGSQL; ls ${socket} 2>&1; ls ${home} 2>&1; echo end`,
    )
    expect(said(result)).toMatch(/^ls: .*No such file or directory\nls: .*No such file or directory\nend\n$/)
  })
})

test('nothing is left where relays were', () => {
  expect(readdirSync(join(home, 'pods/relays'))).toEqual([])
})
