import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Check, Grading, SqlExercise } from '../catalog/exercise.ts'
import { createParser, type Parser } from '../parsing/parser.ts'
import type { ImageRecipe, PodDriver } from '../pods/driver.ts'
import { createLocalDriver } from '../pods/local/local-driver.ts'
import { unpackServer } from '../postgres/server-files.ts'
import { silentLog } from '../telemetry/log.ts'
import { createGrader, type Grader } from './grade.ts'
import { createPlainSandboxes, type PlainSandboxes } from './plain-sandboxes.ts'
import type { Verdict } from './verdict.ts'

setDefaultTimeout(60_000)

const home = mkdtempSync(join(tmpdir(), 'podium-grading-'))
chmodSync(home, 0o711)
let driver: PodDriver
let sandboxes: PlainSandboxes
let parser: Parser
let grader: Grader

beforeAll(async () => {
  const files = await unpackServer({ dataDir: home, log: silentLog })
  driver = await createLocalDriver({ files, directory: join(home, 'pods'), log: silentLog })
  const pod = { capacity: 8, memoryBytesMax: 700e6, diskBytesMax: 256e6 }
  sandboxes = createPlainSandboxes(driver, { pod, podsMax: 4, usesMax: 4 })
  parser = createParser()
  const limits = { timeoutMs: 20_000, rowsMax: 1_000, bytesMax: 1e6, cellBytesMax: 1e5 }
  grader = createGrader({ useSandbox: sandboxes.use, parser, limits })
}, 60_000)

afterAll(async () => {
  grader.stop()
  parser.stop()
  await sandboxes.stop()
  await driver.stop()
  rmSync(home, { recursive: true, force: true })
})

const schema = `CREATE TABLE film (id int PRIMARY KEY, title text NOT NULL, year int, price numeric);
CREATE TABLE ticket (id int PRIMARY KEY, film_id int REFERENCES film);`

function recipe(rows: string): ImageRecipe {
  return {
    files: [
      { name: 'schema.sql', format: 'sql', text: schema },
      { name: 'rows.sql', format: 'sql', text: rows },
    ],
    seed: 1,
  }
}

const visible = recipe(`INSERT INTO film VALUES (1, 'Ada', 1999, 5), (2, 'Bix', 2001, 7.50), (3, 'Cid', 2001, NULL);
INSERT INTO ticket VALUES (1, 1), (2, 1), (3, 2);`)
const hidden = recipe(`INSERT INTO film VALUES (1, 'Secret', 1950, 0), (2, 'Hidden', 2001, 1);
INSERT INTO ticket VALUES (1, 2);`)

let versions = 0

function exercise(given: Partial<SqlExercise> & { solution: string }): SqlExercise {
  versions += 1
  return {
    ...{
      slug: 'films',
      version: `v${versions}`,
      kind: 'sql',
      track: 'cinema',
      title: 'Films',
      summary: '',
      difficulty: 'easy',
    },
    ...{
      minutes: 1,
      topics: [],
      points: 1,
      isPublished: true,
      descriptionHtml: '',
      starter: '',
      wrongAnswers: [],
      hints: [],
      source: null,
    },
    grading: { compare: 'rows', order: 'none', columns: 'position', tolerance: 1e-9 },
    ...{
      require: [],
      forbid: [],
      equivalentMutants: [],
      showsCounterexample: true,
      isolation: 'database',
      writes: true,
    },
    ...{
      dataset: 'films',
      recipe: visible,
      hiddenRecipes: [],
      limits: { timeoutMs: null },
      content: [],
      solutions: [given.solution],
    },
    ...given,
  }
}

async function grade(given: Parameters<typeof exercise>[0], answer: string): Promise<Verdict> {
  return await grader.grade({ exercise: exercise(given), answer })
}

