/**
 * What was ended at a limit is told by that limit, however the program or its framework takes it: with real programs, in
 * each way of grading.
 */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import type { CodeExercise } from '../../catalog/code-exercise.ts'
import { answerOf, type CodeBench, canRunCode, exerciseOf, openBench } from './test-code.ts'

setDefaultTimeout(240_000)

let bench: CodeBench

beforeAll(async () => {
  bench = await openBench()
})

afterAll(async () => await bench.stop())

async function grade(exercise: CodeExercise, program: string): Promise<[string, string | null]> {
  const answer = answerOf(exercise.entry, program)
  const { kind, code } = await bench.grader.grade({ exercise, answer, personId: 'somebody' })
  return [kind, code.limit?.name ?? null]
}

const limits = 'limits: { cpu_seconds: 0.5, seconds: 60, memory_mb: 64, file_mb: 1 }'
const burning = 'import subprocess, sys\nsubprocess.run([sys.executable, "-c", "while True: pass"])\n'
/** Each is run in a child too, of whose end its parent makes what it likes. */
const ends: [name: string, program: string, verdict: string, limit: string | null][] = [
  ['computes for too long', 'while True: pass\n', 'time_limit', 'cpuMs'],
  ['has a child that computes for too long', burning, 'time_limit', 'cpuMs'],
  ['takes too much memory', 'a = bytearray(10**9)\n', 'memory_limit', 'memoryBytesMax'],
  ['writes too large a file', 'open("a", "wb").write(bytes(2 * 10**6))\n', 'output_limit', 'fileBytesMax'],
  ['ends with an error of its own', 'raise ValueError("out of memory")\n', 'runtime_error', null],
  ['kills itself', 'import os\nos.kill(os.getpid(), 9)\n', 'runtime_error', null],
]

const io = () =>
  exerciseOf(`language: python\n${limits}\ngrading: { compare: io }`, {
    'solution/main.py': 'print(1)\n',
    'data/sample/1.in': '',
    'data/sample/1.ans': '1\n',
  })

const interactive = () =>
  exerciseOf(`language: python\n${limits}\ngrading: { compare: io, match: interactive }`, {
    'solution/main.py': 'print(1, flush=True)\n',
    'check/check.py': 'import sys\nsys.exit(42 if input() == "1" else 43)\n',
    'data/sample/1.in': '',
  })

const tests = (framework: string) =>
  exerciseOf(`language: python\n${limits}\ngrading: { compare: tests, framework: ${framework} }`, {
    'solution/main.py': 'def f(): return 1\n',
    'tests/hidden/test_f.py':
      'import unittest\nfrom main import f\nclass F(unittest.TestCase):\n    def test_f(self): self.assertEqual(f(), 1)\n',
  })

const checks = () =>
  exerciseOf(`language: python\n${limits}\ngrading: { compare: checks }`, {
    'solution/main.py': 'open("made", "w").close()\n',
    'check/check.py': 'import os\nos.write(3, b"ok made\\n" if os.path.exists("made") else b"not ok made\\n")\n',
  })

const inFunction = (program: string) => `def f():\n${program.replace(/^(?=.)/gm, '    ')}`

describe.if(canRunCode).each(ends)('an answer that %s', (_, program, verdict, limit) => {
  test('is told so with io', async () => {
    // Of its own words it may be believed there: all that they name is the reason of a failure.
    const isSaid = program.includes('out of memory')
    expect(await grade(io(), program)).toEqual(isSaid ? ['memory_limit', 'memoryBytesMax'] : [verdict, limit])
  })

  test('is told so with match: interactive', async () => {
    const isSaid = program.includes('out of memory')
    expect(await grade(interactive(), program)).toEqual(isSaid ? ['memory_limit', 'memoryBytesMax'] : [verdict, limit])
  })

  test.each(['unittest', 'pytest'])('is told so with %s, in a test and on loading', async (framework) => {
    const exercise = tests(framework)
    const told = await Promise.all([grade(exercise, inFunction(program)), grade(exercise, program)])
    expect(told).toEqual([
      [verdict, limit],
      [verdict, limit],
    ])
  })

  test('is told so with checks', async () => {
    const isSaid = program.includes('out of memory')
    const isOwn = limit === null && !program.includes('kill')
    const told = await grade(checks(), program)
    // What an answer ended with does not count there: what it left does.
    expect(told).toEqual(
      isSaid ? ['memory_limit', 'memoryBytesMax'] : isOwn ? ['wrong_answer', null] : [verdict, limit],
    )
  })
})

const scripts: [name: string, body: string, verdict: string, limit: string | null][] = [
  ['computes for too long', 'for (;;);', 'time_limit', 'cpuMs'],
  [
    'has a child that computes for too long',
    "require('node:child_process').spawnSync(process.execPath, ['-e', 'for (;;);'])",
    'time_limit',
    'cpuMs',
  ],
  [
    'takes too much memory',
    'const all = []; for (;;) all.push(new Uint8Array(10_000_000).fill(1))',
    'memory_limit',
    'memoryBytesMax',
  ],
]

describe.if(canRunCode).each([
  ['javascript', 'node:test', 'main.cjs', 'it.test.cjs'],
  ['typescript', 'bun test', 'main.ts', 'it.test.ts'],
] as const)('in %s with %s', (language, framework, entry, file) => {
  test.each(scripts)('an answer that %s is told so', async (_, body, verdict, limit) => {
    const cpuSeconds = verdict === 'time_limit' ? 1 : 30
    const scriptLimits = `limits: { cpu_seconds: ${cpuSeconds}, seconds: 90, memory_mb: 400 }`
    const exercise = exerciseOf(
      `language: ${language}\n${scriptLimits}\ngrading: { compare: tests, framework: "${framework}" }`,
      {
        [`solution/${entry}`]: 'module.exports.f = () => 1\n',
        [`tests/hidden/${file}`]:
          `const { test } = require('${framework === 'bun test' ? 'bun:test' : framework}')\nconst assert = require('node:assert')\nconst { f } = require('./main')\ntest('f', () => assert.strictEqual(f(), 1))\n`.replace(
            "'./main'",
            `'./${entry}'`,
          ),
      },
    )
    expect(await grade(exercise, `module.exports.f = () => {\n  ${body}\n}\n`)).toEqual([verdict, limit])
  })
})
