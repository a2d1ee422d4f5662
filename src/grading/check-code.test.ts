import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { proveCode } from './check-code.ts'
import { type CodeBench, canRunCode, exerciseOf, openBench } from './code/test-code.ts'

setDefaultTimeout(240_000)

let bench: CodeBench

beforeAll(async () => {
  bench = await openBench()
})

afterAll(async () => await bench.stop())

const sound = {
  'starter/main.py': '',
  'solution/main.py': 'print(2 * int(input()))\n',
  'wrong/wrong_answer/adds/main.py': '# Adds.\nprint(2 + int(input()))\n',
  'wrong/runtime_error/text/main.py': '# Divides a text.\nprint(input() / 2)\n',
  'data/sample/1.in': '3\n',
  'data/sample/1.ans': '6\n',
  'data/secret/1.in': '5\n',
  'data/secret/1.ans': '10\n',
}

async function prove(changes: Record<string, string>, lines = 'language: python\ngrading: { compare: io }') {
  const exercise = exerciseOf(lines, { ...sound, ...changes })
  return await proveCode({ grader: bench.grader, problem: null }, exercise)
}

describe.if(canRunCode)('a code exercise', () => {
  test('that does what it says is proven', async () => {
    const judged = { compare: 'io' as const, visible: 1, hidden: 1 }
    expect(await prove({})).toEqual({ failures: [], notes: [], mutants: null, judged })
  })

  test.each([
    ['a reference that is wrong', { 'solution.2/main.py': 'print(1)' }, 'reference', 'solution.2/', 'Line 1 has “1”'],
    ['a reference that breaks', { 'solution/main.py': '1 / 0' }, 'reference', 'solution/', 'ZeroDivisionError'],
    [
      'a reference that is wrong in a secret case',
      { 'solution/main.py': 'n = int(input())\nprint(6 if n == 3 else 0)' },
      'reference',
      'solution/',
      'hidden case 1 is not right. That is data/secret/1.in.',
    ],
    ['a starter that is right', { 'starter/main.py': 'print(2 * int(input()))' }, 'starter', 'starter/', 'must not be'],
    [
      'a wrong answer that is right',
      { 'wrong/wrong_answer/adds/main.py': '# Doubles.\nn = int(input())\nprint(n + n)' },
      'wrong answer',
      'wrong/wrong_answer/adds/',
      "don't tell it from the reference",
    ],
    [
      'a wrong answer with another verdict',
      { 'wrong/runtime_error/text/main.py': '# Prints.\nprint(1)' },
      'wrong answer',
      'wrong/runtime_error/text/',
      'Comes to wrong_answer; change it, or move it to wrong/wrong_answer/.',
    ],
    [
      'a wrong answer that does not say why',
      { 'wrong/wrong_answer/adds/main.py': 'print(2 + int(input()))' },
      'wrong answer',
      'wrong/wrong_answer/adds/',
      'a comment that says why',
    ],
  ])('with %s is not', async (_, changes: Record<string, string>, what, file, message) => {
    const { failures } = await prove(changes)
    expect(failures.map((failure) => [failure.what, failure.file])).toEqual([[what as 'reference', file]])
    expect(failures[0]?.message).toContain(message)
  })

  test('whose starter would bring a part of the points is not', async () => {
    const starter = { 'starter/main.py': 'print(int(input()) + 3)\n' }
    expect((await prove(starter)).failures).toEqual([])
    const weighed = (weights: string) => `language: python\ngrading: { compare: io, weights: ${weights} }`
    const { failures } = await prove(starter, weighed('{ "*": 1 }'))
    expect(failures).toMatchObject([{ what: 'starter', file: 'starter/' }])
    expect(failures[0]?.message).toContain(
      'It counts 50 % of the points. Give what it gets right the weight 0: sample/1.',
    )
    expect((await prove(starter, weighed('{ "sample/*": 0 }'))).failures).toEqual([])
  })

  test('with a weight that nothing has is not', async () => {
    const lines = 'language: python\ngrading: { compare: io, weights: { "secret/*": 2, "secret/9": 3 } }'
    const { failures } = await prove({}, lines)
    expect(failures).toMatchObject([{ what: 'reference', file: 'exercise.yaml', key: 'grading.weights.secret/9' }])
  })

  test('whose reference is right by chance only is found out', async () => {
    const lines = 'language: python\ngrading: { compare: tests }'
    const chance = 'import os\ndef f(): return os.urandom(8)\n'
    const exercise = exerciseOf(lines, {
      'solution/main.py': chance,
      'tests/hidden/test_it.py': `import unittest, os\nfrom main import f\nclass T(unittest.TestCase):\n    pass\nfor n in range(3):\n    setattr(T, "test_" + os.urandom(8).hex(), lambda self: None)\n`,
    })
    const { failures } = await proveCode({ grader: bench.grader, problem: null }, exercise)
    expect(failures).toMatchObject([{ file: 'solution/' }])
  })

  test('with nothing hidden, and few wrong answers, gets a note', async () => {
    const { failures, notes } = await proveCode(
      { grader: bench.grader, problem: null },
      exerciseOf('language: python\ngrading: { compare: io }', {
        'solution/main.py': sound['solution/main.py'],
        'data/sample/1.in': '3\n',
        'data/sample/1.ans': '6\n',
      }),
    )
    expect(failures).toEqual([])
    expect(notes).toEqual(['Fewer than two wrong answers.', 'There is no secret case.'])
  })

  test('is told with the number of its tests, those that are not shown too', async () => {
    const { judged } = await proveCode(
      { grader: bench.grader, problem: null },
      exerciseOf('language: python\ngrading: { compare: tests }', {
        'solution/main.py': 'def f(): return 1\n',
        'tests/visible/test_a.py':
          'import unittest, main\nclass A(unittest.TestCase):\n    def test_a(self): self.assertEqual(main.f(), 1)\n',
        'tests/hidden/test_b.py':
          'import unittest, main\nclass B(unittest.TestCase):\n    def test_b(self): self.assertEqual(main.f(), 1)\n    def test_c(self): self.assertEqual(main.f(), 1)\n',
      }),
    )
    expect(judged).toEqual({ compare: 'tests', visible: 1, hidden: 2 })
  })

  test('that needs what is not here is not proven, and that is said', async () => {
    const { failures, unproven } = await prove(
      {},
      'language: python\nneeds: [no_such_module]\ngrading: { compare: io }',
    )
    expect(failures).toEqual([])
    expect(unproven).toStartWith('This exercise needs the module no_such_module of Python')
  })
})

test.if(canRunCode)('a language that nobody knows is a failure', async () => {
  const { failures } = await prove({}, 'language: cobol\ngrading: { compare: io }')
  expect(failures).toMatchObject([{ file: 'exercise.yaml' }])
})

test('where no program can be run at all, that is a failure and not a proof', async () => {
  const exercise = exerciseOf('language: python\ngrading: { compare: io }', sound)
  const problem = 'bubblewrap is not installed.'
  await expect(proveCode({ grader: bench.grader, problem }, exercise)).rejects.toThrow(problem)
})