describe('rows', () => {
  const solution =
    'SELECT f.title, count(t.id) AS sold FROM film f LEFT JOIN ticket t ON t.film_id = f.id GROUP BY f.id'

  test('that match pass, however they were got', async () => {
    const answer = 'SELECT title, (SELECT count(*) FROM ticket WHERE film_id = film.id) FROM film ORDER BY 1'
    const verdict = await grade({ solution, hiddenRecipes: [hidden] }, answer)
    expect(verdict).toMatchObject({
      kind: 'accepted',
      summary: 'Passed. All 3 rows match, on both data sets.',
      datasetsPassed: 2,
      datasetsGraded: 2,
    })
  })

  test('that are missing are named, and the answer is nearly right', async () => {
    const answer = 'SELECT f.title, count(t.id) AS sold FROM film f JOIN ticket t ON t.film_id = f.id GROUP BY f.id'
    const verdict = await grade({ solution }, answer)
    expect(verdict).toMatchObject({ kind: 'wrong_answer', isNearly: true, summary: 'Nearly: 1 row missing.' })
    expect(verdict.difference?.rows).toContainEqual({
      state: 'missing',
      number: null,
      cells: [{ value: 'Cid' }, { value: '0' }],
    })
  })

  test('of the last statement that returned any are judged', async () => {
    expect((await grade({ solution: 'SELECT 1' }, 'SELECT 2; SELECT 1; CREATE TABLE x ()')).kind).toBe('accepted')
    expect((await grade({ solution: 'SELECT 1' }, 'CREATE TABLE x ()')).summary).toBe(
      'Not yet: no statement returned rows.',
    )
    expect((await grade({ solution: 'SELECT 1' }, ' -- nothing')).summary).toBe(
      'Not yet: there is no statement to check.',
    )
  })

  test('may be those of any reference', async () => {
    const given = { solution: 'SELECT 1', solutions: ['SELECT 1', 'SELECT 2'] }
    expect((await grade(given, 'SELECT 2')).kind).toBe('accepted')
    expect((await grade(given, 'SELECT 3')).kind).toBe('wrong_answer')
  })

  test('are right whatever an earlier answer left behind', async () => {
    const given = exercise({ solution: 'SELECT count(*) FROM film' })
    expect(
      (await grader.grade({ exercise: given, answer: 'DELETE FROM ticket; DELETE FROM film; COMMIT; SELECT 3' })).kind,
    ).toBe('accepted')
    expect((await grader.grade({ exercise: given, answer: 'SELECT count(*) FROM film' })).kind).toBe('accepted')
  })
})

describe('hidden data', () => {
  const solution = 'SELECT title FROM film WHERE year > 2000'

  test('refuses an answer that writes the visible rows out, and tells nothing of itself', async () => {
    const verdict = await grade({ solution, hiddenRecipes: [hidden] }, "VALUES ('Bix'), ('Cid')")
    expect(verdict).toMatchObject({
      kind: 'wrong_answer',
      isNearly: true,
      summary: 'Nearly: right on the data you see; on other data rows are missing, there are rows too many.',
      difference: null,
      error: null,
      datasetsPassed: 1,
      datasetsGraded: 2,
    })
    expect(JSON.stringify(verdict)).not.toMatch(/Hidden|Secret/)
  })

  test('does not leak through error messages', async () => {
    const answer = "SELECT title FROM film WHERE year > 2000 AND (title <> 'Hidden' OR title::int > 0)"
    const verdict = await grade({ solution, hiddenRecipes: [hidden] }, answer)
    expect(verdict).toMatchObject({
      kind: 'runtime_error',
      summary:
        'Not yet: right on the data you see; on other data it does not run: a text cannot be read as a value of its type.',
    })
    expect(JSON.stringify(verdict)).not.toMatch(/Hidden/)
  })
})

describe('an answer that does not come to its end', () => {
  test("is told PostgreSQL's message with its line", async () => {
    const verdict = await grade({ solution: 'SELECT 1' }, 'SELECT title,\n  yaer FROM film')
    expect(verdict).toMatchObject({
      kind: 'runtime_error',
      summary: 'The query did not run: column "yaer" does not exist, line 2.',
      error: { code: '42703', position: 16 },
    })
    expect(verdict.help).toContain('film.year')
  })

  test('does not run where it does not parse', async () => {
    const verdict = await grade({ solution: 'SELECT 1' }, 'SELECT 1;\nSELEKT 2')
    expect(verdict).toMatchObject({
      kind: 'compile_error',
      summary: 'The query did not run: syntax error at or near "SELEKT", line 2.',
    })
    expect((await grade({ solution: 'SELECT 1' }, '\\d film')).help).toContain('Tables tab')
  })

  test("is too slow after the exercise's own time", async () => {
    const verdict = await grade({ solution: 'SELECT 1', limits: { timeoutMs: 300 } }, 'SELECT pg_sleep(60)')
    expect(verdict).toMatchObject({ kind: 'time_limit', summary: 'Too slow: stopped after 0.3 s.' })
  })

  test('gives too much output, or more rows than are compared', async () => {
    expect((await grade({ solution: 'SELECT 1' }, "SELECT repeat('x', 100000000)")).kind).toBe('output_limit')
    const many = await grade({ solution: 'SELECT 1' }, 'SELECT generate_series(1, 100000)')
    expect(many).toMatchObject({ kind: 'wrong_answer', isNearly: false })
    expect(many.summary).toMatch(/^Not yet: more than 1\u2009000 rows, where 1 is expected\.$/)
  })
})

