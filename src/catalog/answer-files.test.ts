import { describe, expect, test } from 'bun:test'
import { answerFiles, decodeAnswer, encodeAnswer } from './answer-files.ts'
import type { CodeExercise } from './code-exercise.ts'

const exercise: Pick<CodeExercise, 'files' | 'grading'> = {
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
})
