import { afterAll, beforeAll, expect, test } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalog } from '../catalog/exercise.ts'
import { loadCatalog } from '../catalog/load-catalog.ts'
import { createParser, type Parser } from '../parsing/parser.ts'
import type { PodDriver } from '../pods/driver.ts'
import { createLocalDriver } from '../pods/local/local-driver.ts'
import { unpackServer } from '../postgres/server-files.ts'
import { silentLog } from '../telemetry/log.ts'
import { checkCatalog } from './check.ts'
import { type CheckReport, type ExerciseReport, isProven } from './check-report.ts'
import { createComparer } from './comparer.ts'
import { createGrader } from './grade.ts'
import { createPlainSandboxes, type PlainSandboxes } from './plain-sandboxes.ts'
import { acceptedOf } from './suspects.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-check-'))
chmodSync(home, 0o711)
let driver: PodDriver
let sandboxes: PlainSandboxes
let parser: Parser

beforeAll(async () => {
  const files = await unpackServer({ dataDir: home, log: silentLog })
  driver = await createLocalDriver({ files, directory: join(home, 'pods'), log: silentLog })
  const pod = { capacity: 8, memoryBytesMax: 700e6, diskBytesMax: 256e6 }
  sandboxes = createPlainSandboxes(driver, { pod, podsMax: 4, usesMax: 4 })
  parser = createParser()
}, 60_000)

afterAll(async () => {
  parser.stop()
  await sandboxes.stop()
  await driver.stop()
  rmSync(home, { recursive: true, force: true })
})

const dataset = `CREATE TABLE film (id int PRIMARY KEY, title text NOT NULL, year int);
INSERT INTO film VALUES (1, 'Ada', 1999), (2, 'Bix', 2001), (3, 'Bix', 2001), (4, 'Cid', NULL);
CREATE TABLE ticket (id int PRIMARY KEY, film_id int NOT NULL REFERENCES film, price numeric);
INSERT INTO ticket VALUES (1, 1, 5), (2, 1, 7), (3, 2, 5);`

const limits = { timeoutMs: 20_000, rowsMax: 1_000, bytesMax: 1e6, cellBytesMax: 1e6 }

/** A catalogue of one exercise with these files beside a description and the dataset. */
function catalogOf(solution: string, files: Record<string, string>, grading: string, named: string): Catalog {
  const all: Record<string, string> = {
    'cinema/track.yaml': 'title: Cinema\n',
    'cinema/datasets/films/10-films.sql': dataset,
    'cinema/films/exercise.yaml': `title: Films\nkind: sql\ndifficulty: easy\n${named}${grading}`,
    'cinema/films/description.md': 'Task',
    'cinema/films/solution.sql': solution,
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`cinema/films/${name}`, text])),
  }
  const source = {
    name: 'content',
    list: () => Object.keys(all).sort(),
    text: (path: string) => all[path] ?? '',
    bytes: (path: string) => Buffer.from(all[path] ?? ''),
  }
  return loadCatalog({ builtin: source, directories: [] })
}

async function check(
  solution: string,
  files: Record<string, string> = {},
  grading = '',
  named = 'dataset: films\n',
  isThorough = false,
): Promise<CheckReport> {
  const catalog = catalogOf(solution, files, grading, named)
  return await checkCatalog(catalog, { useSandbox: sandboxes.use, parser, limits, atOnce: 2, isThorough })
}

function only(report: CheckReport): ExerciseReport {
  const [exercise] = report.exercises
  if (exercise === undefined) throw new Error(JSON.stringify(report.problems))
  return exercise
}

const right = 'SELECT title, count(*) AS films FROM film GROUP BY title'

test('an exercise whose reference is accepted and whose wrong answers are not is proven', async () => {
  const report = await check(right, {
    'starter.sql': 'SELECT title FROM film',
    'wrong/distinct.sql': '-- Counts titles, not films.\nSELECT title, count(DISTINCT title) FROM film GROUP BY title',
    'wrong/broken.sql': '-- Forgets GROUP BY.\nSELECT title, count(*) FROM film',
  })
  expect(isProven(report)).toBe(true)
  expect(only(report)).toMatchObject({
    slug: 'films',
    failures: [],
    notes: [],
    references: 1,
    wrongAnswers: 2,
    datasets: 1,
    judged: null,
  })
}, 30_000)