describe('tables', () => {
  const grading: Grading = { compare: 'tables', tables: ['public.film'], ignoreColumns: [], tolerance: 0 }
  const given = { solution: 'UPDATE film SET price = 6 WHERE price IS NULL', grading }

  test('are judged by their content, however it got there', async () => {
    expect(
      await grade(given, "DELETE FROM film WHERE id = 3; INSERT INTO film VALUES (3, 'Cid', 2001, 6.0)"),
    ).toMatchObject({
      kind: 'accepted',
      summary: 'Passed. Everything is as it should be.',
    })
    const verdict = await grade(given, 'UPDATE film SET price = 6')
    expect(verdict).toMatchObject({
      kind: 'wrong_answer',
      table: 'public.film',
      summary: 'Not yet: 2 rows differ in public.film.',
    })
  })

  test('are not changed by a transaction that stays open', async () => {
    const verdict = await grade(given, 'BEGIN; UPDATE film SET price = 6 WHERE price IS NULL')
    expect(verdict.kind).toBe('wrong_answer')
    expect(verdict.help).toContain('COMMIT')
  })

  test('that became views, or have row policies, are not read', async () => {
    const view = `ALTER TABLE film RENAME TO old; CREATE VIEW film AS SELECT id, title, year, coalesce(price, 6) AS price FROM old`
    expect(await grade(given, view)).toMatchObject({
      kind: 'wrong_answer',
      summary: 'Not yet: public.film is no longer a table.',
    })
    const policy = 'ALTER TABLE film ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON film USING (true)'
    expect((await grade(given, policy)).violations?.[0]).toMatchObject({
      ...{ kind: 'table', name: 'public.film' },
      message: 'public.film has row level security now, so not all of it can be read.',
    })
    expect((await grade(given, 'DROP TABLE film CASCADE')).violations?.[0]?.message).toBe(
      'public.film is no longer there.',
    )
  })

  test('leave columns out that an exercise does not judge', async () => {
    const ignoring: Grading = { ...grading, ignoreColumns: ['year'] }
    const answer = 'UPDATE film SET price = 6 WHERE price IS NULL; UPDATE film SET year = 1'
    expect((await grade({ ...given, grading: ignoring }, answer)).kind).toBe('accepted')
  })
})

describe('checks', () => {
  const check = (name: string, sql: string, error: string | null = null): Check => ({
    name,
    message: `Broken ${name}.`,
    sql,
    error,
  })
  const grading: Grading = {
    compare: 'checks',
    checks: [
      check(
        'view',
        "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_views WHERE schemaname = 'public' AND viewname = 'recent')",
      ),
      check('rows', 'SELECT id FROM public.film WHERE year > 2000 EXCEPT SELECT id FROM public.recent'),
      check('negative', "INSERT INTO public.film VALUES (9, 'Dot', 2000, -1)", '23514'),
    ],
  }
  const solution = 'CREATE VIEW recent AS SELECT * FROM film WHERE year > 2000; ALTER TABLE film ADD CHECK (price >= 0)'

  test('all satisfied pass, and leave nothing behind themselves', async () => {
    expect((await grade({ solution, grading }, solution)).kind).toBe('accepted')
  })

  test('that fail are named with their messages and what was found', async () => {
    const verdict = await grade({ solution, grading }, 'CREATE VIEW recent AS SELECT * FROM film WHERE year > 2001')
    expect(verdict).toMatchObject({
      kind: 'wrong_answer',
      summary: 'Not yet: broken rows.',
      help: 'One more check fails.',
    })
    expect(verdict.violations).toEqual([
      { kind: 'check', name: 'rows', message: 'Broken rows.', detail: '2 rows found: 2' },
      {
        kind: 'check',
        name: 'negative',
        message: 'Broken negative.',
        detail: 'The statement that must be refused was not.',
      },
    ])
  })

  test("can't be fooled by names that stand before PostgreSQL's own", async () => {
    const shadow = `CREATE FUNCTION public.refuses(int, int) RETURNS bool LANGUAGE sql AS 'SELECT false';
      CREATE OPERATOR public.> (LEFTARG = int, RIGHTARG = int, FUNCTION = public.refuses);
      CREATE TABLE public.pg_views (schemaname text, viewname text);
      INSERT INTO public.pg_views VALUES ('public', 'recent');
      ALTER ROLE current_user SET search_path = public, pg_catalog`
    const names = (await grade({ solution, grading }, shadow)).violations?.map(({ name }) => name)
    expect(names).toEqual(['view', 'rows', 'negative'])
  })
})

