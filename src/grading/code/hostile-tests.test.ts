/**
 * Answers that want to pass without being right. Each earns nothing: the verdict is another than accepted, and no test
 * that the answer does not pass is said to have passed.
 */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import type { CodeExercise } from '../../catalog/code-exercise.ts'
import type { CodeBench } from './test-code.ts'
import { answerOf, canRunCode, exerciseOf, openBench } from './test-code.ts'

setDefaultTimeout(240_000)

let bench: CodeBench

beforeAll(async () => {
  bench = await openBench()
})

afterAll(async () => await bench.stop())

async function attack(exercise: CodeExercise, program: string) {
  const answer = answerOf(exercise.entry, program)
  const verdict = await bench.grader.grade({ exercise, answer, personId: 'somebody' })
  const passed = verdict.code.items.filter(({ outcome }) => outcome === 'passed').map(({ name }) => name)
  return { kind: verdict.kind, passed, score: verdict.code.score, verdict }
}

/** What every attack here comes to, whatever else it is called. */
function expectNothing({ kind, passed, score, verdict }: Awaited<ReturnType<typeof attack>>) {
  if (kind === 'accepted' || passed.length > 0) console.error(JSON.stringify(verdict.code.items, null, 1))
  expect(kind).not.toBe('accepted')
  expect(kind).not.toBe('internal_error')
  expect({ passed, score }).toEqual({ passed: [], score: 0 })
}

const pythonAttacks: Record<string, string> = {
  'ends itself on loading': 'import os; os._exit(0)',
  'ends itself politely': 'import sys; sys.exit(0)',
  'ends itself in a test': 'import os\ndef f(n): os._exit(0)',
  'raises SystemExit in a test': 'def f(n): raise SystemExit(0)',
  'replaces itself by a program that succeeds': 'import os; os.execv("/bin/true", ["true"])',
  'kills its parent': 'import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\ndef f(n): return 0',
  'kills everything': 'import os, signal\ntry: os.kill(-1, signal.SIGKILL)\nexcept OSError: pass\ndef f(n): return 0',
  'writes results to the channel': `
import os, json
for n, m in enumerate([{"kind": "hello"}, {"kind": "control", "isFailed": True}, {"kind": "test", "name": "T.test_one", "outcome": "passed"}, {"kind": "test", "name": "T.test_two", "outcome": "passed"}, {"kind": "control", "isFailed": True}, {"kind": "end", "count": 5}]):
    os.write(3, ("0" * 64 + " " + json.dumps(m) + "\\n").encode())
os._exit(0)`,
  'reads what the runner was told': `
import sys, os
told = sys.stdin.read() + open("/proc/self/environ").read() if False else sys.stdin.read()
def f(n): return told`,
  'looks for the key in files and arguments': `
import glob
found = "".join(open(path, errors="replace").read() for path in glob.glob("/work/**/*", recursive=True, include_hidden=True) if path.endswith((".json", ".key", ".txt")))
def f(n): return found`,
  'reads its own memory': `
try:
    memory = open("/proc/self/mem", "rb")
    maps = open("/proc/self/maps").read()
except OSError: pass
def f(n): return 0`,
  'asks the collector for everything': 'import gc\ndef f(n): return [o for o in gc.get_objects()]',
  'finds the runner in __main__':
    'import __main__\ndef f(n):\n    __main__.send({"kind": "test", "name": "T.test_one", "outcome": "passed"})',
  'patches assertEqual': 'import unittest\nunittest.TestCase.assertEqual = lambda *given: None\ndef f(n): return 0',
  'patches every assertion': `
import unittest
for name in dir(unittest.TestCase):
    if name.startswith(("assert", "fail")): setattr(unittest.TestCase, name, lambda *given, **named: None)
def f(n): return 0`,
  'patches the result': 'import unittest\nunittest.TestResult.addFailure = lambda *given: None\ndef f(n): return 0',
  'patches the run of a test': `
import unittest
def run(self, result=None):
    result.startTest(self); result.addSuccess(self); result.stopTest(self)
unittest.TestCase.run = run
def f(n): return 0`,
  'patches the loader': `
import unittest
class T(unittest.TestCase):
    def test_one(self): pass
    def test_two(self): pass
unittest.defaultTestLoader.loadTestsFromModule = lambda module: unittest.TestSuite([T("test_one"), T("test_two")])
unittest.TestLoader.loadTestsFromModule = lambda self, module: unittest.TestSuite([T("test_one"), T("test_two")])
def f(n): return 0`,
  'replaces the tests when the first one runs': `
import unittest
def f(n):
    for kind in unittest.TestCase.__subclasses__():
        for name in list(vars(kind)):
            if name.startswith("test"): setattr(kind, name, lambda self: None)
    raise AssertionError`,
  'replaces the code of the tests': `
import unittest
def f(n):
    for kind in unittest.TestCase.__subclasses__():
        for name, value in list(vars(kind).items()):
            if name.startswith("test"): value.__code__ = (lambda self: None).__code__
    raise AssertionError`,
  'patches what Python has built in': `
import builtins
builtins.all = lambda *given: True
builtins.isinstance = lambda *given: True
builtins.issubclass = lambda *given: True
def f(n): return 0`,
  'traces the assertions': `
import sys
def trace(frame, event, arg):
    if "first" in frame.f_locals: frame.f_locals["first"] = frame.f_locals.get("second")
    return trace
try: sys.settrace(trace)
except Exception: pass
def f(n): return 0`,
  'returns an object that equals everything':
    'class Any:\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\ndef f(n): return Any()',
  'returns a number that equals everything':
    'class Any(int):\n    def __eq__(self, other): return True\n    def __hash__(self): return 0\ndef f(n): return Any()',
  'returns ANY of unittest.mock': 'from unittest.mock import ANY\ndef f(n): return ANY',
  'returns what equals everything by its class':
    'class Meta(type):\n    def __eq__(self, other): return True\n    def __hash__(self): return 1\nclass Any(metaclass=Meta): pass\ndef f(n): return Any',
  'claims to be a number':
    'class Any:\n    __class__ = int\n    def __eq__(self, other): return True\n    def __sub__(self, other): return 0\ndef f(n): return Any()',
  'forks, so that one of both reports': 'import os\nos.fork()\ndef f(n): return 0',
  'goes on after the end': `
import os, threading, time
def late():
    time.sleep(0.2)
    os.write(3, b"x\\n")
threading.Thread(target=late, daemon=True).start()
def f(n): return 0`,
  'shadows the modules of the runner':
    'def f(n): return 0\nopen("hmac.py", "w").write("def new(*a, **k): raise SystemExit")\nopen("unittest.py", "w").write("")',
}