test.each([
  [
    'takes much longer',
    `${right} HAVING (SELECT count(*) FROM generate_series(1, 5000) a, generate_series(1, 5000) b) > 0`,
  ],
  ['is more than one statement', `SET work_mem = '1MB'; ${right}`],
  ['is what the second reference gives', "SELECT title, 'many' FROM film GROUP BY title"],
])(
  'a wrong answer that %s is refused only where grading refuses it',
  async (_, answer) => {
    const report = await check(right, {
      'solution.2.sql': "SELECT DISTINCT title, 'many' AS films FROM film",
      'wrong/slow.sql': `-- Right.\n${answer}`,
      'wrong/none.sql': `-- Wrong.\n${answer} LIMIT 0`,
    })
    expect(only(report).failures.map(({ what, file }) => [what, file])).toEqual([['wrong answer', 'wrong/slow.sql']])
  },
  60_000,
)

test('a starter or a wrong answer that is accepted is named with its file', async () => {
  const report = await check(right, {
    'starter.sql': right,
    'wrong/same.sql': '-- Not wrong at all.\nSELECT title, count(id) FROM film GROUP BY title',
    'wrong/silent.sql': 'SELECT 1',
  })
  expect(only(report).failures.map(({ what, file }) => [what, file])).toEqual([
    ['starter', 'starter.sql'],
    ['wrong answer', 'wrong/same.sql'],
    ['wrong answer', 'wrong/silent.sql'],
  ])
  expect(isProven(report)).toBe(false)
}, 30_000)

test.each([
  [
    'an order that ties leave open',
    'SELECT id FROM film ORDER BY title',
    'grading:\n  order: exact\n',
    /order of rows/,
  ],
  ['rows that a LIMIT picks', 'SELECT id FROM film ORDER BY title DESC OFFSET 1 LIMIT 1', '', /order of rows/],
  ['a list in no order', "SELECT string_agg(id::text, ',') FROM film", '', /order of rows/],
  ['chance', 'SELECT id, random() FROM film', '', /Two runs of it on the same data/],
])(
  'a reference that depends on %s is refused',
  async (_, solution, grading, message) => {
    const [failure] = only(await check(solution, {}, grading)).failures
    expect(failure).toMatchObject({ what: 'determinism', file: 'solution.sql' })
    expect(failure?.message).toMatch(message)
  },
  30_000,
)

test("a reference that does not run is named with the server's message", async () => {
  const [failure] = only(await check('SELECT yaer FROM film')).failures
  expect(failure).toMatchObject({ what: 'reference', file: 'solution.sql' })
  expect(failure?.message).toContain('column "yaer" does not exist')
}, 30_000)

test('what the author must mend is named by its own file: a dataset, a list of tables, a check', async () => {
  const own = { 'dataset/20-more.sql': 'SELECT 1;\nINSERT INTO flim VALUES (1);' }
  const [rows] = only(await check('SELECT 1', own, '', '')).failures
  expect(rows).toEqual({
    ...{ what: 'dataset', file: null },
    message: 'cinema/films/dataset/20-more.sql, line 2: relation "flim" does not exist',
  })
  const tables = 'grading:\n  compare: tables\n  tables: [public.flim]\n'
  const [table] = only(await check('DELETE FROM ticket', {}, tables)).failures
  expect(table).toMatchObject({
    file: 'exercise.yaml',
    line: 7,
    key: 'grading.tables',
    message: expect.stringContaining('names public.flim'),
  })
  const checks = '-- check: gone\n-- message: A ticket is left.\nSELECT 1 FROM ticket;\n'
  const [failed] = only(
    await check('DELETE FROM ticket', { 'checks.sql': checks }, 'grading:\n  compare: checks\n'),
  ).failures
  expect(failed).toEqual({
    ...{ what: 'reference', file: 'checks.sql', line: 1, key: 'gone' },
    message: 'Check "gone" fails after solution.sql: relation "ticket" does not exist',
  })
}, 60_000)

