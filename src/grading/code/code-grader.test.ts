import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { encodeAnswer } from '../../catalog/answer-files.ts'
import type { CodeBench } from './test-code.ts'
import { answerOf, canRunCode, exerciseOf, openBench } from './test-code.ts'

setDefaultTimeout(240_000)

let bench: CodeBench

beforeAll(async () => {
  bench = await openBench()
})

afterAll(async () => await bench.stop())

const personId = 'somebody'
const decoder = new TextDecoder()

const cases = {
  'data/sample/1.in': '2\n',
  'data/sample/1.ans': '4\n',
  'data/secret/1.in': '5\n',
  'data/secret/1.ans': '10\n',
  'data/secret/large/1.in': '86420173\n',
  'data/secret/large/1.ans': '172840346\n',
}

/** An exercise that is about doubling a number. */
function double(lines = 'grading: { compare: io }', files: Record<string, string> = {}) {
  return exerciseOf(`language: python\n${lines}`, {
    'solution/main.py': 'print(2 * int(input()))\n',
    ...cases,
    ...files,
  })
}

async function grade(exercise: ReturnType<typeof exerciseOf>, program: string) {
  return await bench.grader.grade({ exercise, answer: answerOf(exercise.entry, program), personId })
}

describe.if(canRunCode)('grading by output', () => {
  test('accepts what prints the right output for every case', async () => {
    const { kind, summary, code } = await grade(double(), 'print(2 * int(input()))')
    expect({ kind, summary }).toEqual({ kind: 'accepted', summary: 'Passed. All 3 cases are right.' })
    expect(code.items.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['sample 1', 'passed'],
      ['hidden 1', 'passed'],
      ['large 1', 'passed'],
    ])
    expect(code.score).toBe(1)
    for (const { durationMs, memoryBytes } of code.items) {
      expect(durationMs).toBeGreaterThan(0)
      expect(memoryBytes).toBeGreaterThan(0)
    }
  })

  test('shows input, expected and given of sample cases, and nothing of the others', async () => {
    const { kind, summary, code } = await grade(
      double(),
      'import sys\nprint(3)\nprint("secret", input(), file=sys.stderr)',
    )
    expect(kind).toBe('wrong_answer')
    expect(summary).toBe('Not yet: sample 1: Line 1 has “3”, and “4” is expected.')
    const [sample, ...secret] = code.items
    expect(sample).toMatchObject({ input: '2\n', expected: '4\n', actual: '3\n', output: 'secret 2\n' })
    for (const item of secret)
      expect(item).toMatchObject({ input: null, expected: null, actual: null, output: null, message: null })
    expect(JSON.stringify(secret)).not.toContain('172840346')
  })

  test('says nothing of a secret case that a program might tell', async () => {
    const spy = 'n = input()\nif len(n) > 2: raise ValueError(f"it is {n}")\nprint(2 * int(n))'
    const { kind, summary, code } = await grade(double(), spy)
    expect(kind).toBe('runtime_error')
    expect(summary).toBe('It did not run to its end in hidden case large 1: it ended with an error.')
    expect(JSON.stringify(code)).not.toContain('86420173')
  })

  test.each([
    ['time_limit', 'limits: { cpu_seconds: 0.5, seconds: 60 }', 'while True: pass', 'stopped after 0.5 s of computing'],
    ['memory_limit', 'limits: { memory_mb: 64 }', 'x = "y" * (1 << 28)', 'more than 64 MB of memory'],
    ['output_limit', 'limits: { output_kb: 16 }', 'while True: print("x" * 1000)', 'more than 16 KB of output'],
    ['runtime_error', '', 'raise ValueError("no")', 'ValueError: no'],
    ['runtime_error', '', 'import os; os._exit(3)', 'exit code 3'],
    ['runtime_error', '', 'import os; os.kill(os.getpid(), 11)', 'SIGSEGV'],
    ['compile_error', '', 'print(', "'(' was never closed"],
  ])('says %s and why', async (kind, limits, program, words) => {
    const verdict = await grade(double(`${limits}\ngrading: { compare: io }`), program)
    expect(verdict.kind).toBe(kind as typeof verdict.kind)
    expect(verdict.summary).toContain(words)
  })

  test('begins no further case once one is too slow, unless parts of the points are given', async () => {
    const slow = 'n = int(input())\nwhile n > 10: pass\nprint(2 * n)'
    const limits = 'limits: { cpu_seconds: 0.5, seconds: 60 }\n'
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        [`data/secret/z${index + 10}.in`, '3\n'],
        [`data/secret/z${index + 10}.ans`, '6\n'],
      ]).flat(),
    )
    const files = { ...many, 'data/sample/2.in': '50\n', 'data/sample/2.ans': '100\n' }
    const plain = await grade(double(`${limits}grading: { compare: io }`, files), 'while True: pass')
    expect(plain.kind).toBe('time_limit')
    expect(plain.code.items.filter(({ outcome }) => outcome === 'not_run').length).toBeGreaterThan(5)
    const weights = 'weights: { "secret/large/*": 0, "sample/*": 1 }'
    const weighed = await grade(double(`${limits}grading: { compare: io, ${weights} }`, files), slow)
    expect(weighed.kind).toBe('time_limit')
    expect(weighed.code.items.some(({ outcome }) => outcome === 'not_run')).toBe(false)
    expect(weighed.code.score).toBeCloseTo(14 / 15)
  })

  test('gives the points of a group that counts as a whole to those who have all of it', async () => {
    const exercise = exerciseOf(
      'language: python\ngrading: { compare: io, weights: { "secret/a/*": 2, "secret/b/*": 3 }, whole: ["secret/a/*"] }',
      {
        'solution/main.py': 'print(2 * int(input()))\n',
        'data/secret/a/1.in': '1\n',
        'data/secret/a/1.ans': '2\n',
        'data/secret/a/2.in': '2\n',
        'data/secret/a/2.ans': '4\n',
        'data/secret/b/1.in': '2\n',
        'data/secret/b/1.ans': '4\n',
        'data/secret/b/2.in': '3\n',
        'data/secret/b/2.ans': '6\n',
      },
    )
    const score = async (program: string) => {
      const answer = answerOf('main.py', program)
      return (await bench.grader.grade({ exercise, answer, personId: 'somebody' })).code.score
    }
    expect(await score('print(2 * int(input()))')).toBe(1)
    expect(await score('print(2 + int(input()))')).toBe(0.3)
    expect(await score('n = int(input())\nprint(n + n if n < 3 else 0)')).toBe(0.7)
  })

  test('takes numbers that are a little off where the exercise says so', async () => {
    const files = { 'data/secret/1.ans': '10.0000001\n' }
    expect((await grade(double('grading: { compare: io, match: float }', files), 'print(2 * int(input()))')).kind).toBe(
      'wrong_answer',
    )
    const tolerant = double('grading: { compare: io, match: float, tolerance: 0.001 }', files)
    expect((await grade(tolerant, 'print(2.0 * int(input()))')).kind).toBe('accepted')
    expect((await grade(double(), 'print(2.0 * int(input()))')).kind).toBe('wrong_answer')
  })

  test('asks a checker, whose words are shown with sample cases only', async () => {
    const checker =
      'import sys\nn = int(open(sys.argv[1]).read())\nm = int(sys.stdin.read())\nprint("not", n)\nsys.exit(42 if m > n else 43)'
    const exercise = double('grading: { compare: io, match: checker }', { 'check/check.py': checker })
    expect((await grade(exercise, 'print(10**9)')).kind).toBe('accepted')
    const { code } = await grade(exercise, 'print(1)')
    expect(code.items.map(({ outcome, message }) => [outcome, message])).toEqual([
      ['failed', 'not 2'],
      ['failed', null],
      ['failed', null],
    ])
  })

  test('takes output that breaks a checker for wrong, where the checker goes on with what is right', async () => {
    const checker = 'import sys\nm = int(sys.stdin.read())\nsys.exit(42 if m > 0 else 43)'
    const exercise = double('grading: { compare: io, match: checker }', { 'check/check.py': checker })
    for (const output of ['b"\\xff\\xfe\\x00"', 'b""', 'b"words"', 'b"9" * 5000', 'b"\\n" * 500000']) {
      const { kind, code } = await grade(exercise, `import sys\nsys.stdout.buffer.write(${output})`)
      expect([kind, code.items[0]?.message]).toEqual([
        'wrong_answer',
        'The program that judges could make nothing of this output.',
      ])
      expect(code.items.slice(1).map(({ message }) => message)).toEqual([null, null])
    }
  })

  test('blames a checker that breaks on the exercise, not on the answer', async () => {
    const exercise = double('grading: { compare: io, match: checker }', { 'check/check.py': 'open("gone")' })
    await expect(grade(exercise, 'print(1)')).rejects.toThrow('The checker broke')
  })

  test('compiles once, and says what the compiler says', async () => {
    const solution = '#include <stdio.h>\nint main(void) { long n; scanf("%ld", &n); printf("%ld\\n", 2 * n); }\n'
    const exercise = exerciseOf('language: c\ngrading: { compare: io }', { 'solution/main.c': solution, ...cases })
    if ((await bench.grader.problemOf(exercise)) !== null) return
    expect((await grade(exercise, solution)).kind).toBe('accepted')
    const broken = await grade(exercise, 'int main(void) { return x; }')
    expect(broken.kind).toBe('compile_error')
    expect(broken.summary).toContain('undeclared')
    expect(broken.code.items).toEqual([])
  })
})

