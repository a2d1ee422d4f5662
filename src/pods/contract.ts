/**
 * What every pod driver must do, as a suite that runs against a real one. A driver's own test file calls it; nothing in
 * the program imports it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { Failure } from '../failure.ts'
import type { Database, Image, ImageFile, ImageRecipe, Pod, PodDriver, PodLimits } from './driver.ts'
import type { RunLimits, RunResult, StatementResult } from './run.ts'

/** Limits that the suite's pods have. */
export const contractPodLimits: PodLimits = {
  capacity: 4,
  memoryBytesMax: 512 * 1024 * 1024,
  diskBytesMax: 192 * 1024 * 1024,
}

/** Limits that the suite's runs have. */
export const contractRunLimits: RunLimits = {
  timeoutMs: 5_000,
  rowsMax: 100,
  bytesMax: 1024 * 1024,
  cellBytesMax: 1_000,
}

const schema = `CREATE TABLE films (id int PRIMARY KEY, title text NOT NULL, year int);
INSERT INTO films VALUES (1, 'Stalker', 1979), (2, 'Solaris', 1972), (3, 'Mirror', NULL);
CREATE FUNCTION older(than int) RETURNS SETOF films LANGUAGE sql BEGIN ATOMIC SELECT * FROM films WHERE year < than; END;`

/** Files as an author would write them. */
export function sqlFile(text: string, name = '10-schema.sql'): ImageFile {
  return { name, format: 'sql', text }
}

/** A recipe of these files. */
export function recipeOf(...files: ImageFile[]): ImageRecipe {
  return { files, seed: 1 }
}

/** Runs one text as one statement. */
export function run(database: Database, text: string, limits: Partial<RunLimits> = {}): Promise<RunResult> {
  return database.run([{ text, offset: 0 }], { ...contractRunLimits, ...limits })
}

/** The outcome of the only statement. */
export async function outcome(
  database: Database,
  text: string,
  limits: Partial<RunLimits> = {},
): Promise<StatementResult> {
  const { statements, end } = await run(database, text, limits)
  const [first] = statements
  if (!first) throw new Error(`Nothing was run: ${end}`)
  return first
}

/** The rows of a statement that must succeed. */
export async function rows(database: Database, text: string): Promise<(string | null)[][]> {
  const { error, rows } = await outcome(database, text)
  if (error) throw new Error(error.message)
  return rows
}