test('a check that does not parse, and ignored columns that no table has, are named with their place', async () => {
  const broken = '\n-- check: gone\n-- message: Left.\nSELECT FROM WHERE;\n'
  const grading = 'grading:\n  compare: checks\n'
  const [unread] = only(await check('DELETE FROM ticket', { 'checks.sql': broken }, grading)).failures
  expect(unread).toMatchObject({ what: 'reference', file: 'checks.sql', line: 2 })
  expect(unread?.message).toStartWith('Check "gone" does not parse: ')
  const ignoring = 'grading:\n  compare: tables\n  tables: [public.ticket]\n  ignore_columns: [price, made_at]\n'
  expect(only(await check('DELETE FROM ticket WHERE id = 1', {}, ignoring)).failures).toEqual([
    {
      ...{ what: 'reference', file: 'exercise.yaml', line: 8, key: 'grading.ignore_columns' },
      message: 'grading.ignore_columns names made_at, and no table of grading.tables has such a column.',
    },
  ])
}, 30_000)

test('an order by a column that the result does not have is refused', async () => {
  const [failure] = only(await check('SELECT id FROM film', {}, 'grading:\n  order: [title]\n')).failures
  expect(failure).toMatchObject({ file: 'exercise.yaml', line: 6, key: 'grading.order' })
  expect(failure?.message).toBe('grading.order names title, and the result has the columns id.')
}, 30_000)

test('mutants that the data does not tell from the reference are listed, and may be marked with a reason', async () => {
  const solution = 'SELECT t.id FROM ticket t JOIN film f ON f.id = t.film_id WHERE t.price > 5'
  const { mutants } = only(await check(solution))
  expect(mutants?.survivors.map(({ name }) => name)).toContain('join kind: INNER to LEFT')
  expect(mutants?.survivors.map(({ name }) => name)).not.toContain('comparison: > to >=')
  const marks =
    'grading:\n  equivalent:\n    - { mutant: "join kind*", reason: Every ticket has a film. }\n    - { mutant: gone, reason: x }\n'
  const marked = only(await check(solution, {}, marks))
  expect(marked.mutants?.survivors.map(({ name }) => name)).not.toContain('join kind: INNER to LEFT')
  expect(marked.mutants?.equivalent).toBeGreaterThan(0)
  expect(marked.failures.map(({ message }) => message)).toEqual([
    'grading.equivalent names "gone", which is no mutant of the reference; remove it.',
  ])
}, 30_000)

test("an outer join that a condition makes an inner one again is equivalent by PostgreSQL's own proof", async () => {
  const { mutants } = only(await check('SELECT t.id FROM ticket t JOIN film f ON f.id = t.film_id WHERE f.year = 2001'))
  expect(mutants?.survivors.map(({ name }) => name)).not.toContain('join kind: INNER to LEFT')
  expect(mutants?.equivalent).toBeGreaterThan(0)
}, 30_000)

test('a mutant that runs without end counts as told apart, and the others are still judged', async () => {
  const solution =
    'SELECT count(*) FROM film a JOIN film b ON a.id = b.id JOIN generate_series(1, 3000000) g ON g = a.id'
  const { mutants } = only(await check(solution))
  expect(mutants?.killed).toBeGreaterThan(2)
}, 60_000)

test('changed tables are proven by grading each mutant on its own', async () => {
  const grading = 'grading:\n  compare: tables\n  tables: [public.ticket]\n'
  const report = only(await check('UPDATE ticket SET price = 6 WHERE price = 5', {}, grading))
  expect(report.failures).toEqual([])
  expect(report.mutants?.survivors).toEqual([])
  expect(report.mutants?.killed).toBeGreaterThan(2)
}, 30_000)

const ofTickets = 'grading:\n  compare: tables\n  tables: [public.ticket]\n'