test.if(canRunCode)('a compiler tells nothing of files that are hidden', async () => {
  const solution =
    '#include <stdio.h>\n#if __has_include("key.h")\n#include "key.h"\n#endif\nint main(void) { puts("1"); }\n'
  const lines = 'language: c\nfiles: { hidden: [key.h] }\ngrading: { compare: io }'
  const exercise = exerciseOf(lines, {
    'starter/key.h': '#define KEY 86420173\n',
    'starter/main.c': '',
    'solution/main.c': solution,
    'data/sample/1.in': '',
    'data/sample/1.ans': '1',
  })
  if ((await bench.grader.problemOf(exercise)) !== null) return
  expect((await grade(exercise, solution)).kind).toBe('accepted')
  const spy = solution.replace(
    'int main',
    '#ifdef KEY\n_Static_assert(KEY == 1, "no");\nint key[-KEY];\n#endif\nint main',
  )
  const verdict = await grade(exercise, spy)
  expect(verdict.kind).toBe('compile_error')
  expect(JSON.stringify(verdict)).not.toContain('86420173')
})

describe.if(canRunCode)('an interactive exercise', () => {
  const interactor = [
    'import sys',
    'n = int(open(sys.argv[1]).read())',
    'print(n, flush=True)',
    'said = sys.stdin.readline()',
    'print("bye", flush=True)',
    'sys.exit(42 if said.strip() == str(2 * n) else 43)',
  ].join('\n')
  const exercise = (lines: string) =>
    double(`${lines}grading: { compare: io, match: interactive }`, { 'check/check.py': interactor })

  test.each([
    ['accepted', 'print(2 * int(input()), flush=True)\ninput()'],
    ['wrong_answer', 'print(3 * int(input()), flush=True)\ninput()'],
    ['wrong_answer', 'input()'],
    ['runtime_error', 'int("x")'],
  ])('comes to %s with %j', async (kind, program) => {
    const verdict = await grade(exercise(''), program)
    expect(verdict.kind).toBe(kind as typeof verdict.kind)
  })

  test('whose answer ends too early is wrong, and no mistake of the author, also where the interactor breaks for that', async () => {
    const impatient = 'import sys\nprint(1, flush=True)\nint(input())\nint(input())\n'
    const given = double('grading: { compare: io, match: interactive }', { 'check/check.py': impatient })
    const { kind, code } = await grade(given, 'input()\nprint(2)')
    expect(kind).toBe('wrong_answer')
    expect(code.items[0]?.message).toContain('still waited for a word')
  })

  test('in which both wait for each other ends by the clock, and it is the answer that was too slow', async () => {
    const { kind } = await grade(exercise('limits: { seconds: 2, cpu_seconds: 2 }\n'), 'input()\ninput()')
    expect(kind).toBe('time_limit')
  })
})

