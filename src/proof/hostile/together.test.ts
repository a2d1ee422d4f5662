/** Hostile SQL where people are closest: many attackers in one pod at once, and readers who share one database. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Database, Pod } from '../../pods/driver.ts'
import { type Arena, attackLimits, keepAsking, openArena, podLimits, runAll } from './arena.ts'

for (const boxed of Bun.which('bwrap') ? [true, false] : [false]) {
  describe(`Hostile SQL from many sides in ${boxed ? 'a boxed' : 'an unboxed'} pod`, () => {
    let arena: Arena
    beforeAll(async () => {
      arena = await openArena(boxed)
    }, 60_000)
    afterAll(() => arena.close())

    const usingMany = async (
      count: number,
      access: 'read' | 'write',
      body: (all: Database[], pod: Pod) => Promise<void>,
    ) => {
      const pod = await arena.startPod('database')
      const all = await Promise.all(Array.from({ length: count }, () => pod.createDatabase({ access })))
      await body(all, pod)
      await pod.kill()
    }

    test('four attacks at once end as each would alone', async () => {
      const texts = [
        'DO $$ BEGIN LOOP END LOOP; END $$',
        "SELECT length(repeat('x', 1000000000))",
        "SELECT repeat('x', 1000000) FROM generate_series(1, 900)",
        'SELECT a FROM generate_series(1, 1000000) a, generate_series(1, 1000) b ORDER BY random()',
      ]
      await usingMany(4, 'write', async (attackers) => {
        const { result, other } = await arena.besiege(() =>
          Promise.all(attackers.map((attacker, index) => runAll(attacker, [texts[index] ?? '']))),
        )
        expect(result[0]?.end).toBe('time_limit')
        expect(result[1]?.end).toBe('memory_limit')
        expect(result[2]?.end).toBe('output_limit')
        expect(['disk_limit', 'time_limit']).toContain(result[3]?.end ?? '')
        expect(other.troubles).toEqual([])
      })
    }, 20_000)

    test('sessions that are small enough alone are too large together: one is stopped, the others go on', async () => {
      const text = "DO $$ DECLARE x text := repeat('x', 85000000); BEGIN PERFORM pg_sleep(2); END $$"
      await usingMany(5, 'write', async (attackers, pod) => {
        const limits = { ...attackLimits, timeoutMs: 8_000 }
        const results = await Promise.all(attackers.map((attacker) => runAll(attacker, [text], limits)))
        const stopped = results.filter(({ end }) => end === 'memory_limit').length
        const completed = results.filter(({ end }) => end === 'completed').length
        expect([stopped > 0, completed > 0, stopped + completed]).toEqual([true, true, 5])
        expect((await pod.usage()).memoryBytes).toBeLessThan(podLimits.memoryBytesMax)
      })
    }, 20_000)

    test('who waits quietly keeps their database where others fill the disk with temporary files', async () => {
      await usingMany(3, 'write', async ([quiet, ...others]) => {
        if (!quiet) throw new Error('There are three')
        const limits = { ...attackLimits, timeoutMs: 10_000 }
        await runAll(quiet, ['CREATE TABLE precious AS SELECT 42 AS n'], limits)
        const rows = Math.floor((podLimits.diskBytesMax * 0.42) / 1_050)
        const spill = `WITH q AS MATERIALIZED (SELECT repeat(md5(g::text), 32) FROM generate_series(1, ${rows}) g)
          SELECT count(*), pg_sleep(3) FROM q`
        const attacks = others.map((attacker) => runAll(attacker, [spill], limits))
        expect(await runAll(quiet, ['SELECT pg_sleep(4)'], limits)).toMatchObject({ end: 'completed' })
        const ends = (await Promise.all(attacks)).map(({ end }) => end)
        expect(ends).toContain('disk_limit')
        const kept = await runAll(quiet, ['SELECT n FROM precious'], limits)
        expect(kept.statements[0]?.rows).toEqual([['42']])
      })
    }, 40_000)

    test('a database that grows among others is the one that goes', async () => {
      await usingMany(3, 'write', async ([one, two, three]) => {
        if (!one || !two || !three) throw new Error('There are three')
        const fill =
          'DO $$ BEGIN LOOP INSERT INTO t SELECT repeat(md5(n::text), 30) FROM generate_series(1, 1000) n; COMMIT; END LOOP; END $$'
        await runAll(one, ['CREATE TABLE t (x text)'])
        const working = [two, three].map(keepAsking)
        expect((await runAll(one, [fill], { ...attackLimits, timeoutMs: 10_000 })).end).toBe('disk_limit')
        await Promise.all(working.map((neighbour) => neighbour.stop()))
        expect(working.flatMap(({ troubles }) => troubles)).toEqual([])
        expect((await runAll(two, ['CREATE TABLE mine AS SELECT * FROM films'])).end).toBe('completed')
      })
    }, 20_000)

    test('readers can change nothing, keep nothing and leave nothing for each other', async () => {
      const forbidden = [
        'INSERT INTO films VALUES (0, $$x$$)',
        'UPDATE films SET title = title',
        'DELETE FROM films',
        'TRUNCATE films',
        'DROP TABLE films',
        'ALTER TABLE films ADD x int',
        'CREATE TABLE t (n int)',
        'CREATE TEMP TABLE t (n int)',
        'CREATE SCHEMA s',
        'CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
        'CREATE VIEW public.v AS SELECT 1',
        'CREATE TYPE public.mood AS ENUM ()',
        'CREATE EXTENSION pg_trgm',
        'CREATE PUBLICATION p',
        'COMMENT ON TABLE films IS $$x$$',
        'DO $$ BEGIN LOCK TABLE films IN EXCLUSIVE MODE; END $$',
        'SELECT * FROM films FOR SHARE',
        'SELECT lo_creat(-1)',
        'SELECT lo_from_bytea(0, $$x$$)',
        'SELECT pg_advisory_lock(1)',
        'SET ROLE readers',
        'SET ROLE dataset',
        'ALTER DATABASE shared CONNECTION LIMIT 0',
        'DROP OWNED BY readers',
        'REASSIGN OWNED BY dataset TO CURRENT_USER',
      ]
      await usingMany(2, 'read', async ([attacker, reader]) => {
        if (!attacker || !reader) throw new Error('There are two')
        const neighbour = keepAsking(reader)
        for (const text of forbidden) {
          const { end, statements } = await runAll(attacker, [text])
          expect([text, end, statements[0]?.error?.code]).toEqual([
            text,
            'error',
            expect.stringMatching(/^(42501|42704|0A000|25006)$/),
          ])
        }
        await neighbour.stop()
        expect(neighbour.troubles).toEqual([])
        const reading = runAll(reader, ['SELECT pg_sleep(0.5)', 'SELECT count(*) FROM films'])
        await Bun.sleep(100)
        const killing = await runAll(attacker, [
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user AND datname = 'shared'",
        ])
        expect(killing.statements[0]?.error?.code).toBe('42501')
        expect((await reading).statements[1]?.rows).toEqual([['1000']])
      })
    }, 20_000)

    test('a reader who takes all there is does not take it from the others', async () => {
      await usingMany(2, 'read', async ([attacker, reader]) => {
        if (!attacker || !reader) throw new Error('There are two')
        const neighbour = keepAsking(reader)
        const spill = 'SELECT a FROM generate_series(1, 1000000) a, generate_series(1, 1000) b ORDER BY random()'
        expect(['disk_limit', 'time_limit']).toContain((await runAll(attacker, [spill])).end)
        expect((await runAll(attacker, ["SELECT length(repeat('x', 1000000000))"])).end).toBe('memory_limit')
        expect((await runAll(attacker, ['SELECT pg_sleep(100)'])).end).toBe('time_limit')
        expect(
          (await runAll(attacker, ['BEGIN', 'SELECT * FROM films', 'LOCK TABLE films IN ACCESS SHARE MODE']))
            .isRolledBack,
        ).toBe(true)
        await neighbour.stop()
        expect(neighbour.troubles).toEqual([])
        await attacker.drop()
        expect((await runAll(attacker, ['SELECT 1'])).end).toBe('lost')
        expect((await runAll(reader, ['SELECT 1'])).end).toBe('completed')
      })
    }, 20_000)
  })
}

/** As on a machine so busy that nobody comes to look: what holds then is what the pod itself is made of. */
test('a boxed pod whose disk is full before anybody looks costs only the one who filled it', async () => {
  const arena = await openArena(true, { watchEveryMs: 600_000 })
  const pod = await arena.startPod('database')
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => pod.createDatabase({ access: 'write' })))
  if (!one || !two || !three) throw new Error('There are three')
  // To the last byte; then it goes on writing the log, so that checkpoints fall into that time.
  const fill = `DO $$ DECLARE at_once int := 1000; BEGIN
    LOOP
      BEGIN INSERT INTO t SELECT repeat(md5(n::text), 30) FROM generate_series(1, at_once) n;
      EXCEPTION WHEN disk_full THEN EXIT WHEN at_once = 1; at_once := 1; END;
    END LOOP;
    FOR n IN 1..600000 LOOP PERFORM setval('s', n); END LOOP;
    INSERT INTO t SELECT repeat(md5(n::text), 30) FROM generate_series(1, 100000) n;
  END $$`
  await runAll(one, ['CREATE TABLE t (x text)', 'CREATE SEQUENCE s'])
  const working = [two, three].map(keepAsking)
  expect((await runAll(one, [fill], { ...attackLimits, timeoutMs: 60_000 })).end).toBe('disk_limit')
  await Promise.all(working.map((neighbour) => neighbour.stop()))
  expect(working.flatMap(({ troubles }) => troubles)).toEqual([])
  expect((await runAll(two, ['CREATE TABLE mine AS SELECT * FROM films'])).end).toBe('completed')
  await arena.close()
}, 90_000)