test.each([
  ['chance', 'UPDATE ticket SET price = random()'],
  ['the order of rows', 'UPDATE ticket SET price = 9 WHERE id = (SELECT id FROM ticket LIMIT 1)'],
])(
  'a reference that changes tables by %s is refused',
  async (_, solution) => {
    const [failure] = only(await check(solution, {}, ofTickets)).failures
    expect(failure).toMatchObject({ what: 'determinism', file: 'solution.sql' })
  },
  30_000,
)

test('a reference that makes what a query then finds, by chance, is refused', async () => {
  const grading = 'grading:\n  compare: plan\n  plan:\n    - uses_node: Seq Scan\n'
  const files = { 'query.sql': 'SELECT id, chance FROM picked' }
  const [failure] = only(
    await check('CREATE TABLE picked AS SELECT id, random() AS chance FROM film', files, grading),
  ).failures
  expect(failure).toMatchObject({ what: 'determinism', file: 'solution.sql' })
  const sound = only(await check('CREATE TABLE picked AS SELECT id, year AS chance FROM film', files, grading))
  expect(sound.failures).toEqual([])
}, 30_000)

test('a reference whose query has another plan than it must is not accepted', async () => {
  const grading = 'grading:\n  compare: plan\n  plan:\n    - uses_index: film_year\n'
  const files = { 'query.sql': 'SELECT id FROM film WHERE year = 2001' }
  const [failure] = only(await check('CREATE INDEX film_title ON film (title)', files, grading)).failures
  expect(failure).toMatchObject({ what: 'reference', file: 'solution.sql' })
  expect(failure?.message).toContain('film_year')
}, 30_000)

test('mutants of what is built for a query are tried where the check is to be thorough', async () => {
  const grading = 'grading:\n  compare: plan\n  plan:\n    - uses_index: seat_row\n'
  const files = {
    'query.sql': 'SELECT n FROM seat WHERE n = 7',
    'dataset/10.sql': 'CREATE TABLE seat AS SELECT n, -n AS m FROM generate_series(1, 20000) n; ANALYZE seat',
  }
  const solution = 'CREATE UNIQUE INDEX seat_row ON seat (n, m)'
  expect(only(await check(solution, files, grading, '')).mutants).toBeNull()
  const { mutants, failures } = only(await check(solution, files, grading, '', true))
  expect(failures).toEqual([])
  // Left out is the one key without which the index serves nothing, or put behind the other.
  expect(mutants).toMatchObject({ total: 4, killed: 2 })
  expect(mutants?.survivors.map(({ name }) => name)).toEqual(['index: one key left out (2)', 'index: UNIQUE left out'])
}, 60_000)

test('an accepted wrong answer and a surviving mutant are reported where tables are changed', async () => {
  const files = {
    'starter.sql': 'UPDATE ticket SET price = 8 WHERE price > 5',
    'wrong/not-at-all.sql': '-- The boundary is not in the data.\nUPDATE ticket SET price = 8 WHERE price >= 6',
    'wrong/all.sql': '-- No condition.\nUPDATE ticket SET price = 8',
  }
  const report = only(await check('UPDATE ticket SET price = 8 WHERE price > 6', files, ofTickets))
  expect(report.failures.map(({ file }) => file)).toEqual(['starter.sql', 'wrong/not-at-all.sql'])
  expect(report.mutants?.survivors.map(({ name }) => name)).toContain('comparison: > to >=')
  expect(report.mutants?.killed).toBeGreaterThan(0)
}, 30_000)

test('an accepted wrong answer and a surviving mutant are reported where checks judge', async () => {
  const checks = `-- check: five is enough
-- message: A price of 5 is refused.
INSERT INTO public.ticket VALUES (9, 1, 5);
SELECT 1 WHERE false;

-- check: four is not
-- message: A price of 3 is taken.
-- error: 23514
INSERT INTO public.ticket VALUES (9, 1, 3);
`
  const files = {
    'checks.sql': checks,
    'wrong/four.sql': '-- Nobody asks for 4.\nALTER TABLE ticket ADD CHECK (price >= 4)',
    'wrong/none.sql': '-- Does something else.\nALTER TABLE ticket ADD CHECK (price < 100)',
  }
  const report = only(await check('ALTER TABLE ticket ADD CHECK (price > 4)', files, 'grading:\n  compare: checks\n'))
  expect(report.failures.map(({ file }) => file)).toEqual(['wrong/four.sql'])
  expect(report.mutants?.survivors.map(({ name }) => name)).toContain('comparison: > to >=')
  expect(report.mutants?.killed).toBeGreaterThan(0)
}, 30_000)

