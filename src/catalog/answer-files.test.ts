import { describe, expect, test } from 'bun:test'
import { answerFiles, decodeAnswer, encodeAnswer } from './answer-files.ts'
import type { CodeExercise, TestsGrading } from './code-exercise.ts'

const exercise: Pick<CodeExercise, 'files' | 'grading' | 'solutions'> = {
  solutions: [],
  files: [
    { path: 'main.py', access: 'edit', content: new Uint8Array() },
    { path: 'data/prices.csv', access: 'read', content: new Uint8Array() },
    { path: 'key.py', access: 'hidden', content: new Uint8Array() },
  ],
  grading: {
    compare: 'tests',
    framework: 'unittest',
    tests: [{ path: 'test_a.py', isVisible: false, content: new Uint8Array() }],
    weights: [],
  },
}

const testsGrading: TestsGrading = { compare: 'tests', framework: 'unittest', tests: [], weights: [] }
const ioGrading: CodeExercise['grading'] = {
  ...{ compare: 'io', match: 'tokens', tolerance: 0, ignoresCase: false },
  ...{ cases: [], judge: null, weights: [], whole: [] },
}

describe('an answer', () => {
  test('is written the same whatever the order of its files, and reads back as it was', () => {
    const files: [string, string][] = [
      ['main.py', 'print("ä\\n")\n'],
      ['a/b.py', '\u0000\ud83d'],
      ['10', ''],
      ['9', 'x'],
      ['__proto__', 'y'],
    ]
    const written = encodeAnswer(files)
    expect(encodeAnswer(files.toReversed())).toBe(written)
    expect([...decodeAnswer(written)].sort()).toEqual([...files].sort())
    expect(encodeAnswer(decodeAnswer(written))).toBe(written)
    expect(decodeAnswer(encodeAnswer([])).size).toBe(0)
  })

  test.each([
    ['no JSON', 'SELECT 1', 'not a list of files'],
    ['a list', '[]', 'not a list of files'],
    ['null', 'null', 'not a list of files'],
    ['a number for a text', '{"a": 1}', 'is no text'],
    ['an empty name', '{"": ""}', 'is empty'],
    ['a way out', '{"../a": ""}', '..'],
    ['a way out in the middle', '{"a/../b": ""}', '..'],
    ['an absolute name', '{"/etc/passwd": ""}', 'empty part'],
    ['a backslash', '{"a\\\\b": ""}', 'backslash'],
    ['NUL', '{"a\\u0000b": ""}', 'control character'],
    ['a new line', '{"a\\nb": ""}', 'control character'],
    ['half a character', '{"a\\ud800": ""}', 'half a character'],
    ['a long name', `{"${'a'.repeat(201)}": ""}`, 'longer than 200'],
    ['a blank at the end', '{"a ": ""}', 'blank'],
    ['a file that is a folder', '{"a": "", "a/b": ""}', "can't be in it"],
    ['a file that is a folder, with another between', '{"a": "", "a b": "", "a/b": ""}', "can't be in it"],
  ])('with %s is refused', (_, text, message) => {
    expect(() => decodeAnswer(text)).toThrow(message)
  })

  test('of too many or too large files is refused', () => {
    const many = Array.from({ length: 65 }, (_, index): [string, string] => [`f${index}`, ''])
    expect(() => decodeAnswer(encodeAnswer(many))).toThrow('more than 64 files')
    expect(decodeAnswer(encodeAnswer(many.slice(1))).size).toBe(64)
    expect(() => decodeAnswer(encodeAnswer([['a', 'ä'.repeat(128 * 1024)]]))).toThrow('larger than 256 KB')
  })

  test('may add files, and may not take the place of one that is not its own', () => {
    expect([...answerFiles(exercise, '{"main.py": "1", "new/one.py": "2"}').keys()]).toEqual(['main.py', 'new/one.py'])
    for (const path of ['data/prices.csv', 'key.py', 'test_a.py'])
      expect(() => answerFiles(exercise, JSON.stringify({ [path]: '' }))).toThrow("can't be changed")
    expect(() => answerFiles(exercise, '{"data": ""}')).toThrow('is a folder')
    expect(() => answerFiles(exercise, '{"key.py/x": ""}')).toThrow("can't be in it")
  })

  test.each([
    ...['conftest.py', 'a/conftest.py', 'pytest.ini', 'pyproject.toml', 'setup.cfg', 'sitecustomize.py', 'x.pth'],
    ...['evil-1.0.dist-info/entry_points.txt', '.podium/hmac.py', '.podium/unittest/__init__.py', '__pycache__/a.pyc'],
    ...['bunfig.toml', '.env', '.env.test', 'tsconfig.json', 'tsconfig.base.json', 'a/jsconfig.json'],
  ])('may not tell the tools how to test it: %s', (path) => {
    expect(() => answerFiles(exercise, JSON.stringify({ [path]: '' }))).toThrow('would change how answers are tested')
    // Unless the author gives it to the learner.
    const offering = { ...exercise, solutions: [encodeAnswer([[path, 'x']])] }
    expect(answerFiles(offering, JSON.stringify({ [path]: '' })).size).toBe(1)
    expect(answerFiles({ ...exercise, grading: ioGrading }, JSON.stringify({ [path]: '' })).size).toBe(1)
  })

  test('may not stand for what the tests bring or import', () => {
    const content = new TextEncoder().encode(
      'import random, math as m\nfrom support import oracle\nfrom main import f\n',
    )
    const tests = [
      { path: 'test_a.py', isVisible: false, content },
      { path: 'support.py', isVisible: false, content: new Uint8Array() },
    ]
    const given = { ...exercise, grading: { ...testsGrading, tests } }
    for (const path of ['support/__init__.py', 'support.txt', 'random.py', 'random/__init__.py', 'math.py'])
      expect(() => answerFiles(given, JSON.stringify({ [path]: '' }))).toThrow('the tests bring or import')
    for (const path of ['main.py', 'shapes.py', 'supports.py', 'a/random.py'])
      expect(answerFiles(given, JSON.stringify({ [path]: '' })).size).toBe(1)
    const offering = { ...given, solutions: [encodeAnswer([['random.py', '']])] }
    expect(answerFiles(offering, '{"random.py": ""}').size).toBe(1)
  })
})