describe.if(canRunCode)('grading by tests', () => {
  const test_ = (name: string, expected: string) =>
    `import unittest\nfrom main import double\nclass ${name}(unittest.TestCase):\n    def test_it(self):\n        """Doubles."""\n        self.assertEqual(double(${expected.split(' ')[0]}), ${expected.split(' ')[1]})\n`
  const exercise = () =>
    exerciseOf('language: python\ngrading: { compare: tests, weights: { "Two.*": 3 } }', {
      'solution/main.py': 'def double(n):\n    return 2 * n\n',
      'tests/visible/test_one.py': test_('One', '1 2'),
      'tests/hidden/test_two.py': test_('Two', '7919 15838'),
    })

  test('shows expected, given and output of visible tests; of hidden ones what their author says', async () => {
    const { kind, code } = await grade(exercise(), 'def double(n):\n    print("n is", n)\n    return n\n')
    expect(kind).toBe('wrong_answer')
    expect(code.items).toMatchObject([
      { name: 'One.test_it', isVisible: true, outcome: 'failed', expected: '2', actual: '1', output: 'n is 1\n' },
      { name: 'Two.test_it', isVisible: false, outcome: 'failed', expected: null, actual: null, output: null },
    ])
    expect(code.items[1]?.message).toBe('Doubles. The result is another one.')
  })

  test('lets no answer tell what is in the hidden tests', async () => {
    const spies = [
      'def double(n):\n    raise ValueError(open("test_two.py").read())',
      'def double(n):\n    return open("test_two.py").read()',
      'def double(n):\n    print(open("test_two.py").read())',
      'import os\nif os.path.exists("test_two.py"): raise SyntaxError(open("test_two.py").read())\ndef double(n): return n',
      'import os, sys\nif os.path.exists("test_two.py"): sys.exit(open("test_two.py").read())\ndef double(n): return n',
      'def double(n):\n    raise type(open("test_two.py").read(), (Exception,), {})',
    ]
    for (const spy of spies) {
      const verdict = await grade(exercise(), spy)
      expect(verdict.kind).not.toBe('accepted')
      expect(JSON.stringify(verdict)).not.toContain('7919')
    }
  })

  test('says where the answer broke', async () => {
    const { kind, code } = await grade(
      exercise(),
      'def double(n):\n    return helper(n)\n\ndef helper(n):\n    return n["x"]\n',
    )
    expect(kind).toBe('runtime_error')
    expect(code.items[0]).toMatchObject({ outcome: 'runtime_error', place: { path: 'main.py', line: 5 } })
    expect(code.items[0]?.message).toContain('TypeError')
  })

  test('weighs tests by name', async () => {
    expect((await grade(exercise(), 'def double(n):\n    return 2 * n if n > 5 else 0')).code.score).toBe(0.75)
  })

  test('runs visible tests alone, and hidden ones are nowhere then', async () => {
    const program = 'import os\ndef double(n):\n    print(sorted(os.listdir(".")))\n    return 2 * n'
    const results = await bench.grader.runVisible({
      exercise: exercise(),
      answer: answerOf('main.py', program),
      personId,
    })
    expect(results?.items.map(({ name }) => name)).toEqual(['One.test_it'])
    expect(JSON.stringify(results)).not.toContain('test_two')
  })
})

