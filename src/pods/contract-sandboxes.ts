/** What every pod driver must do with pods and the sandboxes in them: whose they are, what may be done there, how they go. */
import { expect, test } from 'bun:test'
import { Failure } from '../failure.ts'
import { contractPodLimits, contractRunLimits, type Given, outcome, rows, run } from './contract.ts'

/** Registers the part about pods and sandboxes. */
export function describeSandboxes(given: Given): void {
  test('gives each sandbox the dataset, and its own changes to nobody else', async () => {
    await given.using(async (one) => {
      await given.using(async (other) => {
        expect(one.id).not.toBe(other.id)
        expect((await outcome(one, 'DELETE FROM films')).rowCount).toBe(3)
        expect(await rows(one, 'SELECT count(*) FROM films')).toEqual([['0']])
        expect(await rows(other, 'SELECT count(*) FROM films')).toEqual([['3']])
        expect(await rows(other, 'SELECT title FROM older(1975)')).toEqual([['Solaris']])
      })
    })
  })

  test('lets people alter, index and extend what the dataset brought', async () => {
    await given.using(async (database) => {
      for (const text of [
        'ALTER TABLE films ADD COLUMN stars int DEFAULT 3',
        'CREATE INDEX films_year ON films (year)',
        'CREATE TABLE ratings (film int REFERENCES films, stars int)',
        'INSERT INTO ratings VALUES (1, 5)',
        'CREATE SCHEMA mine',
        'CREATE EXTENSION pg_trgm',
        'DROP FUNCTION older',
        'TRUNCATE films CASCADE',
      ])
        expect((await outcome(database, text)).error).toBeNull()
    })
  })

  test('lets readers share one database in which they may only select', async () => {
    const reader = await (await given.pod()).createDatabase({ access: 'read' })
    const other = await (await given.pod()).createDatabase({ access: 'read' })
    expect(await rows(reader, 'SELECT count(*) FROM films')).toEqual([['3']])
    expect(await rows(other, 'SELECT current_database()')).toEqual(await rows(reader, 'SELECT current_database()'))
    for (const text of [
      'DELETE FROM films',
      'CREATE TABLE t ()',
      'CREATE TEMP TABLE t ()',
      'CREATE SCHEMA s',
      'ALTER TABLE films ADD x int',
      'SELECT lo_create(0)',
      'SELECT * FROM films FOR UPDATE',
      'ANALYZE; TRUNCATE films',
    ])
      expect((await outcome(reader, text)).error).not.toBeNull()
    await reader.drop()
    expect(await rows(other, 'SELECT count(*) FROM films')).toEqual([['3']])
    await other.drop()
  })

  test('says no when the pod is full, and has room again after a drop', async () => {
    const full = await given.startPod()
    const databases = await Promise.all(
      Array.from({ length: contractPodLimits.capacity }, () => full.createDatabase({ access: 'write' })),
    )
    await expect(full.createDatabase({ access: 'write' })).rejects.toMatchObject({ kind: 'exhausted' })
    await databases[0]?.drop()
    const next = await full.createDatabase({ access: 'write' })
    expect(await rows(next, 'SELECT 1')).toEqual([['1']])
    expect((await run(databases[0] ?? next, 'SELECT 1')).end).toBe('lost')
    await full.kill()
  })

  test('opens the next session ahead of time', async () => {
    await given.using(async (database) => {
      await database.warm()
      await database.warm()
      expect(await rows(database, 'SELECT 1')).toEqual([['1']])
      await database.warm()
      expect((await outcome(database, 'SELECT pg_terminate_backend(pg_backend_pid())')).error?.code).toBe('57P01')
      expect(await rows(database, 'SELECT 1')).toEqual([['1']])
    })
  })

  test('tells a run that its pod is gone, and every later one', async () => {
    const doomed = await given.startPod()
    const database = await doomed.createDatabase({ access: 'write' })
    await database.warm()
    const running = run(database, 'SELECT pg_sleep(60)')
    await Bun.sleep(100)
    await doomed.kill()
    await doomed.kill()
    await doomed.exited
    expect((await running).end).toBe('lost')
    expect((await run(database, 'SELECT 1')).end).toBe('lost')
    await database.drop()
    await expect(doomed.createDatabase({ access: 'write' })).rejects.toBeInstanceOf(Failure)
  })

  test('says what a pod uses', async () => {
    const usage = await (await given.pod()).usage()
    expect(usage.memoryBytes).toBeGreaterThan(1_000_000)
    expect(usage.diskBytes).toBeGreaterThan(given.image.templateBytes)
    expect(usage.cpuMs).toBeGreaterThanOrEqual(0)
    expect(usage.ioBytes).toBeGreaterThan(0)
  })

  test('gives a server of one’s own only in a box', async () => {
    const starting = given.driver.startPod(given.image, { isolation: 'server', limits: contractPodLimits })
    if (!given.driver.isBoxed) {
      await expect(starting).rejects.toMatchObject({ kind: 'unavailable', code: 'not_boxed' })
      return
    }
    const own = await starting
    const database = await own.createDatabase({ access: 'write' })
    expect(await rows(database, 'SELECT usesuper FROM pg_user WHERE usename = current_user')).toEqual([['t']])
    await expect(own.createDatabase({ access: 'write' })).rejects.toMatchObject({ kind: 'exhausted' })
    await database.drop()
    await own.exited
  })

  test('calls a sandbox lost whose superuser took its role away', async () => {
    if (!given.driver.isBoxed) return
    const own = await given.driver.startPod(given.image, { isolation: 'server', limits: contractPodLimits })
    const database = await own.createDatabase({ access: 'write' })
    const texts = ['SET SESSION AUTHORIZATION podium', `ALTER ROLE ${database.id} RENAME TO somebody`]
    const statements = texts.map((text) => ({ text, offset: 0 }))
    expect((await database.run(statements, contractRunLimits)).end).toBe('completed')
    expect((await run(database, 'SELECT 1')).end).toBe('lost')
    await own.kill()
  })

  test('finds nothing of its own to reap', async () => {
    expect(await given.driver.reapOrphans()).toBe(0)
    await given.using(async (database) => {
      expect(await rows(database, 'SELECT 1')).toEqual([['1']])
    })
  })
}
