/** What every pod driver must give back of what was run: values, types, counts, notices, errors and their places. */
import { expect, test } from 'bun:test'
import { contractRunLimits, type Given, outcome, rows, run } from './contract.ts'

/** Registers the part about results. */
export function describeResults(given: Given): void {
  test('gives values exactly as PostgreSQL writes them, and tells NULL from an empty text', async () => {
    await given.using(async (database) => {
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
    await given.using(async (database) => {
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
    await given.using(async (database) => {
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
      expect(statements.map(({ command }) => command)).toEqual(['INSERT', 'UPDATE', 'DO', 'CREATE TABLE', '', 'SELECT'])
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
    await given.using(async (database) => {
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
    await given.using(async (database) => {
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

  test('answers COPY without waiting for a program that is not there', async () => {
    await given.using(async (database) => {
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
    await given.using(async (database) => {
      expect((await outcome(database, "SELECT 'a\0b'")).error?.message).toContain('NUL')
    })
  })
}
