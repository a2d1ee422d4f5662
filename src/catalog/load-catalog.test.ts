import { describe, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memorySource } from './content-source.ts'
import type { Catalog, SqlExercise } from './exercise.ts'
import { requireSql } from './kinds.ts'
import { loadCatalog } from './load-catalog.ts'

const track = 'title: Cinema\n'
const exercise = 'title: Quiet screenings\nkind: sql\ndifficulty: easy\n'

/** Content that loads without a problem; tests change files of it. */
const sound = {
  'cinema/track.yaml': track,
  'cinema/quiet/exercise.yaml': exercise,
  'cinema/quiet/description.md': 'Show **every** screening\nand nothing else.\n\n# Rules\n\nMore.',
  'cinema/quiet/solution.sql': 'SELECT 1',
}

function load(files: Record<string, string>): Catalog {
  const contents = Object.entries(files).map(([path, content]) => ({ path, content }))
  return loadCatalog({ builtin: memorySource('content', contents), directories: [] })
}

function only(files: Record<string, string>): SqlExercise {
  const catalog = load({ ...sound, ...files })
  const [found] = catalog.tracks.flatMap(({ exercises }) => exercises)
  if (found === undefined) throw new Error(JSON.stringify(catalog.problems))
  return requireSql(found)
}

/** What is said of exercise.yaml where these lines come after its first three. */
function problemsOf(lines: string, files: Record<string, string> = {}) {
  return load({ ...sound, 'cinema/quiet/exercise.yaml': exercise + lines, ...files }).problems
}

describe('an exercise', () => {
  test('takes what its file leaves out from the defaults', () => {
    expect(load(sound).problems).toEqual([])
    expect(only({})).toMatchObject({
      slug: 'quiet',
      track: 'cinema',
      summary: 'Show every screening and nothing else.',
      points: 5,
      minutes: 10,
      isPublished: true,
      isolation: 'database',
      writes: true,
      starter: '',
      grading: { compare: 'rows', order: 'none', columns: 'position', tolerance: 1e-9 },
      recipe: { files: [], seed: 1 },
      hiddenRecipes: [],
      limits: { timeoutMs: null },
    })
  })

  test('has its further references in the order of their numbers, and its wrong answers by name', () => {
    const found = only({
      'cinema/quiet/solution.10.sql': 'SELECT 10',
      'cinema/quiet/solution.2.sql': 'SELECT 2',
      'cinema/quiet/wrong/inner-join.sql': '-- Why\nSELECT 3',
      'cinema/quiet/starter.sql': 'SELECT',
    })
    expect(found.solutions).toEqual(['SELECT 1', 'SELECT 2', 'SELECT 10'])
    expect(found.wrongAnswers).toEqual([{ name: 'inner-join', sql: '-- Why\nSELECT 3' }])
    expect(found.starter).toBe('SELECT')
  })

  test('keeps its version while nothing of it changes, and gets another with any of its files', () => {
    const { version } = only({})
    expect(only({}).version).toBe(version)
    expect(only({ 'cinema/other.txt': 'x' }).version).toBe(version)
    expect(only({ 'cinema/quiet/solution.sql': 'SELECT 2' }).version).not.toBe(version)
    expect(only({ 'cinema/quiet/wrong/x.sql': 'SELECT 2' }).version).not.toBe(version)
    const own = only({ 'cinema/quiet/dataset/10-schema.sql': 'CREATE TABLE a ()' }).version
    expect(only({ 'cinema/quiet/dataset/10-schema.sql': 'CREATE TABLE b ()' }).version).not.toBe(own)
  })

  test('reads every key of its file', () => {
    const lines = [
      'summary: In short',
      'minutes: 3',
      'topics: [left join, nulls]',
      'points: 7',
      'published: false',
      'writes: false',
      'isolation: server',
      'limits: { seconds: 2.5 }',
      'hints: ["Use `LEFT JOIN`."]',
      'grading:',
      '  order: [sold, title]',
      '  columns: name',
      '  tolerance: 0.01',
      '  require: [window function]',
      '  forbid: [table film, cte]',
      '  counterexample: false',
    ]
    expect(only({ 'cinema/quiet/exercise.yaml': `${exercise}${lines.join('\n')}\n` })).toMatchObject({
      summary: 'In short',
      minutes: 3,
      topics: ['left join', 'nulls'],
      points: 7,
      isPublished: false,
      writes: false,
      isolation: 'server',
      limits: { timeoutMs: 2500 },
      hints: [{ text: 'Use `LEFT JOIN`.', html: 'Use <code>LEFT JOIN</code>.' }],
      grading: { compare: 'rows', order: ['sold', 'title'], columns: 'name', tolerance: 0.01 },
      require: ['window function'],
      forbid: ['table film', 'cte'],
      showsCounterexample: false,
    })
  })

  test('judged by checks, tables or a plan gets these', () => {
    const checks =
      '-- check: price\n-- message: Prices are positive\nSELECT 1 WHERE false;\n-- check: refused\n-- message: No\n-- error: 23514\nINSERT INTO t VALUES (-1)'
    const judged = (lines: string, files: Record<string, string> = {}) =>
      only({ 'cinema/quiet/exercise.yaml': `${exercise}grading:\n${lines}`, ...files }).grading
    expect(judged('  compare: checks\n', { 'cinema/quiet/checks.sql': checks })).toEqual({
      compare: 'checks',
      checks: [
        { name: 'price', message: 'Prices are positive', sql: 'SELECT 1 WHERE false;\n', error: null },
        { name: 'refused', message: 'No', sql: 'INSERT INTO t VALUES (-1)\n', error: '23514' },
      ],
    })
    expect(judged('  compare: tables\n  tables: [public.film]\n')).toMatchObject({
      compare: 'tables',
      tables: ['public.film'],
    })
    const plan = '  compare: plan\n  plan:\n    - uses_index: film_year\n    - buffers_at_most: 20\n'
    expect(judged(plan, { 'cinema/quiet/query.sql': 'SELECT 2' })).toMatchObject({
      query: 'SELECT 2',
      assertions: [
        { kind: 'uses_index', index: 'film_year' },
        { kind: 'buffers_at_most', buffers: 20 },
      ],
    })
  })
})