const pythonTests = (body: [string, string]) =>
  `import unittest\nfrom main import f\nclass T(unittest.TestCase):\n    def test_one(self):\n        ${body[0]}\n    def test_two(self):\n        ${body[1]}\n`

describe.if(canRunCode).each(['unittest', 'pytest'])('with %s, an answer that', (framework) => {
  const exercise = () =>
    exerciseOf(`language: python\ngrading: { compare: tests, framework: ${framework} }`, {
      'solution/main.py': 'def f(n):\n    return n + 1\n',
      'tests/hidden/test_it.py': pythonTests(['self.assertEqual(f(41), 42)', 'self.assertEqual(f(1), 2)']),
    })
  // pytest is not everywhere.
  const isHere = async () => (await bench.grader.problemOf(exercise())) === null

  test('is right passes', async () => {
    if (!(await isHere())) return
    expect(await attack(exercise(), 'def f(n): return n + 1')).toMatchObject({ kind: 'accepted', score: 1 })
  })

  test.each(Object.entries(pythonAttacks))('%s earns nothing', async (_, program) => {
    if (await isHere()) expectNothing(await attack(exercise(), program))
  })
})

describe.if(canRunCode)('however tests compare, an object that equals everything earns nothing:', () => {
  const anything =
    'class Any:\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\n    def __hash__(self): return hash(42)\n    def __bool__(self): return True\n    def __lt__(self, other): return True\n    __gt__ = __le__ = __ge__ = __lt__\n    def __sub__(self, other): return 0\n    __rsub__ = __sub__\n    def __abs__(self): return 0\n    def __round__(self, *n): return 0\n'
  test.each([
    ['assert f(41) == 42', 'return Any()'],
    ['assert 42 == f(41)', 'return Any()'],
    ['assert not f(41) != 42', 'return Any()'],
    ['self.assertTrue(f(41) == 42)', 'return Any()'],
    ['self.assertEqual(f(41), [42])', 'return [Any()]'],
    ['self.assertEqual(f(41), {"a": (42, 1)})', 'return {"a": (Any(), 1)}'],
    ['self.assertEqual(f(41), {42})', 'return {Any()}'],
    ['self.assertListEqual(f(41), [42])', 'return [Any()]'],
    ['self.assertCountEqual(f(41), [42])', 'return [Any()]'],
    ['self.assertAlmostEqual(f(41), 42)', 'return Any()'],
    ['self.assertIn(f(41), [42, 43])', 'return Any()'],
    ['assert f(41) in (42, 43)', 'return Any()'],
    ['self.assertGreater(f(41), 41)', 'return Any()'],
  ])('%s', async (line, body) => {
    const tests = pythonTests([line, line])
    const right = line.includes('[42]')
      ? '[n + 1]'
      : line.includes('{"a"')
        ? '{"a": (n + 1, 1)}'
        : line.includes('{42}')
          ? '{n + 1}'
          : 'n + 1'
    const exercise = exerciseOf('language: python\ngrading: { compare: tests }', {
      'solution/main.py': `def f(n):\n    return ${right}\n`,
      'tests/hidden/test_it.py': tests,
    })
    expectNothing(await attack(exercise, `${anything}def f(n):\n    ${body}\n`))
  })

  test('but classes that learners are to write are compared as they say', async () => {
    const point =
      'class Point:\n    def __init__(self, x, y): self.x, self.y = x, y\n    def __eq__(self, other): return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)\n'
    const exercise = exerciseOf('language: python\ngrading: { compare: tests }', {
      'solution/main.py': point,
      'tests/hidden/test_it.py':
        'import unittest\nfrom main import Point\nclass T(unittest.TestCase):\n    def test_one(self):\n        self.assertEqual(Point(1, 2), Point(1, 2))\n        self.assertNotEqual(Point(1, 2), Point(2, 1))\n        self.assertEqual([Point(1, 2)], [Point(1, 2)])\n',
    })
    expect((await attack(exercise, point)).kind).toBe('accepted')
  })
})