test.each([
  [
    'numbers given by a table',
    'tables',
    'INSERT INTO log (film_id) SELECT id FROM film WHERE year > 2000 AND id < 3',
    '',
  ],
  [
    'a transaction',
    'tables',
    'BEGIN; UPDATE film SET year = 2001 WHERE id < 3; DELETE FROM log WHERE id > 1; COMMIT',
    '',
  ],
  ['a transaction that stays open', 'tables', 'BEGIN; UPDATE film SET year = 5 WHERE id < 3 AND year > 7', ''],
  [
    'a temporary table',
    'tables',
    'CREATE TEMP TABLE t AS SELECT id FROM film WHERE id > 1; DELETE FROM log USING t WHERE log.film_id = t.id',
    '',
  ],
  [
    'a deferred constraint',
    'tables',
    'UPDATE pair SET other = 3 WHERE id = 1; UPDATE pair SET other = 1 WHERE id = 2 OR id > 9',
    '',
  ],
  [
    'a function',
    'checks',
    'CREATE FUNCTION old(y int) RETURNS boolean LANGUAGE sql RETURN y < 2000 AND y > 0',
    'SELECT 1 WHERE NOT public.old(1999) OR public.old(2001) OR public.old(0)',
  ],
])(
  'mutants of a reference with %s fare as they would if each were graded by itself',
  async (about, compare, solution, checkText) => {
    const isRehearsed = !/stays open|temporary/.test(about)
    const tables = 'grading:\n  compare: tables\n  tables: [public.film, public.log, public.pair]\n'
    const files = {
      'dataset/10-films.sql': `${dataset}
CREATE TABLE log (id int GENERATED ALWAYS AS IDENTITY, film_id int, at_once boolean DEFAULT true);
INSERT INTO log (film_id) VALUES (1), (2), (3);
CREATE TABLE pair (id int PRIMARY KEY, other int REFERENCES pair DEFERRABLE INITIALLY DEFERRED);
INSERT INTO pair VALUES (1, 2), (2, 3), (3, 1);`,
      ...(checkText === '' ? {} : { 'checks.sql': `-- check: old\n-- message: Wrong.\n${checkText}\n` }),
    }
    const grading = compare === 'checks' ? 'grading:\n  compare: checks\n' : tables
    const catalog = catalogOf(solution, files, grading, '')
    const exercise = catalog.tracks[0]?.exercises[0]
    if (exercise?.kind !== 'sql') throw new Error(JSON.stringify(catalog.problems))
    let uses = 0
    const useSandbox: typeof sandboxes.use = (want, body) => {
      uses += 1
      return sandboxes.use(want, body)
    }
    const given = { useSandbox, parser, limits, atOnce: 1 }
    const parts = { ...given, grader: createGrader(given), comparer: createComparer() }
    const mutants = await parser.mutants(solution)
    const suspects = mutants.map((mutant) => ({ ...mutant, isMutant: true }))
    const rehearsed = await acceptedOf(parts, exercise, suspects)
    // One for the reference (checks need none); one for the rehearsal and one for each mutant that it did not reject.
    const own = compare === 'checks' ? 0 : 1
    expect(uses).toBe(own + (isRehearsed ? 1 + rehearsed.length : mutants.length))
    const accepted: string[] = []
    for (const { name, sql } of mutants)
      if ((await parts.grader.grade({ exercise, answer: sql })).kind === 'accepted') accepted.push(name)
    expect(mutants.length).toBeGreaterThan(2)
    expect(rehearsed.map(({ name }) => name)).toEqual(accepted)
  },
  60_000,
)