describe('a dataset', () => {
  const files = {
    'cinema/quiet/exercise.yaml': `${exercise}dataset: lantern\n`,
    'cinema/datasets/lantern/10-schema.sql': 'CREATE TABLE film ()',
    'cinema/datasets/lantern/20-rows.sql': '-- generator\nrows',
    'cinema/datasets/lantern/30-hall.csv': 'id\n1',
    'cinema/datasets/lantern/hidden/1/20-rows.sql': 'other rows',
  }

  test('is its files in name order; a hidden file takes the place of the one with its name', () => {
    const { recipe, hiddenRecipes, dataset } = only(files)
    expect(dataset).toBe('lantern')
    expect(recipe.files.map(({ name, format, table }) => [name, format, table])).toEqual([
      ['cinema/datasets/lantern/10-schema.sql', 'sql', undefined],
      ['cinema/datasets/lantern/20-rows.sql', 'sql', undefined],
      ['cinema/datasets/lantern/30-hall.csv', 'csv', 'hall'],
    ])
    expect(hiddenRecipes.map((hidden) => hidden.files.map(({ text }) => text))).toEqual([
      ['CREATE TABLE film ()', 'other rows', 'id\n1'],
    ])
  })

  test('that is generated gives a hidden dataset for each further seed', () => {
    const seeded = only({
      ...files,
      'cinema/quiet/exercise.yaml': `${exercise}dataset: lantern\ngrading:\n  seeds: [7, 8]\n`,
    })
    expect(seeded.hiddenRecipes.map(({ seed }) => seed)).toEqual([1, 7, 8])
  })

  test('of another track is named with it, and two exercises share one recipe', () => {
    const catalog = load({
      ...sound,
      ...files,
      'more/track.yaml': track,
      'more/loud/exercise.yaml': `${exercise}dataset: cinema/lantern\n`,
      'more/loud/description.md': 'Task',
      'more/loud/solution.sql': 'SELECT 1',
    })
    expect(catalog.problems).toEqual([])
    const [first, second] = catalog.tracks.flatMap(({ exercises }) => exercises)
    expect(first?.kind === 'sql' && second?.kind === 'sql' && first.recipe === second.recipe).toBe(true)
  })
})