const scriptAttacks: Record<string, string> = {
  'ends itself on loading': 'process.exit(0)\nexport const f = () => 0',
  'ends itself in a test': 'export const f = () => process.exit(0)',
  'ends itself without a word': 'process.reallyExit(0)\nexport const f = () => 0',
  'sets the exit code':
    'process.exitCode = 0\nprocess.on("exit", () => { process.exitCode = 0 })\nexport const f = () => 0',
  'writes results to the channel': `
import { writeSync } from 'node:fs'
for (const m of [{ kind: 'hello' }, { kind: 'control', isFailed: true }, { kind: 'test', name: 'one', outcome: 'passed' }, { kind: 'test', name: 'two', outcome: 'passed' }, { kind: 'control', isFailed: true }, { kind: 'end', count: 5 }])
  writeSync(3, '0'.repeat(64) + ' ' + JSON.stringify(m) + '\\n')
process.exit(0)
export const f = () => 0`,
  'reads what the runner was told': `
import { readFileSync } from 'node:fs'
let told = ''
try { told = readFileSync(0, 'utf8') } catch {}
export const f = () => told`,
  'loads the runner again': `
import { createRequire } from 'node:module'
const runner = createRequire('/work/main.mjs')('./.podium/script-runner.cjs')
export const f = () => { runner.test('one', () => {}); runner.test('two', () => {}); return 0 }`,
  'registers tests of these names': `
import runner from './.podium/framework.mjs'
const test = runner.test ?? runner
test('one', () => {})
test('two', () => {})
export const f = () => 0`,
  'patches the assertions': `
import assert from 'node:assert'
for (const each of [assert, assert.strict]) for (const name of Object.keys(each)) { try { each[name] = () => {} } catch {} }
export const f = () => 0`,
  'patches apply': `
try { Function.prototype.apply = function () {} } catch {}
try { Function.prototype.call = function () {} } catch {}
try { Reflect.apply = () => {} } catch {}
export const f = () => 0`,
  'patches arrays': `
for (const name of ['findIndex', 'push', 'every', 'some', 'map', 'forEach', Symbol.iterator]) { try { Array.prototype[name] = function () { return true } } catch {} }
export const f = () => 0`,
  'patches promises': `
try { const then = Promise.prototype.then; Promise.prototype.then = function (done) { return then.call(this, done, done) } } catch {}
export const f = () => 0`,
  'patches JSON and writing': `
import fs from 'node:fs'
try { JSON.stringify = (value) => '{"kind":"test","name":"one","outcome":"passed"}' } catch {}
try { fs.writeSync = () => 1000 } catch {}
export const f = () => 0`,
  'returns an object that turns into anything':
    'export const f = () => ({ valueOf: () => 42, toString: () => "42", [Symbol.toPrimitive]: () => 42, equals: () => true, asymmetricMatch: () => true, $$typeof: Symbol.for("jest.asymmetricMatcher") })',
  'returns a proxy':
    'export const f = () => new Proxy(() => 42, { get: () => 42, apply: () => 42, ownKeys: () => [], getPrototypeOf: () => Number.prototype })',
  'kills its parent': 'try { process.kill(process.ppid, "SIGKILL") } catch {}\nexport const f = () => 0',
}

