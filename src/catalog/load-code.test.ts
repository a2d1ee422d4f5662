import { describe, expect, test } from 'bun:test'
import { decodeAnswer } from './answer-files.ts'
import { memorySource } from './content-source.ts'
import { requireCode } from './kinds.ts'
import { listExercises } from './live-catalog.ts'
import { loadCatalog } from './load-catalog.ts'

const head = 'title: Double\nkind: code\nlanguage: python\ndifficulty: easy\n'

/** An io exercise that loads without a problem; tests change files of it. */
const sound: Record<string, string | Uint8Array | null> = {
  'exercise.yaml': `${head}grading: { compare: io }\n`,
  'description.md': 'Double it.',
  'starter/main.py': 'n = int(input())\n',
  'solution/main.py': 'print(2 * int(input()))\n',
  'data/sample/2.in': '2',
  'data/sample/2.ans': '4',
  'data/sample/10.in': '10',
  'data/sample/10.ans': '20',
  'data/secret/big/1.in': '900',
  'data/secret/big/1.ans': '1800',
}

function load(changes: Record<string, string | Uint8Array | null>) {
  const files = Object.entries({ ...sound, ...changes }).flatMap(([name, content]) =>
    content === null ? [] : [{ path: `first/double/${name}`, content }],
  )
  const source = memorySource('content', [{ path: 'first/track.yaml', content: 'title: First\n' }, ...files])
  return loadCatalog({
    builtin: source,
    directories: [],
    languages: () => ({ names: ['python', 'bash'], problems: [] }),
  })
}

function only(changes: Record<string, string | Uint8Array | null> = {}) {
  const catalog = load(changes)
  expect(catalog.problems).toEqual([])
  const [found] = listExercises(catalog)
  if (found === undefined) throw new Error('No exercise was loaded')
  return requireCode(found)
}

/** The problems, without the content's name. */
function problemsOf(changes: Record<string, string | Uint8Array | null>) {
  return load(changes).problems.map(({ file, line, key, message }) => ({
    file: file.replace('content/first/double/', ''),
    line,
    key,
    message,
  }))
}