describe.if(canRunCode)('grading by checks', () => {
  const script = [
    'check() { local name=$1; shift; if "$@"; then echo "ok $name" >&3; else echo "not ok $name # look again" >&3; fi }',
    'check "a is there" [ -f a ]',
    'check "it said hello" [ "$(cat "$RUN/stdout")" = hello ]',
  ].join('\n')
  const exercise = () =>
    exerciseOf('language: bash\ngrading: { compare: checks }', {
      'solution/main.sh': 'echo hello; touch a\n',
      'check/check.sh': script,
    })

  test('looks at what is left, and at what was said', async () => {
    const right = await grade(exercise(), 'touch a; echo hello')
    expect([right.kind, right.code.output]).toEqual(['accepted', 'hello\n'])
    const wrong = await grade(exercise(), 'echo hello; exit 7')
    expect([wrong.kind, wrong.isNearly]).toEqual(['wrong_answer', true])
    expect(wrong.code.items).toMatchObject([
      { name: 'a is there', outcome: 'failed', message: 'look again' },
      { name: 'it said hello', outcome: 'passed' },
    ])
  })

  test.each([
    'echo "ok a is there" >&3; echo "ok it said hello" >&3',
    'mkdir -p .check-0; echo "exit 0" > .check-0/check.sh; echo "exit 0" > check.sh',
    'for i in /proc/*/fd/3; do echo "ok a is there" > $i; done 2> /dev/null',
    'ln -s /etc/passwd a/b; mkfifo b',
    'echo "touch a" > .bashrc; echo "touch a" > .profile; echo "touch a" > .bash_profile',
  ])('is not taken in by %j', async (program) => {
    expect((await grade(exercise(), program)).kind).toBe('wrong_answer')
  })
})