const frameworks = [
  {
    name: 'node:test',
    lines: 'language: javascript\ngrading: { compare: tests, framework: "node:test" }',
    tests: {
      'tests/hidden/it.test.mjs': `import assert from 'node:assert'\nimport { test } from 'node:test'\nimport { f } from './main.mjs'\ntest('one', () => assert.deepEqual(f(41), 42))\ntest('two', () => { assert.strictEqual(f(1), 2) })\n`,
    },
    entry: 'main.mjs',
    more: {
      'patches the framework': `
import test from 'node:test'
import { syncBuiltinESMExports } from 'node:module'
try { test.test = () => {}; test.it = () => {}; test.describe = () => {}; syncBuiltinESMExports() } catch {}
export const f = () => 0`,
    },
  },
  {
    name: 'bun test',
    lines: 'language: typescript\ngrading: { compare: tests, framework: bun test }',
    tests: {
      'tests/hidden/it.test.ts': `import { expect, test } from 'bun:test'\nimport { f } from './main'\ntest('one', () => { expect(f(41)).toEqual(42) })\ntest('two', () => { expect(f(1)).toBe(2) })\n`,
    },
    entry: 'main.ts',
    more: {
      'gives matchers another meaning': `
import { expect } from 'bun:test'
try { expect.extend({ toBe: () => ({ pass: true, message: () => '' }), toEqual: () => ({ pass: true, message: () => '' }) }) } catch {}
export const f = () => 0`,
      'returns what matches anything': `import { expect } from 'bun:test'\nexport const f = () => expect.anything()`,
      'replaces the modules of the tests': `
import { mock } from 'bun:test'
try { mock.module('bun:test', () => ({ test: () => {}, expect: () => ({ toBe() {}, toEqual() {} }) })) } catch {}
export const f = () => 0`,
      'hooks into every test': `
import { afterEach, beforeEach } from 'bun:test'
try { beforeEach(() => { throw new Error('skip') }) } catch {}
export const f = () => 0`,
    },
  },
]

describe.if(canRunCode).each(frameworks)('with $name, an answer that', ({ lines, tests, entry, more }) => {
  const exercise = () => exerciseOf(lines, { [`solution/${entry}`]: 'export const f = (n) => n + 1\n', ...tests })

  test('is right passes', async () => {
    expect(await attack(exercise(), 'export const f = (n) => n + 1\n')).toMatchObject({ kind: 'accepted', score: 1 })
  })

  test.each(Object.entries({ ...scriptAttacks, ...more }))('%s earns nothing', async (_, program) => {
    expectNothing(await attack(exercise(), program))
  })
})