/** Registers the suite for a driver. `open` makes it; the suite stops it. */
export function describePodDriver(name: string, open: () => Promise<PodDriver>): void {
  describe(`The pod driver ${name}`, () => {
    let driver: PodDriver
    let image: Image
    let pod: Pod
    beforeAll(async () => {
      driver = await open()
      image = await driver.buildImage(recipeOf(sqlFile(schema)))
      pod = await driver.startPod(image, { isolation: 'database', limits: contractPodLimits })
    }, 60_000)
    afterAll(async () => {
      await driver.stop()
    })
    const startPod = () => driver.startPod(image, { isolation: 'database', limits: contractPodLimits })
    const using = async (body: (database: Database) => Promise<void>) => {
      const database = await pod.createDatabase({ access: 'write' })
      try {
        await body(database)
      } finally {
        await database.drop()
      }
    }

    test('gives an image of the same files the same name, and finds it again', async () => {
      expect(driver.imageHash({ ...recipeOf(sqlFile(schema, 'other.sql')), seed: 7 })).toBe(image.hash)
      expect(driver.imageHash(recipeOf(sqlFile(`${schema} `)))).not.toBe(image.hash)
      expect(await driver.findImage(image.hash)).toEqual(image)
      expect((await driver.listImages()).map(({ hash }) => hash)).toContain(image.hash)
      expect(await driver.findImage('0'.repeat(64))).toBeNull()
      expect(image.templateBytes).toBeGreaterThan(1_000_000)
      expect(image.bytes).toBeGreaterThan(image.templateBytes)
    })

    test('builds an image once when many ask at the same moment, and removes it', async () => {
      const recipe = recipeOf(
        sqlFile('CREATE TABLE built (at timestamptz DEFAULT now()); INSERT INTO built DEFAULT VALUES'),
      )
      const images = await Promise.all(Array.from({ length: 20 }, () => driver.buildImage(recipe)))
      expect(new Set(images.map(({ hash }) => hash)).size).toBe(1)
      expect((await driver.listImages()).length).toBe(2)
      await driver.removeImage(driver.imageHash(recipe))
      expect(await driver.findImage(driver.imageHash(recipe))).toBeNull()
    })

    test('names the file, the line and the reason when a dataset does not load', async () => {
      const broken = sqlFile(
        "CREATE TABLE a (b int);\n\n-- a comment\nINSERT INTO a\nVALUES ('x');\n",
        'datasets/a/10.sql',
      )
      const failure = await driver.buildImage(recipeOf(broken)).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(Failure)
      expect((failure as Failure).kind).toBe('invalid')
      expect((failure as Failure).message).toBe('datasets/a/10.sql, line 5: invalid input syntax for type integer: "x"')
      const copied = sqlFile('CREATE TABLE a (b int);\nCOPY a FROM stdin;\n1\nx\n\\.\n', 'b.sql')
      await expect(driver.buildImage(recipeOf(copied))).rejects.toThrow(
        'b.sql, line 4: invalid input syntax for type integer: "x"',
      )
    })

    test.each([
      ['SELECT 1;\n\\copy a from a.csv', 'c.sql, line 2: \\copy is a command of the psql program'],
      ['CREATE EXTENSION postgis;\nCREATE TABLE a (b geometry);', 'Extensions that are not to be had here: postgis.'],
      [`SELECT $x$${'y'.repeat(5_000)}`, 'y…'],
    ])('says what an author can mend: %#', async (text, words) => {
      const refused = driver.buildImage(recipeOf(sqlFile(text, 'c.sql')))
      const message = await refused.then(String, (error: Failure) => error.message)
      expect(message).toContain(words)
      expect(message.length).toBeLessThan(600)
    })

    test('loads plain pg_dump files, CSV files and generators', async () => {
      const dump = sqlFile(pgDump, 'dump.sql')
      const csv: ImageFile = {
        name: 'halls.csv',
        format: 'csv',
        table: 'halls',
        text: 'seats,name\r\n10,"A, ""big"" one"\r\n,B\r\n',
      }
      const generator = sqlFile(
        '-- generator\nINSERT INTO numbers SELECT n * :seed FROM generate_series(1, 3) n',
        'numbers.sql',
      )
      const recipe = { files: [dump, csv, generator], seed: 5 }
      expect(driver.imageHash(recipe)).not.toBe(driver.imageHash({ ...recipe, seed: 6 }))
      const dumped = await driver.startPod(await driver.buildImage(recipe), {
        isolation: 'database',
        limits: contractPodLimits,
      })
      const database = await dumped.createDatabase({ access: 'write' })
      expect(await rows(database, 'SELECT * FROM numbers ORDER BY 1')).toEqual([['5'], ['10'], ['15']])
      expect(await rows(database, 'SELECT name, seats FROM halls ORDER BY 1')).toEqual([
        ['A, "big" one', '10'],
        ['B', null],
      ])
      expect(await rows(database, 'SELECT id, note FROM notes ORDER BY id')).toEqual([
        ['1', 'a\tb; c'],
        ['2', null],
        ['3', '\\.'],
      ])
      expect(await rows(database, "SELECT nextval('notes_id_seq')")).toEqual([['4']])
      // The policies of a dump are for roles that stayed behind: nothing of it is hidden from people here.
      const reader = await dumped.createDatabase({ access: 'read' })
      expect(await rows(reader, 'SELECT count(*) FROM notes')).toEqual([['3']])
      await dumped.kill()
    })

    test('gives each sandbox the dataset, and its own changes to nobody else', async () => {
      await using(async (one) => {
        await using(async (other) => {
          expect(one.id).not.toBe(other.id)
          expect((await outcome(one, 'DELETE FROM films')).rowCount).toBe(3)
          expect(await rows(one, 'SELECT count(*) FROM films')).toEqual([['0']])
          expect(await rows(other, 'SELECT count(*) FROM films')).toEqual([['3']])
          expect(await rows(other, 'SELECT title FROM older(1975)')).toEqual([['Solaris']])
        })
      })
    })

    test('lets people alter, index and extend what the dataset brought', async () => {
      await using(async (database) => {
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
      const reader = await pod.createDatabase({ access: 'read' })
      const other = await pod.createDatabase({ access: 'read' })
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
      const full = await startPod()
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

    test('gives values exactly as PostgreSQL writes them, and tells NULL from an empty text', async () => {
      await using(async (database) => {
        const result = await outcome(
          database,
          `SELECT 1.50::numeric, 9007199254740993::int8, '2024-02-29 13:00:00.123456+02'::timestamptz AS at, NULL, '' AS empty,
            ARRAY[1, NULL, 3], '{"b": 1.0, "a": "ü😀"}'::json, '\\x00ff'::bytea, 'NaN'::float8, interval '1 day 02:03', true AS same, true AS same`,
        )
        expect(result.rows).toEqual([
          [
            ...['1.50', '9007199254740993', '2024-02-29 11:00:00.123456+00', null, ''],
            ...['{1,NULL,3}', '{"b": 1.0, "a": "ü😀"}', '\\x00ff', 'NaN', '1 day 02:03:00', 't', 't'],
          ],
        ])
        expect(result.columns.map(({ type }) => type)).toEqual([
          ...[
            'numeric',
            'int8',
            'timestamptz',
            'text',
            'text',
            '_int4',
            'json',
            'bytea',
            'float8',
            'interval',
            'bool',
            'bool',
          ],
        ])
        expect(result.columns.map(({ name }) => name).slice(-2)).toEqual(['same', 'same'])
        expect(result.rowCount).toBe(1)
      })
    })

    test('names the types that people made', async () => {
      await using(async (database) => {
        await run(database, "CREATE TYPE mood AS ENUM ('good')")
        const result = await outcome(database, "SELECT 'good'::mood, ARRAY['good'::mood], films FROM films")
        expect(result.columns.map(({ type }) => type)).toEqual(['mood', '_mood', 'films'])
        const { statements } = await database.run(
          [
            { text: 'BEGIN', offset: 0 },
            { text: 'CREATE TYPE short AS (a int)', offset: 6 },
            { text: 'SELECT ROW(1)::short', offset: 40 },
          ],
          contractRunLimits,
        )
        expect(statements[2]?.columns[0]?.type).toBe('short')
      })
    })

    test('reports each statement in order, with its command, its count and its notices', async () => {
      await using(async (database) => {
        const texts = [
          "INSERT INTO films VALUES (4, 'Nostalghia', 1983) RETURNING id",
          'UPDATE films SET year = 1975 WHERE year IS NULL',
          "DO $$ BEGIN RAISE WARNING 'careful' USING DETAIL = 'very', HINT = 'slowly'; END $$",
          'CREATE TABLE t ()',
          '',
          'SELECT FROM films',
        ]
        const { statements, end, isRolledBack } = await database.run(
          texts.map((text, offset) => ({ text, offset })),
          contractRunLimits,
        )
        expect(end).toBe('completed')
        expect(isRolledBack).toBe(false)
        expect(statements.map(({ command }) => command)).toEqual([
          'INSERT',
          'UPDATE',
          'DO',
          'CREATE TABLE',
          '',
          'SELECT',
        ])
        expect(statements.map(({ rowCount }) => rowCount)).toEqual([1, 1, null, null, null, 4])
        expect(statements.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4, 5])
        expect(statements[0]?.rows).toEqual([['4']])
        expect(statements[2]?.notices).toEqual([
          { severity: 'WARNING', message: 'careful', detail: 'very', hint: 'slowly' },
        ])
        expect(statements[5]?.rows).toEqual([[], [], [], []])
      })
    })

    test('stops at the first error, and maps its position into what the person wrote', async () => {
      await using(async (database) => {
        const first = "SELECT '😀';"
        const second = "SELECT '😀😀', nonsense FROM films"
        const { statements, end } = await database.run(
          [
            { text: first, offset: 0 },
            { text: second, offset: first.length + 1 },
            { text: 'SELECT 3', offset: 99 },
          ],
          contractRunLimits,
        )
        expect(end).toBe('error')
        expect(statements.length).toBe(2)
        const error = statements[1]?.error
        expect(error?.code).toBe('42703')
        expect(error?.message).toBe('column "nonsense" does not exist')
        expect(`${first}\n${second}`.slice(error?.position ?? 0)).toStartWith('nonsense')
        const duplicate = await outcome(database, "INSERT INTO films VALUES (1, 'again', 2000)")
        expect(duplicate.error).toMatchObject({ code: '23505', detail: 'Key (id)=(1) already exists.', position: null })
      })
    })

    test('keeps as many rows and bytes of a value as allowed, and says when there was more', async () => {
      await using(async (database) => {
        const exact = await outcome(database, 'SELECT generate_series(1, 100)')
        expect([exact.rows.length, exact.truncatedBy, exact.rowCount]).toEqual([100, null, 100])
        const more = await outcome(database, 'SELECT generate_series(1, 101)')
        expect([more.rows.length, more.truncatedBy, more.command]).toEqual([100, 'rows', 'SELECT'])
        const wide = await outcome(database, "SELECT repeat('ü', 501), repeat('x', 1000)")
        expect(wide.rows[0]?.map((cell) => cell?.length)).toEqual([500, 1000])
        expect(wide.truncatedBy).toBe('bytes')
        const inserted = await outcome(
          database,
          "INSERT INTO films SELECT n, 'x' FROM generate_series(10, 500) n RETURNING id",
        )
        expect([inserted.truncatedBy, inserted.command]).toEqual(['rows', 'INSERT'])
        expect(await rows(database, 'SELECT count(*) FROM films WHERE id >= 10')).toEqual([['491']])
      })
    })

    test('ends a run that sends too much, and goes on working', async () => {
      await using(async (database) => {
        const many = await run(database, "SELECT repeat('x', 100000) FROM generate_series(1, 90)")
        expect(many.end).toBe('output_limit')
        expect(many.statements[0]?.truncatedBy).toBe('bytes')
        expect((await run(database, "SELECT repeat('x', 50000000)")).end).toBe('output_limit')
        expect(await rows(database, 'SELECT 1')).toEqual([['1']])
      })
    })

    test('ends a run that takes too long, whatever it does against that', async () => {
      await using(async (database) => {
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
      await using(async (database) => {
        const controller = new AbortController()
        const running = database.run([{ text: 'SELECT pg_sleep(60)', offset: 0 }], contractRunLimits, controller.signal)
        await Bun.sleep(100)
        const cancelledAt = performance.now()
        controller.abort()
        expect((await running).end).toBe('cancelled')
        expect(performance.now() - cancelledAt).toBeLessThan(1_000)
        expect(
          (await database.run([{ text: 'SELECT 1', offset: 0 }], contractRunLimits, AbortSignal.abort())).end,
        ).toBe('cancelled')
      })
    })

    test('rolls an open transaction back and says so; what was committed stays, the session does not', async () => {
      await using(async (database) => {
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
      await using(async (database) => {
        const first = run(database, 'SELECT pg_sleep(0.2)')
        await expect(run(database, 'SELECT 1')).rejects.toMatchObject({ kind: 'conflict' })
        expect((await first).end).toBe('completed')
      })
    })

    test('opens the next session ahead of time', async () => {
      await using(async (database) => {
        await database.warm()
        await database.warm()
        expect(await rows(database, 'SELECT 1')).toEqual([['1']])
        await database.warm()
        expect((await outcome(database, 'SELECT pg_terminate_backend(pg_backend_pid())')).error?.code).toBe('57P01')
        expect(await rows(database, 'SELECT 1')).toEqual([['1']])
      })
    })

    test('answers COPY without waiting for a program that is not there', async () => {
      await using(async (database) => {
        for (const text of [
          'COPY films FROM STDIN',
          'COPY films TO STDOUT',
          'COPY films TO STDOUT WITH (FORMAT binary)',
        ]) {
          const { end, statements, durationMs } = await run(database, text)
          expect(end).toBe('error')
          expect(statements[0]?.error?.message).toMatch(/use (INSERT|SELECT) instead/)
          expect(durationMs).toBeLessThan(2_000)
        }
        expect(await rows(database, 'SELECT count(*) FROM films')).toEqual([['3']])
      })
    })

    test('refuses a NUL character in words', async () => {
      await using(async (database) => {
        expect((await outcome(database, "SELECT 'a\0b'")).error?.message).toContain('NUL')
      })
    })

    test('tells a run that its pod is gone, and every later one', async () => {
      const doomed = await startPod()
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
      const usage = await pod.usage()
      expect(usage.memoryBytes).toBeGreaterThan(1_000_000)
      expect(usage.diskBytes).toBeGreaterThan(image.templateBytes)
      expect(usage.cpuMs).toBeGreaterThanOrEqual(0)
      expect(usage.ioBytes).toBeGreaterThan(0)
    })

    test('gives a server of one’s own only in a box', async () => {
      const starting = driver.startPod(image, { isolation: 'server', limits: contractPodLimits })
      if (!driver.isBoxed) {
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
      if (!driver.isBoxed) return
      const own = await driver.startPod(image, { isolation: 'server', limits: contractPodLimits })
      const database = await own.createDatabase({ access: 'write' })
      const texts = ['SET SESSION AUTHORIZATION podium', `ALTER ROLE ${database.id} RENAME TO somebody`]
      const statements = texts.map((text) => ({ text, offset: 0 }))
      expect((await database.run(statements, contractRunLimits)).end).toBe('completed')
      expect((await run(database, 'SELECT 1')).end).toBe('lost')
      await own.kill()
    })

    test('finds nothing of its own to reap', async () => {
      expect(await driver.reapOrphans()).toBe(0)
      await using(async (database) => {
        expect(await rows(database, 'SELECT 1')).toEqual([['1']])
      })
    })
  })
}

const pgDump = `--
-- PostgreSQL database dump
--

\\restrict 2mZgWm4f

SET statement_timeout = 0;
SET transaction_timeout = 0;
SET a_setting_of_a_later_version = 0;
SET client_encoding = 'LATIN1';
SET default_tablespace = fast;
ALTER TABLE ONLY public.notes DROP CONSTRAINT notes_pkey;
DROP TABLE public.notes;
DROP SCHEMA IF EXISTS public;
CREATE SCHEMA "public";
SELECT pg_catalog.set_config('search_path', '', false);
SET default_table_access_method = heap;

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';
CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA public;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'elsewhere');

CREATE TABLE public.notes (
    id integer NOT NULL,
    note text
);
ALTER TABLE public.notes OWNER TO somebody;
ALTER TABLE public.notes DISABLE TRIGGER ALL;
SECURITY LABEL FOR selinux ON TABLE public.notes IS 'x';
CREATE SEQUENCE public.notes_id_seq AS integer START WITH 1;
ALTER SEQUENCE public.notes_id_seq OWNER TO somebody;
ALTER TABLE ONLY public.notes ALTER COLUMN id SET DEFAULT nextval('public.notes_id_seq'::regclass);
CREATE TABLE public.halls (name public.citext, seats integer);
CREATE TABLE public.numbers (n integer);
CREATE FUNCTION public.twice(n integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT CASE WHEN (n > 0) THEN (n * 2) ELSE 0 END AS "case";
END;
CREATE FUNCTION public.odd() RETURNS text LANGUAGE plpgsql AS $_$ BEGIN RETURN ';$$;'; END; $_$;
/* a /* nested; */ comment; */
COPY public.notes (id, note) FROM stdin;
1	a\\tb; c
2	\\N
3	\\\\.
\\.

SELECT pg_catalog.setval('public.notes_id_seq', 3, true);
ALTER TABLE ONLY public.notes ADD CONSTRAINT notes_pkey PRIMARY KEY (id);
REVOKE ALL ON TABLE public.notes FROM PUBLIC;
GRANT SELECT ON TABLE public.notes TO somebody;
ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON public.notes FOR SELECT TO somebody USING (note IS NOT NULL);
CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert');
ALTER PUBLICATION everything OWNER TO somebody;

\\unrestrict 2mZgWm4f
`
