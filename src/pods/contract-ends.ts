/** How every pod driver must end runs: at their limits, when they are cancelled, and with what they left open. */
import { expect, test } from 'bun:test'
import { contractPodLimits, contractRunLimits, type Given, outcome, rows, run } from './contract.ts'

/** Registers the part about how runs end. */
export function describeEnds(given: Given): void {
  test('ends a run that sends too much, and goes on working', async () => {
    await given.using(async (database) => {
      const many = await run(database, "SELECT repeat('x', 100000) FROM generate_series(1, 90)")
      expect(many.end).toBe('output_limit')
      expect(many.statements[0]?.truncatedBy).toBe('bytes')
      expect((await run(database, "SELECT repeat('x', 50000000)")).end).toBe('output_limit')
      expect(await rows(database, 'SELECT 1')).toEqual([['1']])
    })
  })

  test('runs nothing under a limit that is none', async () => {
    await given.using(async (database) => {
      for (const name of ['timeoutMs', 'rowsMax', 'bytesMax', 'cellBytesMax'])
        for (const none of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
          await expect(run(database, 'SELECT 1', { [name]: none })).rejects.toThrow(`${name} is ${none}`)
      const limits = { ...contractPodLimits, memoryBytesMax: 0 }
      const starting = given.driver.startPod(given.image, { isolation: 'database', limits })
      await expect(starting).rejects.toMatchObject({ kind: 'invalid' })
      expect(await rows(database, 'SELECT 1')).toEqual([['1']])
    })
  })

  test('ends a run that takes too long, whatever it does against that', async () => {
    await given.using(async (database) => {
      const beganAt = performance.now()
      const slept = await run(database, 'SELECT pg_sleep(60)', { timeoutMs: 200 })
      expect(slept.end).toBe('time_limit')
      const stubborn = `DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$`
      expect((await run(database, stubborn, { timeoutMs: 200 })).end).toBe('time_limit')
      expect(performance.now() - beganAt).toBeLessThan(3_000)
      expect(await rows(database, 'SELECT 1')).toEqual([['1']])
    })
  })

  test('cancels within a second', async () => {
    await given.using(async (database) => {
      const controller = new AbortController()
      const running = database.run([{ text: 'SELECT pg_sleep(60)', offset: 0 }], contractRunLimits, controller.signal)
      await Bun.sleep(100)
      const cancelledAt = performance.now()
      controller.abort()
      expect((await running).end).toBe('cancelled')
      expect(performance.now() - cancelledAt).toBeLessThan(1_000)
      expect((await database.run([{ text: 'SELECT 1', offset: 0 }], contractRunLimits, AbortSignal.abort())).end).toBe(
        'cancelled',
      )
    })
  })

  test('rolls an open transaction back and says so; what was committed stays, the session does not', async () => {
    await given.using(async (database) => {
      const statements = [
        'CREATE TEMP TABLE t ()',
        "SET search_path = 'pg_catalog'",
        'BEGIN',
        'DELETE FROM public.films',
      ]
      const result = await database.run(
        statements.map((text) => ({ text, offset: 0 })),
        contractRunLimits,
      )
      expect([result.end, result.isRolledBack]).toEqual(['completed', true])
      expect(await rows(database, 'SELECT count(*) FROM films')).toEqual([['3']])
      expect((await outcome(database, 'SELECT * FROM t')).error?.code).toBe('42P01')
      await run(database, 'DELETE FROM films WHERE id = 1')
      expect(await rows(database, 'SELECT count(*) FROM films')).toEqual([['2']])
      const failed = await database.run(
        ['BEGIN', 'SELECT 1/0'].map((text) => ({ text, offset: 0 })),
        contractRunLimits,
      )
      expect([failed.end, failed.isRolledBack]).toEqual(['error', true])
    })
  })

  test('runs one thing at a time in a sandbox', async () => {
    await given.using(async (database) => {
      const first = run(database, 'SELECT pg_sleep(0.2)')
      await expect(run(database, 'SELECT 1')).rejects.toMatchObject({ kind: 'conflict' })
      expect((await first).end).toBe('completed')
    })
  })
}