describe('a code exercise', () => {
  test('has its workspace, its answers as files, and its cases, samples first and by number', () => {
    const found = only({
      'solution.2/main.py': 'n = int(input()); print(n + n)\n',
      'wrong/wrong_answer/adds/main.py': '# Adds\nprint(2 + int(input()))\n',
    })
    expect(found).toMatchObject({
      kind: 'code',
      language: 'python',
      entry: 'main.py',
      needs: [],
      limits: {},
      database: null,
    })
    expect(found.files.map(({ path, access }) => [path, access])).toEqual([['main.py', 'edit']])
    expect(decodeAnswer(found.starter).get('main.py')).toBe('n = int(input())\n')
    expect(found.solutions.map((answer) => decodeAnswer(answer).get('main.py'))).toEqual([
      'print(2 * int(input()))\n',
      'n = int(input()); print(n + n)\n',
    ])
    expect(found.wrongAnswers.map(({ name, verdict }) => [name, verdict])).toEqual([['adds', 'wrong_answer']])
    const { grading } = found
    expect(grading.compare === 'io' && grading.cases.map(({ name, isVisible }) => [name, isVisible])).toEqual([
      ['sample/2', true],
      ['sample/10', true],
      ['secret/big/1', false],
    ])
  })

  test('reads its limits, and an answer is laid over the starter', () => {
    const limits = 'limits: { seconds: 2.5, cpu_seconds: 1, memory_mb: 64, processes: 5, output_kb: 16 }\n'
    const found = only({
      'exercise.yaml': `${head}${limits}grading: { compare: io, match: float, tolerance: 0.001 }\n`,
      'starter/helper.py': 'TWO = 2\n',
    })
    expect(found.limits).toEqual({
      wallMs: 2500,
      cpuMs: 1000,
      memoryBytesMax: 64 * 1024 * 1024,
      processesMax: 5,
      outputBytesMax: 16 * 1024,
    })
    expect(found.grading).toMatchObject({ match: 'float', tolerance: 0.001 })
    expect([...decodeAnswer(found.solutions[0] ?? '').keys()]).toEqual(['helper.py', 'main.py'])
  })

  test('judges by what it computes: seconds alone leave the clock some room', () => {
    const { limits } = only({ 'exercise.yaml': `${head}limits: { seconds: 1 }\ngrading: { compare: io }\n` })
    expect(limits).toEqual({ cpuMs: 1000, wallMs: 4000 })
  })

  test('tells files that are edited from those that are only read or hidden, which may be no text', () => {
    const bytes = new Uint8Array([0, 255, 254])
    const found = only({
      'exercise.yaml': `${head}files: { read: [data/], hidden: [key.py] }\ngrading: { compare: io }\n`,
      'starter/data/picture.bin': bytes,
      'starter/key.py': 'KEY = 1\n',
    })
    expect(found.files).toEqual([
      { path: 'data/picture.bin', access: 'read', content: bytes },
      { path: 'key.py', access: 'hidden', content: Buffer.from('KEY = 1\n') },
      { path: 'main.py', access: 'edit', content: Buffer.from('n = int(input())\n') },
    ])
    expect([...decodeAnswer(found.starter).keys()]).toEqual(['main.py'])
  })

  test('gets another version with any byte of any file', () => {
    const { version } = only()
    expect(only().version).toBe(version)
    const binary = (byte: number) => ({
      'exercise.yaml': `${head}files: { read: [a.bin] }\ngrading: { compare: io }\n`,
      'starter/a.bin': new Uint8Array([byte]),
    })
    expect(only(binary(254)).version).not.toBe(only(binary(255)).version)
    expect(only({ 'data/secret/big/1.ans': '1801' }).version).not.toBe(version)
  })

  test('is the same when it is loaded from what was kept of it', () => {
    const found = only({
      'exercise.yaml': `${head}files: { read: [a.bin] }\ngrading: { compare: io }\n`,
      'starter/a.bin': new Uint8Array([255]),
    })
    const again = loadCatalog({ builtin: memorySource('kept', found.content), directories: [] })
    expect(listExercises(again)).toEqual([found])
  })

  test('with tests has those that are shown and those that are not', () => {
    const found = only({
      'exercise.yaml': `${head}grading: { compare: tests }\n`,
      'data/sample/2.in': null,
      'data/sample/2.ans': null,
      'data/sample/10.in': null,
      'data/sample/10.ans': null,
      'data/secret/big/1.in': null,
      'data/secret/big/1.ans': null,
      'tests/visible/test_a.py': 'a',
      'tests/hidden/test_b.py': 'b',
    })
    expect(found.grading).toMatchObject({ compare: 'tests', framework: 'unittest' })
    expect(
      found.grading.compare === 'tests' && found.grading.tests.map(({ path, isVisible }) => [path, isVisible]),
    ).toEqual([
      ['test_a.py', true],
      ['test_b.py', false],
    ])
  })
})