describe('what is wrong is said with file, line and key', () => {
  const file = 'content/cinema/quiet/exercise.yaml'

  test.each([
    ['dificulty: hard\n', 4, 'dificulty', '"difficulty" may be meant'],
    ['minutes: soon\n', 4, 'minutes', 'is a whole number from 1 to 600'],
    ['writes: maybe\n', 4, 'writes', 'is true or false'],
    ['topics: joins\n', 4, 'topics', 'is a list'],
    ['topics: [Joins]\n', 4, 'topics[0]', 'for example left join'],
    ['grading:\n  compare: row\n', 5, 'grading.compare', 'is one of rows, tables, checks, plan'],
    ['grading:\n  order: upward\n', 5, 'grading.order', 'is one of none, exact'],
    ['grading:\n  order: []\n', 5, 'grading.order', '1 to 32 items'],
    ['grading:\n  tolerance: 2\n', 5, 'grading.tolerance', 'is a number from 0 to 0.5'],
    ['points:\n', 4, 'points', 'has no value'],
    ['hints:\n  - 5\n', 5, 'hints[0]', 'quote it'],
    ['title: Twice\n', 4, null, 'no valid YAML'],
    ['a: &x 1\nminutes: *x\n', 5, 'minutes', 'is an alias'],
    ['limits: 5\n', 4, 'limits', 'has keys: seconds'],
    ['__proto__: 1\n', 4, '__proto__', 'There is no key'],
  ])('%p', (lines, line, key, message) => {
    const problems = problemsOf(lines)
    expect(problems).toContainEqual({ file, line, key, message: expect.stringContaining(message) })
  })

  test('a key that goes with another way of comparing', () => {
    expect(problemsOf('grading:\n  tables: [public.film]\n')).toContainEqual({
      file,
      line: 5,
      key: 'grading.tables',
      message: '"tables" goes with compare: tables, and here it is rows; remove it',
    })
    expect(problemsOf('grading:\n  compare: checks\n')[0]?.message).toContain('needs the file checks.sql')
    expect(problemsOf('grading:\n  compare: plan\n')[0]?.message).toContain('needs what the plan must be like')
    expect(problemsOf('grading:\n  seeds: [2]\n')[0]?.message).toContain('-- generator')
  })

  test('missing files and keys', () => {
    const { 'cinema/quiet/solution.sql': _, ...without } = sound
    expect(load(without).problems).toEqual([
      {
        file: 'content/cinema/quiet/solution.sql',
        line: null,
        key: null,
        message: 'The file is missing; add it: it gives the expected result',
      },
    ])
    expect(
      load({ ...sound, 'cinema/quiet/exercise.yaml': 'kind: sql\n' }).problems.map(({ key, line }) => [key, line]),
    ).toEqual([
      ['title', 1],
      ['difficulty', 1],
    ])
    expect(load({ ...sound, 'cinema/quiet/exercise.yaml': '' }).problems[0]?.message).toBe('The file is empty')
    expect(problemsOf('dataset: nowhere\n')[0]?.message).toContain('content/cinema/datasets/nowhere')
  })

  test('checks without name or message, with their line', () => {
    const problems = problemsOf('grading:\n  compare: checks\n', {
      'cinema/quiet/checks.sql':
        'SELECT 0;\n-- check: a\nSELECT 1;\n-- check: b\n-- message: m\n-- error: broken\nSELECT 1;\n',
    })
    expect(problems.map(({ line, key }) => [line, key])).toEqual([
      [1, null],
      [2, 'message'],
      [4, 'error'],
    ])
  })

  test.each([
    ['grading:\n  order: exact\n  seeds: [2]\n', 6, 'grading.seeds'],
    ['grading:\n  compare: plan\n  plan:\n    - uses_index: a\n    - {}\n', 8, 'grading.plan[1]'],
    ['grading:\n  compare: tables\n', 4, 'grading.tables'],
    ['dataset: nowhere\n', 4, 'dataset'],
  ])('also where it shows only after reading: %p', (lines, line, key) => {
    expect(problemsOf(lines)).toContainEqual({ file, line, key, message: expect.any(String) })
  })

  test.each([
    ['cinema/loud/exercise.yml', 'cinema/loud/exercise.yml', 'Call this file exercise.yaml'],
    ['cinema/loud/solution.sql', 'cinema/loud/exercise.yaml', 'The file is missing; add it with title, kind and'],
    ['cinema/quiet/solution2.sql', 'cinema/quiet/solution2.sql', 'An exercise has no file of this name'],
    ['quiet/exercise.yaml', 'quiet/exercise.yaml', "put a track.yaml beside this exercise's folder"],
    ['track.yaml', 'track.yaml', 'this is one track; name the folder above'],
    ['exercise.yaml', 'exercise.yaml', 'this is one exercise; name the folder above its track'],
    ['My track/track.yaml', 'My track/', 'rename it'],
  ])('a file that would be passed over in silence: %s', (path, named, message) => {
    const { problems } = load({ ...sound, [path]: 'title: A\n' })
    expect(problems).toContainEqual({
      ...{ file: `content/${named}`, line: null, key: null },
      message: expect.stringContaining(message),
    })
  })

  test('a dataset by name beside a dataset of its own', () => {
    const files = { 'cinema/datasets/a/1.sql': '', 'cinema/quiet/dataset/1.sql': '' }
    expect(problemsOf('dataset: a\n', files)).toEqual([
      { file, line: 4, key: 'dataset', message: expect.stringContaining('only one of them counts') },
    ])
  })

  test('and leaves the others alone', () => {
    const catalog = load({
      ...sound,
      'cinema/broken/exercise.yaml': 'title: [',
      'cinema/track.yaml': 'title: Cinema\nexercises: [quiet, gone]\n',
      'cinema/quiet/dataset/notes.txt': 'x',
    })
    expect(catalog.tracks.map(({ slug, title }) => [slug, title])).toEqual([['cinema', 'Cinema']])
    expect(catalog.problems.map(({ file: name }) => name).toSorted()).toEqual([
      'content/cinema/broken/exercise.yaml',
      'content/cinema/quiet/dataset/notes.txt',
      'content/cinema/track.yaml',
    ])
  })

  test('a slug that is used twice, in whichever track', () => {
    const copy = Object.fromEntries(
      Object.entries(sound).map(([path, content]) => [path.replace('cinema', 'other'), content]),
    )
    const catalog = load({ ...sound, ...copy })
    expect(catalog.tracks.map(({ exercises }) => exercises.length)).toEqual([1, 0])
    expect(catalog.problems[0]?.message).toBe(
      'There is an exercise "quiet" already, in content/cinema/quiet; rename this folder',
    )
  })
})