describe.if(canRunCode)('running', () => {
  test('takes input of one’s own and tells output as it comes', async () => {
    const pieces: string[] = []
    const run = await bench.grader.runProgram({
      exercise: double(),
      answer: answerOf('main.py', 'import sys\nprint(input())\nprint("why", file=sys.stderr)'),
      personId,
      stdin: Buffer.from('hello\n'),
      onOutput: (stream, bytes) => pieces.push(`${stream}: ${decoder.decode(bytes)}`),
    })
    expect(run).toMatchObject({ problem: null, limit: null, compiler: null })
    expect(decoder.decode(run.result.stdout)).toBe('hello\n')
    expect(pieces.sort()).toEqual(['stderr: why\n', 'stdout: hello\n'])
  })

  test('ends when it is called off', async () => {
    const controller = new AbortController()
    const run = bench.grader.runProgram({
      exercise: double(),
      answer: answerOf('main.py', 'print(1, flush=True)\nwhile True: pass'),
      personId,
      stdin: new Uint8Array(),
      signal: controller.signal,
      onOutput: () => controller.abort(),
    })
    await expect(run).rejects.toThrow('called off')
  })

  test('has files that are only read; those that are hidden are there only where nobody sees the output', async () => {
    const lines = 'language: python\nfiles: { read: [data.txt], hidden: [key.txt] }\ngrading: { compare: io }'
    const exercise = exerciseOf(lines, {
      'starter/data.txt': '2',
      'starter/key.txt': '7',
      'starter/main.py': '',
      'solution/main.py': 'print(open("data.txt").read())',
      'data/sample/1.in': '',
      'data/sample/1.ans': 'data.txt main.py',
      'data/secret/1.in': '',
      'data/secret/1.ans': 'data.txt key.txt main.py',
    })
    const list = answerOf('main.py', 'import os\nprint(*sorted(os.listdir(".")))')
    const run = await bench.grader.runProgram({ exercise, answer: list, personId, stdin: new Uint8Array() })
    expect(decoder.decode(run.result.stdout)).toBe('data.txt main.py\n')
    const { kind } = await bench.grader.grade({ exercise, answer: list, personId })
    expect(kind).toBe('accepted')
  })

  test('refuses what is no answer, and what this machine does not have', async () => {
    const exercise = double()
    const refused = bench.grader.grade({ exercise, answer: encodeAnswer([['../x', '']]), personId })
    await expect(refused).rejects.toThrow('has an empty part, . or .. in it')
    const missing = exerciseOf('language: python\nneeds: [no_such_module]\ngrading: { compare: io }', {
      'solution/main.py': '',
      ...cases,
    })
    expect(await bench.grader.problemOf(missing)).toContain('no_such_module')
    await expect(grade(missing, '')).rejects.toThrow('no_such_module')
  })
})
