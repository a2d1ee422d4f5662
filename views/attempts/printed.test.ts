/** Lines of files that output names, and the first line that differs. */
import { describe, expect, test } from 'bun:test'
import { firstDifference } from './compared.tsx'
import { brokenAt, PrintedText } from './printed.tsx'

describe('output that names a line', () => {
  const said: readonly (readonly [string, string, string, number])[] = [
    ['Python', 'File "/work/main.py", line 9\n  f()\nFile "/work/lib/a.py", line 3, in f\nKeyError', 'lib/a.py', 3],
    ['Node', '/work/main.js:3\nthrow new Error()\n    at Object.<anonymous> (/work/main.js:3:7)\n', 'main.js', 3],
    ['Bun', '1 | x\nerror: no\n      at f (/work/src/main.ts:12:9)\n', 'src/main.ts', 12],
    ['Bash', 'main.sh: line 2: nothing: command not found', 'main.sh', 2],
    ['a C compiler', 'main.c:4:1: error: expected ;', 'main.c', 4],
  ]
  for (const [who, text, path, line] of said) {
    test(`leads to where it broke, as ${who} tells it`, () => {
      expect(brokenAt(text)).toEqual({ path, line })
      const html = PrintedText({ text }).toString()
      expect(html).toContain(`data-place="${path}" data-line="${line}"`)
      expect(
        html
          .replaceAll(/<[^>]*>/g, '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"'),
      ).toBe(text)
    })
  }
  test('leads nowhere where it names none, and is not slow about it', () => {
    expect(brokenAt('12:30 o’clock, 1.5 times')).toBeNull()
    const startedMs = performance.now()
    brokenAt('a/'.repeat(25_000))
    brokenAt('a.b'.repeat(16_000))
    expect(performance.now() - startedMs).toBeLessThan(2_000)
  })
})

test('the first line that differs is found, blanks at ends of lines last', () => {
  expect(firstDifference('a\nb\nc', 'a\nx\nc')).toBe(1)
  expect(firstDifference('a\nb', 'a\nb\n')).toBeNull()
  expect(firstDifference('a \nb', 'a\nx')).toBe(1)
  expect(firstDifference('a \nb', 'a\nb')).toBe(0)
  expect(firstDifference('a', 'a\nb')).toBe(1)
})