test.each([
  ['10.sql', 'SELECT \xe9', 'It is not UTF-8'],
  ['10.sql', 'PGDMP\x01\x0f', 'make SQL of it: pg_restore'],
])('a file that is no SQL text is named: %s %j', (name, content, message) => {
  const directory = mkdtempSync(join(tmpdir(), 'catalog-'))
  try {
    for (const [path, text] of Object.entries({ ...sound, [`cinema/quiet/dataset/${name}`]: content })) {
      mkdirSync(join(directory, path, '..'), { recursive: true })
      writeFileSync(join(directory, path), text, 'latin1')
    }
    expect(loadCatalog({ builtin: null, directories: [directory] }).problems).toEqual([
      {
        ...{ file: join(directory, 'cinema/quiet/dataset', name), line: null, key: null },
        message: expect.stringContaining(message),
      },
    ])
  } finally {
    rmSync(directory, { recursive: true })
  }
})

test('tracks and exercises stand in their order', () => {
  const more = (path: string) => ({
    [`${path}/exercise.yaml`]: exercise,
    [`${path}/description.md`]: 'Task',
    [`${path}/solution.sql`]: 'SELECT 1',
  })
  const catalog = load({
    'z/track.yaml': 'title: Z\norder: 1\nexercises: [c, a]\n',
    'a/track.yaml': 'title: A\n',
    ...more('z/a'),
    ...more('z/b'),
    ...more('z/c'),
    ...more('a/d'),
  })
  expect(catalog.tracks.map(({ slug, exercises }) => [slug, exercises.map((each) => each.slug)])).toEqual([
    ['z', ['c', 'a', 'b']],
    ['a', ['d']],
  ])
})

test("descriptions are safe to show: HTML is text, links are ours, headings begin below the page's own", () => {
  const description =
    '# Top\n\n<script>alert(1)</script> <img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) [b](https://example.org)\n\n### Low\n'
  const { descriptionHtml } = only({ 'cinema/quiet/description.md': description })
  expect(descriptionHtml).toContain('<h2>Top</h2>')
  expect(descriptionHtml).toContain('<h4>Low</h4>')
  expect(descriptionHtml).toContain('&lt;script&gt;')
  expect(descriptionHtml).not.toMatch(/<script|<img|href="javascript/)
  expect(descriptionHtml).toContain('<a href="https://example.org" rel="noopener noreferrer">b</a>')
})
