/** Answers of several files in the browser are the server's. */
import { expect, test } from 'bun:test'
import { decodeAnswer, encodeAnswer } from '../../src/catalog/answer-files.ts'
import { decodeFiles, encodeFiles, namingProblem, readableFiles } from './answer-text.ts'

const files = new Map([
  ['main.py', 'print("a\\n")\r\n'],
  ['Ä/b.txt', ''],
  ['a', '“\u2028'],
])

test('the browser writes answers as the server does, in whatever order the files are', () => {
  expect(encodeFiles(files)).toBe(encodeAnswer(files))
  expect(encodeFiles(new Map([...files].reverse()))).toBe(encodeAnswer(files))
  expect(encodeFiles(new Map())).toBe(encodeAnswer([]))
})

test('the browser reads what the server wrote', () => {
  const text = encodeAnswer(files)
  expect([...(decodeFiles(text) ?? [])]).toEqual([...decodeAnswer(text)])
  expect(decodeFiles('no JSON')).toBeNull()
  expect(decodeFiles('[1]')).toBeNull()
  expect(readableFiles('no JSON')).toBe('no JSON')
})

test('names that the server would refuse are refused before they are sent', () => {
  for (const name of ['', '../a', 'a//b', ' a', 'a\\b', 'a\u0000', 'main.py', 'lib', 'main.py/a']) {
    expect([name, namingProblem(name, ['main.py', 'lib/b.py'])]).not.toEqual([name, null])
  }
  expect(namingProblem('lib/c.py', ['main.py', 'lib/b.py'])).toBeNull()
})
