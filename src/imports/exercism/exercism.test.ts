import { afterAll, expect, test } from 'bun:test'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { requireCode } from '../../catalog/kinds.ts'
import { loadCatalog } from '../../catalog/load-catalog.ts'
import { writeExercise } from '../written-exercise.ts'
import { importExercism } from './exercism.ts'
import { readable } from './readable.ts'
import { takePythonTests, takeScriptTests } from './tests.ts'

const directory = mkdtempSync(join(tmpdir(), 'podium-exercism-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Writes a checkout and returns its folder. */
function checkout(name: string, files: Record<string, string>): string {
  const folder = join(directory, name)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const license = 'MIT License\n\nCopyright (c) 2020 The Choir\n'
const config = (language: string, exercises: object) =>
  JSON.stringify({
    language: language === 'python' ? 'Python' : 'JavaScript',
    ...{ slug: language, blurb: 'A language.', exercises },
    files: { solution: ['%{snake_slug}.py'], test: ['%{snake_slug}_test.py'], example: ['.meta/example.py'] },
  })

function exercise(folder: string, { stub = 'def halve(n):\n    pass\n', files = {} as Record<string, string> } = {}) {
  return {
    [`${folder}/.docs/instructions.md`]:
      '# Instructions\n\nHalve it.\n\n~~~~exercism/note\nRound down.\n~~~~\n\n![A cake](cake.png)\n',
    [`${folder}/.docs/hints.md`]:
      '# General\n\n## 1. Halving\n\n- Try `//`.\n- See [the manual][m].\n\n[m]: https://example.org\n',
    [`${folder}/.meta/config.json`]: JSON.stringify({
      authors: ['ada'],
      contributors: ['bo'],
      files: { solution: ['halve.py'], test: ['halve_test.py'], example: ['.meta/example.py'] },
      blurb: 'Halve a number.',
    }),
    [`${folder}/.meta/example.py`]: 'def halve(n):\n    return n // 2\n',
    [`${folder}/halve.py`]: stub,
    [`${folder}/halve_test.py`]:
      'import unittest\nimport pytest\nfrom halve import halve\n\n\nclass HalveTest(unittest.TestCase):\n    @pytest.mark.task(taskno=1)\n    def test_it(self):\n        self.assertEqual(halve(5), 2)\n',
    ...files,
  }
}

const practice = [
  { slug: 'halve', name: 'Halve', difficulty: 5, practices: ['whole_numbers'], prerequisites: ['numbers'] },
  { slug: 'tidy', name: 'Tidy', difficulty: 9, practices: [] },
  { slug: 'gone', name: 'Gone', difficulty: 1 },
]

function pythonTrack(name: string): string {
  const long = Array.from({ length: 40 }, (_, index) => `value_${index} = ${index}`).join('\n')
  return checkout(name, {
    'config.json': config('python', { practice, concept: [] }),
    LICENSE: license,
    ...exercise('exercises/practice/halve'),
    ...exercise('exercises/practice/tidy', { stub: `def halve(n):\n    return n // 2\n${long}\n` }),
    'exercises/practice/tidy/.docs/instructions.md': 'Refactor this.',
  })
}

test('an Exercism track becomes a track whose exercises load without a problem', () => {
  const to = join(directory, 'out')
  const report = importExercism({ from: pythonTrack('track'), to })
  expect(report).toMatchObject({ track: 'exercism-python', takenOver: 1, leftOut: 2, exercises: 1 })
  const { tracks, problems } = loadCatalog({ builtin: null, directories: [to] })
  expect(problems).toEqual([])
  expect(tracks).toMatchObject([{ slug: 'exercism-python', title: 'Exercism: Python' }])
  const [taken] = tracks.flatMap(({ exercises }) => exercises)
  if (taken === undefined) throw new Error('nothing was taken over')
  const { title, difficulty, topics, source, summary, hints, entry, language, grading, descriptionHtml } =
    requireCode(taken)
  expect({ title, difficulty, topics, summary, entry, language }).toEqual({
    ...{ title: 'Halve', difficulty: 'medium', topics: ['whole numbers', 'numbers'] },
    ...{ summary: 'Halve a number.', entry: 'halve.py', language: 'python' },
  })
  expect(source).toMatchObject({ license: 'MIT License, Copyright (c) 2020 The Choir', authors: ['ada', 'bo'] })
  expect(hints.map(({ text }) => text)).toEqual(['**1. Halving**: Try `//`. See the manual.'])
  expect(grading).toMatchObject({ compare: 'tests', framework: 'unittest' })
  expect(descriptionHtml).toContain('<strong>Note.</strong> Round down.')
  expect(descriptionHtml).toContain('License: MIT License, Copyright (c) 2020 The Choir')
})

test('the report names what was left out of an Exercism track, and why', () => {
  const { items } = importExercism({ from: pythonTrack('reported'), to: join(directory, 'reported-out') })
  expect(items.map(({ name, leftOut }) => [name, leftOut])).toEqual([
    ['practice/halve', null],
    ['practice/tidy', expect.stringContaining('to make it better')],
    ['practice/gone', expect.stringContaining('no such folder')],
  ])
  expect(items[0]?.notes).toEqual(['1 of its pictures is a link.'])
})

test('an exercise without a readable configuration is taken over by the patterns of its track', () => {
  const files = { 'exercises/practice/halve/.meta/config.json': '{ "files": ' }
  const from = checkout('patterns', {
    'config.json': config('python', { practice: practice.slice(0, 1) }),
    ...exercise('exercises/practice/halve', { files }),
  })
  const { items } = importExercism({ from, to: join(directory, 'patterns-out') })
  expect(items).toMatchObject([
    { written: ['exercism-python/halve-python'], notes: [expect.stringContaining('no JSON'), expect.anything()] },
  ])
})

test('an import replaces what an import made, and never what somebody else did', () => {
  const from = pythonTrack('twice')
  const to = join(directory, 'twice-out')
  importExercism({ from, to })
  importExercism({ from, to })
  rmSync(join(to, 'exercism-python/.podium-import'))
  expect(() => importExercism({ from, to })).toThrow('is not from an import')
  expect(existsSync(join(to, 'exercism-python/halve-python/exercise.yaml'))).toBe(true)
})

test('a link out of the checkout leads nowhere', () => {
  const from = pythonTrack('links')
  writeFileSync(join(directory, 'secret.py'), 'secret = 1\n')
  symlinkSync(join(directory, 'secret.py'), join(from, 'exercises/practice/halve/more.py'))
  const to = join(directory, 'links-out')
  importExercism({ from, to })
  expect(existsSync(join(to, 'exercism-python/halve-python/starter/halve.py'))).toBe(true)
  expect(existsSync(join(to, 'exercism-python/halve-python/starter/more.py'))).toBe(false)
})

test('a folder that is no track is refused in words', () => {
  expect(() => importExercism({ from: checkout('none', { a: '' }), to: directory })).toThrow('has no config.json')
  const other = checkout('ruby', { 'config.json': '{"language": "Ruby", "slug": "ruby"}' })
  expect(() => importExercism({ from: other, to: directory })).toThrow('a track of Ruby')
})

test('tests in JavaScript are all on, come from bun:test, and keep what their authors skip', () => {
  const text =
    "import { describe, expect, test, xtest } from '@jest/globals'\nimport { halve } from './halve'\n\nxdescribe('halve', () => {\n  xtest('one', () => {})\n  test.skip('two', () => {})\n  max.xtest(1)\n})\n"
  expect(takeScriptTests(text)).toEqual({
    text: "import { describe, expect, test } from 'bun:test'\nimport { halve } from './halve'\n\ndescribe('halve', () => {\n  test('one', () => {})\n  test.skip('two', () => {})\n  max.xtest(1)\n})\n",
  })
  expect(takeScriptTests("import x from 'left-pad'\n")).toEqual({ problem: 'its tests need the package left-pad' })
  expect(takeScriptTests('expect.extend({})')).toMatchObject({ problem: expect.stringContaining('matchers') })
})

test('tests in Python need pytest only where they use more of it than numbers of tasks', () => {
  expect(takePythonTests('import pytest\n\n    @pytest.mark.task(taskno=2)\n    def test_a(self):\n')).toEqual({
    text: '\n    def test_a(self):\n',
    framework: 'unittest',
  })
  const fixtures = 'import pytest\n\n@pytest.fixture\ndef cake():\n'
  expect(takePythonTests(fixtures)).toEqual({ text: fixtures, framework: 'pytest' })
})

test('the reference of an import names its neighbours from where it lies', () => {
  const files = {
    'exercises/practice/halve/.meta/config.json': JSON.stringify({
      files: { solution: ['halve.js'], test: ['halve.spec.js'], example: ['.meta/proof.ci.js'] },
    }),
    'exercises/practice/halve/.meta/proof.ci.js':
      "import { two } from '../two'\n\nexport const halve = (n) => n / two\n",
    'exercises/practice/halve/halve.js': 'export const halve = () => {}\n',
    'exercises/practice/halve/two.js': 'export const two = 2\n',
    'exercises/practice/halve/halve.spec.js': "import { test } from '@jest/globals'\n",
    'exercises/practice/halve/package.json': '{}',
  }
  const from = checkout('neighbours', {
    'config.json': config('javascript', { practice: practice.slice(0, 1) }),
    ...exercise('exercises/practice/halve', { files }),
  })
  const to = join(directory, 'neighbours-out')
  importExercism({ from, to })
  const folder = join(to, 'exercism-javascript/halve-javascript')
  expect(readFileSync(join(folder, 'solution/halve.js'), 'utf8')).toContain("from './two'")
  expect(readFileSync(join(folder, 'starter/two.js'), 'utf8')).toBe('export const two = 2\n')
  expect(loadCatalog({ builtin: null, directories: [to] }).problems).toEqual([])
})

test.each([
  ['| a <br> b |\n', '| a b |\n'],
  ['one<br>two', 'one  \ntwo'],
  ['![A cat\nasleep](https://example.org/cat.png "x")', '[Picture](https://example.org/cat.png): A cat asleep'],
  ['<img alt="A cat" src="/cat.png">', '[Picture](https://exercism.org/cat.png): A cat'],
  ['see [lists](/tracks/python/concepts/lists)', 'see [lists](https://exercism.org/tracks/python/concepts/lists)'],
  ['[lists]: /tracks/lists', '[lists]: https://exercism.org/tracks/lists'],
  ['`<b>` and <b>bold</b> and ``a ` <u>``', '`<b>` and bold and ``a ` <u>``'],
  ['```html\n<td>1</td>\n```\n<td>1</td>', '```html\n<td>1</td>\n```\n\n1\n'],
  ['````exercism/note\nSay:\n```html\n<p>\n```\n````', '> **Note.** Say:\n> ```html\n> <p>\n> ```'],
  ['[this](#there) and [that][x] and <code>a</code>\n\n[x]: #x', 'this and that and `a`\n\n'],
  ['so it is.[^1]\n\n[^1]: Said there.', 'so it is. \\[1\\]\n\n\n\\[1\\] Said there.'],
])('of Exercism’s own Markdown, %j reads %j', (source, text) => {
  expect(readable(source).text).toBe(text)
})

test('a track that names files and folders outside of itself writes nothing there', () => {
  const hostile = {
    'exercises/practice/up/.meta/config.json': JSON.stringify({
      files: { solution: ['../../../../up.py'], test: ['halve_test.py'], example: ['.meta/example.py'] },
    }),
  }
  const from = checkout('hostile', {
    'config.json': config('python', {
      practice: [{ slug: 'up' }, { slug: '../../up' }, { slug: 'halve' }, { slug: 'halve' }],
    }),
    LICENSE: license,
    ...exercise('exercises/practice/halve'),
    ...exercise('exercises/practice/up', { files: hostile }),
  })
  const to = join(directory, 'hostile-out/deep/deeper')
  const { items } = importExercism({ from, to })
  expect(items.map(({ leftOut }) => leftOut)).toEqual([
    'its .meta/config.json names the file "../../../../up.py"',
    'its name can’t be that of a folder of exercises',
    null,
    'the track has another exercise of this name',
  ])
  expect(
    readdirSync(join(directory, 'hostile-out'), { recursive: true }).filter((name) => String(name).endsWith('up.py')),
  ).toEqual([])
})

test('no import writes a file outside of its folder', () => {
  const files = new Map([['starter/../../../up.py', '']])
  const stray = { slug: 'x', facts: {}, description: '', files }
  expect(() => writeExercise(join(directory, 'a/b/x'), stray)).toThrow('is no name for a file')
})