describe('what is wrong is told with file, line and key', () => {
  test.each([
    ['isolation: server\n', 6, 'isolation', 'goes with kind: sql'],
    ['limits: { seconds: 0 }\n', 6, 'limits.seconds', 'from 0.1 to 600'],
    ['limits: { memory_mb: -1 }\n', 6, 'limits.memory_mb', 'from 1 to'],
    ['limits: { processes: .nan }\n', 6, 'limits.processes', 'from 1 to'],
    ['limits: { output_kb: .inf }\n', 6, 'limits.output_kb', 'from 1 to'],
    ['files: { read: [gone.py] }\n', 6, 'files.read[0]', 'no gone.py in starter/'],
    ['entry: other.py\n', 6, 'entry', 'no other.py'],
    ['needs: ["rm -rf"]\n', 6, 'needs[0]', 'name of a module'],
  ])('%s', (lines, line, key, message) => {
    const [found, ...more] = problemsOf({ 'exercise.yaml': `${head}grading: { compare: io }\n${lines}` })
    expect(more).toEqual([])
    expect(found).toMatchObject({ file: 'exercise.yaml', line, key })
    expect(found?.message).toContain(message)
  })

  const limits = ['seconds', 'cpu_seconds', 'memory_mb', 'processes', 'open_files', 'file_mb', 'disk_mb', 'output_kb']
  const noLimits = ['0', '-1', '.nan', '.inf', '-.inf', '1e99', 'unlimited', '""', 'null', '[1]', 'true']

  test.each(limits)('a limit limits.%s that is none, and never taken for “unlimited”', (name) => {
    for (const value of noLimits) {
      const lines = `grading: { compare: io }\nlimits: { ${name}: ${value} }\n`
      expect(problemsOf({ 'exercise.yaml': head + lines }).map(({ key }) => key)).toEqual([`limits.${name}`])
    }
  })

  test.each([
    ['grading: { compare: rows }\n', 'grading.compare', 'io, tests or checks'],
    ['grading: { compare: io, order: exact }\n', 'grading.order', 'goes with kind: sql'],
    ['grading: { compare: io, framework: pytest }\n', 'grading.framework', 'goes with compare: tests'],
    ['grading: { compare: tests, framework: bun test }\n', 'grading.framework', 'unittest and pytest do'],
    ['grading: { compare: io, tolerance: 0.1 }\n', 'grading.tolerance', 'match: float'],
    ['grading: { compare: io, weights: { a: -1 } }\n', 'grading.weights.a', 'from 0 to'],
  ])('%s', (grading, key, message) => {
    const found = problemsOf({ 'exercise.yaml': head + grading }).find((problem) => problem.key === key)
    expect(found).toMatchObject({ file: 'exercise.yaml', line: 5 })
    expect(found?.message).toContain(message)
  })

  test('a language that Podium does not know', () => {
    const [found] = problemsOf({ 'exercise.yaml': `${head.replace('python', 'cobol')}grading: { compare: io }\n` })
    expect(found).toMatchObject({ key: 'language', line: 3 })
    expect(found?.message).toContain('python, bash')
  })

  test('a key of code in an SQL exercise', () => {
    const [found] = problemsOf({ 'exercise.yaml': head.replace('code', 'sql') })
    expect(found).toMatchObject({ file: 'exercise.yaml', line: 3, key: 'language' })
    expect(found?.message).toContain('goes with kind: code')
  })

  test.each([
    ['solutions/main.py', 'no file of this name'],
    ['data/sample/3.out', 'no file of this name'],
    ['data/sample/3.in', undefined],
    ['wrong/slow/x/main.py', 'is no verdict'],
    ['wrong/main.py', 'no file of this name'],
    ['starter/a\nb.py', 'control character'],
    ['tests/visible/test_a.py', 'which compare: io does not use'],
    ['check/check.py', 'only match: checker and interactive use'],
  ])('%j', (name, message) => {
    const problems = problemsOf({ [name]: 'x' })
    if (message === undefined) expect(problems[0]?.message).toContain('it holds the output that is right')
    else expect(problems.map((problem) => problem.message).join('\n')).toContain(message)
  })

  test('a file of the answer that is no text', () => {
    const [found] = problemsOf({ 'starter/a.bin': new Uint8Array([255]) })
    expect(found).toMatchObject({ file: 'starter/a.bin' })
    expect(found?.message).toContain('files: read')
  })

  test('a reference that changes what is only read', () => {
    const problems = problemsOf({
      'exercise.yaml': `${head}files: { read: [helper.py] }\ngrading: { compare: io }\n`,
      'starter/helper.py': 'a',
      'solution/helper.py': 'b',
    })
    expect(problems).toMatchObject([{ file: 'solution/', message: "The file helper.py can't be changed." }])
  })
})
