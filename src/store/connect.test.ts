import { afterAll, expect, test } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openControlPlane } from '../postgres/control-plane.ts'
import { testServerFiles } from '../postgres/scratch.ts'
import { silentLog } from '../telemetry/log.ts'
import { connect, connectionFailure, connectionsMax, type Sql, untilAnswering } from './connect.ts'

const directory = mkdtempSync(join(tmpdir(), 'podium-connect-'))
chmodSync(directory, 0o755)

afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Asks without end, in transactions that are lost between two questions as well as in single ones. */
async function askUntil(sql: Sql, isOver: () => boolean, lane: number): Promise<void> {
  while (!isOver()) {
    const asked: Promise<unknown> =
      lane % 2 === 0
        ? sql.begin(async (transaction) => {
            await transaction`select 1`
            await Bun.sleep(2)
            await transaction`select 2`
          })
        : sql`select pg_sleep(0.002)`.execute()
    await asked.catch(async () => await Bun.sleep(5))
  }
}

/** What a promise was rejected with. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => null,
    (error: unknown) => error,
  )
}

test('a server that is not there is told from a file or a program that is missing', async () => {
  const sql = connect({ socketPath: join(directory, 'nowhere'), database: 'a', user: 'b', password: null })
  expect(connectionFailure(await rejection(sql`select 1`.execute()))?.code).toBe('database')
  await sql.end({ timeout: 0 })
  expect(connectionFailure(await rejection(readFile(join(directory, 'nowhere'))))).toBeNull()
  expect(connectionFailure(await rejection((async () => Bun.spawn([join(directory, 'nowhere')]))()))).toBeNull()
  expect(connectionFailure(null)).toBeNull()
})

test('a server that is slow to answer for the first time is waited for', async () => {
  const files = await testServerFiles()
  const plane = await openControlPlane({ files, dataDir: join(directory, 'slow'), log: silentLog })
  const sql = connect(plane.connection)
  process.kill(plane.pid, 'SIGSTOP')
  expect(connectionFailure(await rejection(sql`select 1`.execute()))?.code).toBe('database')
  const answered = untilAnswering(sql)
  process.kill(plane.pid, 'SIGCONT')
  await answered
  await sql.end({ timeout: 5 })
  await plane.stop()
}, 120_000)

test('every connection serves again after the server was killed under transactions', async () => {
  const files = await testServerFiles()
  const plane = await openControlPlane({ files, dataDir: directory, log: silentLog })
  const sql = connect(plane.connection)
  let isOver = false
  const lanes = Array.from({ length: 4 * connectionsMax }, (_, lane) => askUntil(sql, () => isOver, lane))
  for (let round = 0; round < 3; round += 1) {
    await Bun.sleep(300)
    const killed = plane.pid
    process.kill(killed, 'SIGKILL')
    while (plane.pid === killed) await Bun.sleep(10)
  }
  isOver = true
  await Promise.all(lanes)
  const asked = Array.from({ length: connectionsMax }, () => sql`select pg_backend_pid() as pid, pg_sleep(0.5)`)
  const backends = new Set((await Promise.all(asked)).map(([row]) => row?.['pid']))
  expect(backends.size).toBe(connectionsMax)
  await sql.end({ timeout: 5 })
  await plane.stop()
})