describe('plans', () => {
  const rows = "INSERT INTO film SELECT g, 'Film ' || g, 1900 + g % 120, 5 FROM generate_series(1, 20000) g; ANALYZE"
  const grading: Grading = {
    ...{
      compare: 'plan',
      order: 'none',
      columns: 'position',
      tolerance: 0,
      query: 'SELECT title FROM film WHERE year = 1950',
    },
    assertions: [
      { kind: 'uses_index', index: 'film_year' },
      { kind: 'no_sequential_scan', table: 'film' },
      { kind: 'buffers_at_most', buffers: 400 },
    ],
  }
  const solution = 'CREATE INDEX film_year ON film (year)'
  const given = { solution, grading, recipe: recipe(rows) }

  test('pass where every assertion holds, the same in each of twenty runs', async () => {
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => grade(given, solution)))
    expect(verdicts.map(({ kind }) => kind)).toEqual(Array(20).fill('accepted'))
  }, 30_000)

  test('that read the whole table are named, with what they do instead', async () => {
    const verdict = await grade(given, 'CREATE INDEX film_year ON film (title)')
    expect(verdict).toMatchObject({
      kind: 'wrong_answer',
      summary: 'Not yet: the plan does not use the index film_year.',
    })
    expect(verdict.violations?.[1]).toEqual({
      kind: 'plan',
      name: 'no_sequential_scan',
      message: 'The plan reads film from end to end.',
      detail: 'Seq Scan on film',
    })
  })

  test('are not bent by settings that the answer leaves to its role', async () => {
    const bend = 'CREATE INDEX film_year ON film (title); ALTER ROLE current_user SET enable_seqscan = off'
    expect((await grade(given, bend)).kind).toBe('wrong_answer')
  })
})

describe('whether an answer is accepted', () => {
  test('is known of a plan without running what its shape already refuses', async () => {
    const solution = 'SELECT title FROM film WHERE id = 2'
    const assertions = [{ kind: 'uses_index', index: 'film_pkey' }] as const
    const rules = { order: 'none', columns: 'position', tolerance: 0, query: null } as const
    const rows = "INSERT INTO film SELECT g, 'Film ' || g FROM generate_series(1, 20000) g; ANALYZE"
    const grading: Grading = { compare: 'plan', ...rules, assertions: [...assertions] }
    const asked = exercise({ solution, grading, recipe: recipe(rows) })
    const accepts = (answer: string) => grader.accepts({ exercise: asked, answer })
    expect(await accepts(solution)).toBe(true)
    expect(await accepts("SELECT title FROM film WHERE id = 2 AND title = 'Film 3'")).toBe(false)
    // Running it would take longer than any limit.
    expect(await accepts("SELECT title FROM film, pg_sleep(3600) WHERE title = 'Film 2'")).toBe(false)
  })
})

describe('constructs', () => {
  test('that are required or forbidden are decided on the parse tree', async () => {
    const given = { solution: 'SELECT max(year) FROM film', require: ['aggregate'], forbid: ['order by'] }
    expect((await grade(given, 'SELECT max(year) FROM film -- ORDER BY')).kind).toBe('accepted')
    const sorted = await grade(given, 'SELECT year FROM film ORDER BY year DESC LIMIT 1')
    expect(sorted).toMatchObject({ kind: 'wrong_answer', isNearly: true })
    expect(sorted.summary).toBe(
      'Nearly: the result is right, but the task asks for an aggregate, and the answer uses none.',
    )
    expect(sorted.violations).toHaveLength(2)
  })

  test('are found within functions and blocks too, and what nobody can read is refused', async () => {
    const given = { solution: 'SELECT count(*) FROM film', forbid: ['table ticket'] }
    const answer = (body: string) => `CREATE FUNCTION f() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN ${body} END $$;
      SELECT f()`
    const verdicts = [
      await grade(given, answer('RETURN (SELECT count(*) FROM ticket);')),
      await grade(given, answer("RETURN (SELECT count(*) FROM film); EXECUTE lower('SELECT 1 FROM TICKET');")),
      await grade({ ...given, require: ['dynamic sql'] }, answer("EXECUTE lower('SELECT 1'); RETURN 3;")),
      await grade(given, answer('RETURN (SELECT count(*) FROM film);')),
    ]
    expect(verdicts.map(({ kind, violations = [] }) => [kind, ...violations.map(({ name }) => name)])).toEqual([
      ['wrong_answer', 'table ticket'],
      ['wrong_answer', 'dynamic sql'],
      ['accepted'],
      ['accepted'],
    ])
  })

  test('are not spoken of first where the rows are wrong', async () => {
    const verdict = await grade({ solution: 'SELECT 1', require: ['cte'] }, 'SELECT 2')
    expect(verdict.summary).toBe('Not yet: 1 row missing, 1 row too many.')
  })
})

test("a broken reference is Podium's trouble and not the person's", async () => {
  expect(grade({ solution: 'SELECT nothing' }, 'SELECT 1')).rejects.toThrow('The reference of films ended with error')
})
