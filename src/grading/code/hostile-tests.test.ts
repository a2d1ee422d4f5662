/**
 * Answers that want to pass without being right. Each earns nothing: the verdict is another than accepted, and no test
 * that the answer does not pass is said to have passed.
 */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { encodeAnswer } from '../../catalog/answer-files.ts'
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

/** Tells results with what is found in the frames below a test. `find` sets `frame`. */
const frameAttack = (find: string) => `
import os, sys
def f(n):
    ${find}
    frame_of = frame
    while frame is not None and "send" not in frame.f_locals:
        result = frame.f_locals.get("result")
        if result is not None: result.addFailure = lambda *given: None
        test = frame.f_locals.get("self")
        if hasattr(test, "assertEqual"): test.assertEqual = lambda *given: None
        frame = frame.f_back
    if frame is not None:
        send = frame.f_locals["send"]
        for name in ("T.test_one", "T.test_two"): send({"kind": "test", "name": name, "outcome": "passed", "message": None})
        send({"kind": "control", "isFailed": True})
        for count in range(4, 9): send({"kind": "end", "count": count})
        os._exit(0)
    return 0`

/** Writes all results with the key, given in hexadecimal or empty. */
const forgery = (key: string) => `
import hashlib, hmac, json, os
if ${key}:
    for number, message in enumerate([{"kind": "test", "name": "T.test_one", "outcome": "passed"}, {"kind": "test", "name": "T.test_two", "outcome": "passed"}, {"kind": "control", "isFailed": True}, {"kind": "end", "count": 5}], 2):
        body = json.dumps(message)
        mac = hmac.new(bytes.fromhex(${key}), f"{number}:{body}".encode(), hashlib.sha256).hexdigest()
        os.write(3, f"{mac} {body}\\n".encode())
    os._exit(0)`

/** Looks for the key in its own memory. `open` sets `memory`. */
const memoryAttack = (open: string) => `
import os, re
found = ""
try:
    maps = open("/work/../proc/self/maps").read()
    ${open.replaceAll('\n', '\n    ')}
    for line in maps.splitlines():
        start, end = [int(each, 16) for each in line.split()[0].split("-")]
        try:
            memory.seek(start)
            keys = re.findall(rb'([0-9a-f]{64}) [{]"framework', memory.read(end - start))
        except (OSError, ValueError): continue
        if keys: found = keys[0].decode()
except OSError: pass
${forgery('found')}
def f(n): return 0`

const pythonAttacks: Record<string, string> = {
  'ends itself on loading': 'import os; os._exit(0)',
  'ends itself politely': 'import sys; sys.exit(0)',
  'ends itself in a test': 'import os\ndef f(n): os._exit(0)',
  'has every test skipped': 'import unittest\ndef f(n): raise unittest.SkipTest("no")',
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
  'walks the frames to the runner': frameAttack('frame = sys._getframe()'),
  'finds the frames in a traceback': frameAttack(
    'try: raise ValueError\n    except ValueError as error: frame = error.__traceback__.tb_frame',
  ),
  'has the library walk a traceback': frameAttack(
    'import traceback\n    try: raise ValueError\n    except ValueError as error: frame = next(traceback.walk_tb(error.__traceback__))[0]',
  ),
  'has one module of the library walk for another': frameAttack(
    'import heapq, traceback\n    try: raise ValueError\n    except ValueError as error: frame = next(heapq.merge(traceback.walk_tb(error.__traceback__), key=id))[0]',
  ),
  'asks another module for its frame': frameAttack('import logging\n    frame = logging.currentframe()'),
  'asks the inspector for its frame': frameAttack('import inspect\n    frame = inspect.currentframe()'),
  'asks a generator for its frame': frameAttack(
    'def make(): yield frame_of\n    made = make()\n    next(made, None) if False else None\n    frame = made.gi_frame',
  ),
  'is told of its frame by a signal': frameAttack(
    'import signal\n    seen = []\n    signal.signal(signal.SIGALRM, lambda number, frame: seen.append(frame))\n    signal.setitimer(signal.ITIMER_REAL, 0.001)\n    while not seen: pass\n    frame = seen[0]',
  ),
  'walks from a file of its own beside the system': `
import sys
open("/tmp/walker.py", "w").write("import sys\\ndef frame(): return sys._getframe().f_back")
sys.path.insert(0, "/tmp")
import walker
${frameAttack('frame = walker.frame()')}`,
  'says that its code is the library’s': `
import os, sys
space = {}
exec(compile("import sys\\ndef frame(): return sys._getframe().f_back", os.__file__, "exec"), space)
${frameAttack('frame = space["frame"]()')}`,
  'says afterwards that its code is the library’s': `
import os, sys
def walk(): return sys._getframe().f_back
walk.__code__ = walk.__code__.replace(co_filename=os.__file__)
${frameAttack('frame = walk()')}`,
  'finds the runner’s class and what its functions hold': `
import unittest
def f(n):
    for kind in (*unittest.TestResult.__subclasses__(), *object.__subclasses__()):
        for name, value in vars(kind).items():
            for cell in getattr(value, "__closure__", None) or ():
                inner = cell.cell_contents
                if getattr(inner, "__name__", "") in ("send", "report", "note"):
                    for test in ("T.test_one", "T.test_two"):
                        try: inner({"kind": "test", "name": test, "outcome": "passed"})
                        except Exception: pass
                if getattr(inner, "__name__", "") == "failure_of": cell.cell_contents = lambda *given: {"outcome": "passed", "message": None}
    return 0`,
  'tells the results itself': `
import sys
def f(n):
    for test in ("T.test_one", "T.test_two"): sys.audit("podium.send", {"kind": "test", "name": test, "outcome": "passed", "message": None})
    return 0`,
  'changes what the assertions hold': `
import unittest
def f(n):
    for cell in unittest.TestCase.assertEqual.__closure__:
        if callable(cell.cell_contents): cell.cell_contents = lambda *given: True
    return 0`,
  'returns what equals everything, and has that taken for fair': `
import unittest
class Any:
    def __eq__(self, other): return True
for cell in unittest.TestCase.assertEqual.__closure__:
    if getattr(cell.cell_contents, "__name__", "") == "is_fair": cell.cell_contents = lambda *given: True
def f(n): return Any()`,
  'patches an assertion that puts itself back': `
import unittest
def f(n):
    before = unittest.TestCase.assertEqual
    def nothing(self, *given): unittest.TestCase.assertEqual = before
    unittest.TestCase.assertEqual = nothing
    return 0`,
  'replaces a test by one that puts it back': `
import unittest
def f(n):
    for kind in unittest.TestCase.__subclasses__():
        if hasattr(kind, "test_two"):
            before = kind.test_two
            def nothing(self): kind.test_two = before
            kind.test_two = nothing
    return 0`,
  'patches how contexts end': `
import contextlib
end = contextlib._GeneratorContextManager.__exit__
def quiet(self, kind, value, trace):
    return True if isinstance(value, AssertionError) and "1 !=" not in str(value) else end(self, kind, value, trace)
try: contextlib._GeneratorContextManager.__exit__ = quiet
except TypeError: pass
def f(n): return 0`,
  'patches how results are written': `
import json
encode = json.JSONEncoder.encode
json.JSONEncoder.encode = lambda self, value: encode(self, {**value, "outcome": "passed"} if value.get("kind") == "test" else value)
json.dumps = lambda value, **named: encode(json.JSONEncoder(), {**value, "outcome": "passed"} if value.get("kind") == "test" else value)
def f(n): return 0`,
  'patches how results are signed': `
import hmac, json, os
def update(self, body):
    for test in ("T.test_one", "T.test_two"):
        mac = self.copy(); mac._hmac.update(b"x")
hmac.HMAC.update = update
hmac.HMAC.hexdigest = lambda self: "0" * 64
def f(n): return 0`,
  'reads its own memory under another name of it': memoryAttack('memory = open(b"/proc/self/mem", "rb", buffering=0)'),
  'reads its own memory from within the folder of it': memoryAttack(
    'os.chdir("/proc/self")\nmemory = open("mem", "rb", buffering=0)\nos.chdir("/work")',
  ),
  'has a child read the memory of its parent': `
import os, subprocess, sys
code = 'import os,re;m=open(f"/proc/{os.getppid()}/mem","rb",buffering=0)\\nfor l in open(f"/proc/{os.getppid()}/maps"):\\n a,b=[int(x,16) for x in l.split()[0].split("-")]\\n try: m.seek(a); k=re.findall(rb"([0-9a-f]{64}) [{].framework", m.read(b-a))\\n except (OSError,ValueError,OverflowError): continue\\n if k: print(k[0].decode()); break'
found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip()
${forgery('found')}
def f(n): return 0`,
  'changes what numbers are': `
import ctypes
ctypes.memset(id(42) + 24, 7, 1)
ctypes.memset(id(2) + 24, 7, 1)
def f(n): return 7`,
  'reaches memory by way of another module': `
import multiprocessing.sharedctypes as other
other.ctypes.memset(id(42) + 24, 7, 1)
other.ctypes.memset(id(2) + 24, 7, 1)
def f(n): return 7`,
  'reaches memory by an interpreter in the interpreter': `
import _xxsubinterpreters as inner
made = inner.create()
inner.run_string(made, "import ctypes; ctypes.memset(" + str(id(42) + 24) + ", 7, 1); ctypes.memset(" + str(id(2) + 24) + ", 7, 1)")
def f(n): return 7`,
  'shadows the modules of the runner':
    'def f(n): return 0\nopen("hmac.py", "w").write("def new(*a, **k): raise SystemExit")\nopen("unittest.py", "w").write("")',
}

const pythonTests = (body: [string, string]) =>
  `import unittest\nfrom main import f\nclass T(unittest.TestCase):\n    def test_one(self):\n        ${body[0]}\n    def test_two(self):\n        ${body[1]}\n`

describe.if(canRunCode).each(['unittest', 'pytest'])('with %s, an answer that', (framework) => {
  const exercise = () =>
    exerciseOf(`language: python\ngrading: { compare: tests, framework: ${framework} }`, {
      'solution/main.py': 'def f(n):\n    return n + 1\n',
      'tests/hidden/test_it.py': pythonTests(['self.assertEqual(f(41), 42)', 'x = f(1); self.assertEqual(x, 2)']),
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

/** Looks for the key in the memory of a process, and writes all results with it. */
const scriptForgery = (pid: string) => `
try {
  const memory = fs.openSync('/proc/' + ${pid} + '/mem')
  for (const line of fs.readFileSync('/proc/' + ${pid} + '/maps', 'utf8').split('\\n')) {
    const [start, end] = line.split(' ')[0].split('-').map((each) => Number.parseInt(each, 16))
    if (!line.includes(' rw') || end - start > 2 ** 27) continue
    const bytes = Buffer.alloc(end - start)
    try { fs.readSync(memory, bytes, 0, bytes.length, start) } catch { continue }
    const found = /([0-9a-f]{64}) [{]"framework/.exec(bytes.toString('latin1'))
    if (found === null) continue
    const messages = ['one', 'two'].map((name) => ({ kind: 'test', name, outcome: 'passed' }))
    for (const [index, message] of [{ kind: 'control', isFailed: true }, ...messages, { kind: 'control', isFailed: true }, { kind: 'end', count: 5 }].entries()) {
      const body = JSON.stringify(message)
      fs.writeSync(3, crypto.createHmac('sha256', Buffer.from(found[1], 'hex')).update(index + 1 + ':' + body).digest('hex') + ' ' + body + '\\n')
    }
    process.exit(0)
  }
} catch {}`

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
  'looks at the runner with a debugger': `
import inspector from 'node:inspector'
import { createRequire } from 'node:module'
try {
  globalThis.runner = createRequire('/work/main.mjs')('./.podium/script-runner.cjs').test
  const session = new inspector.Session()
  session.connect()
  const post = (method, given) => { let said; session.post(method, given, (error, result) => { said = result }); return said }
  const { objectId } = post('Runtime.evaluate', { expression: 'runner' }).result
  const scopes = post('Runtime.getProperties', { objectId }).internalProperties.find(({ name }) => name === '[[Scopes]]')
  for (const scope of post('Runtime.getProperties', { objectId: scopes.value.objectId }).result)
    for (const { name, value } of post('Runtime.getProperties', { objectId: scope.value.objectId }).result)
      if (name === 'send') post('Runtime.callFunctionOn', { objectId: value.objectId, functionDeclaration: 'function () { globalThis.send = this }' })
} catch {}
export const f = () => {
  if (globalThis.send === undefined) return 0
  for (const name of ['one', 'two']) globalThis.send({ kind: 'test', name, outcome: 'passed' })
  globalThis.send({ kind: 'control', isFailed: true })
  globalThis.send({ kind: 'end', count: 5 })
  process.reallyExit(0)
}`,
  'patches how results are signed and written': `
import crypto from 'node:crypto'
const change = (text) => (typeof text === 'string' ? text.replace('"failed"', '"passed"').replace('"errored"', '"passed"') : text)
const made = crypto.createHmac('sha256', 'x')
for (let kind = Object.getPrototypeOf(made); kind && kind !== Object.prototype; kind = Object.getPrototypeOf(kind)) {
  const { update } = kind
  if (Object.hasOwn(kind, 'update')) try { kind.update = function (text, ...rest) { return update.call(this, change(text), ...rest) } } catch {}
}
const { from } = Buffer
try { Buffer.from = (text, ...rest) => from.call(Buffer, change(text), ...rest) } catch {}
export const f = () => 0`,
  'looks for the key in its own memory': `
import fs from 'node:fs'
import crypto from 'node:crypto'
${scriptForgery('process.pid')}
export const f = () => 0`,
  'has a child look for the key in the memory of its parent': `
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import crypto from 'node:crypto'
let found = ''
try {
  found = execFileSync('/usr/bin/python3', ['-c', 'import os,re\\np=os.getppid()\\nm=open(f"/proc/{p}/mem","rb",buffering=0)\\nfor l in open(f"/proc/{p}/maps"):\\n a,b=[int(x,16) for x in l.split()[0].split("-")]\\n try: m.seek(a); k=re.findall(rb"([0-9a-f]{64}) [{].framework", m.read(b-a))\\n except (OSError,ValueError,OverflowError): continue\\n if k: print(k[0].decode()); break']).toString().trim()
} catch {}
export const f = (n) => (found === '' ? 0 : n + 1)`,
  'has a child change the memory of its parent': `
import { execFileSync } from 'node:child_process'
try {
  execFileSync('/usr/bin/python3', ['-c', 'import os\\np=os.getppid()\\nm=open(f"/proc/{p}/mem","r+b",buffering=0)\\nfor l in open(f"/proc/{p}/maps"):\\n if " rw" not in l: continue\\n a,b=[int(x,16) for x in l.split()[0].split("-")]\\n try:\\n  m.seek(a); d=m.read(b-a)\\n  at=d.find(b"failed")\\n  while at>=0:\\n   m.seek(a+at); m.write(b"passed"); at=d.find(b"failed",at+1)\\n except (OSError,ValueError,OverflowError): continue'])
} catch {}
export const f = () => 0`,
  'has the debugger opened by a signal': `
import { execFileSync } from 'node:child_process'
try { execFileSync('/bin/sh', ['-c', 'kill -USR1 $PPID; sleep 0.3; kill -USR1 $PPID']) } catch {}
let isOpen = false
try { await fetch('http://127.0.0.1:9229/json').then(() => { isOpen = true }) } catch {}
export const f = (n) => (isOpen ? n + 1 : 0)`,
  'brings machine code': `
import { writeFileSync } from 'node:fs'
writeFileSync('/tmp/x.node', 'not even that')
let message = ''
try { process.dlopen({ exports: {} }, '/tmp/x.node') } catch (error) { message = String(error) }
export const f = (n) => (message.includes('not allowed') ? 0 : n + 1)`,
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
      'patches a matcher that puts itself back': `
import { expect } from 'bun:test'
const kind = Object.getPrototypeOf(expect(1))
for (const name of ['toBe', 'toEqual']) {
  const before = kind[name]
  try { kind[name] = function () { kind[name] = before } } catch {}
}
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

describe.if(canRunCode)('with node:test and modules of the older kind, an answer that', () => {
  const exercise = () =>
    exerciseOf('language: javascript\ngrading: { compare: tests, framework: "node:test" }', {
      'solution/main.js': 'module.exports.f = (n) => n + 1\n',
      'tests/hidden/it.test.js':
        "const { f } = require('./main.js')\nconst { test } = require('node:test')\nconst assert = require('assert')\ntest('one', () => assert.deepEqual(f(41), 42))\ntest('two', () => assert.strictEqual(f(1), 2))\n",
    })
  const fake = 'const fake = Object.assign(() => {}, { deepEqual() {}, strictEqual() {}, ok() {} })\n'

  test('is right passes', async () => {
    expect(await attack(exercise(), 'module.exports.f = (n) => n + 1\n')).toMatchObject({ kind: 'accepted', score: 1 })
  })

  test.each(
    Object.entries({
      'gives the tests other assertions from the cache': `${fake}require.cache.assert = { exports: fake, loaded: true, id: 'assert', children: [], paths: [] }\nmodule.exports.f = () => 0`,
      'gives the tests other assertions on loading': `${fake}const modules = require('module')\nconst load = modules._load\ntry { modules._load = (name, ...rest) => (/assert/.test(name) ? fake : load(name, ...rest)) } catch {}\nmodule.exports.f = () => 0`,
      'gives the tests other assertions by require': `${fake}const modules = require('module')\nconst { require: before } = modules.prototype\ntry { modules.prototype.require = function (name) { return /assert/.test(name) ? fake : before.call(this, name) } } catch {}\nmodule.exports.f = () => 0`,
      'gives the tests other assertions, and puts that back': `${fake}const modules = require('module')\nconst load = modules._load\ntry { modules._load = (name, ...rest) => { if (!/assert/.test(name)) return load(name, ...rest); modules._load = load; return fake } } catch {}\nmodule.exports.f = () => 0`,
      'gives the tests other assertions from the cache, and puts that back': `${fake}Object.defineProperty(require.cache, 'assert', { configurable: true, get: () => { delete require.cache.assert; return { exports: fake, loaded: true, children: [], paths: [] } } })\nmodule.exports.f = () => 0`,
    }),
  )('%s earns nothing', async (_, program) => {
    expectNothing(await attack(exercise(), program))
  })
})

describe.if(canRunCode).each(frameworks)('with $name, an answer that', ({ lines, tests, entry, more }) => {
  const exercise = () => exerciseOf(lines, { [`solution/${entry}`]: 'export const f = (n) => n + 1\n', ...tests })

  test('is right passes', async () => {
    expect(await attack(exercise(), 'export const f = (n) => n + 1\n')).toMatchObject({ kind: 'accepted', score: 1 })
  })

  test.each(Object.entries({ ...scriptAttacks, ...more }))('%s earns nothing', async (_, program) => {
    expectNothing(await attack(exercise(), program))
  })
})

/** Node lets what it has begun go on after the last test; with Bun, nothing comes between that and the end. */
test.if(canRunCode)('who ends the program before it is seen that tests can still fail has not passed', async () => {
  const [node] = frameworks
  if (node === undefined) throw new Error('There is a framework')
  const exercise = exerciseOf(node.lines, {
    [`solution/${node.entry}`]: 'export const f = (n) => n + 1\n',
    ...node.tests,
  })
  const program =
    'let calls = 0\nexport const f = (n) => {\n  calls += 1\n  if (calls === 2) setImmediate(() => process.reallyExit(0))\n  return n + 1\n}\n'
  const { kind, score } = await attack(exercise, program)
  expect([kind, score]).toEqual(['runtime_error', 0])
})

/** Whatever git starts tells every check, by every process's channel, and then does this. */
const leading = (end: string) =>
  `#!/bin/sh\nfor p in /proc/[0-9]*; do printf 'ok clean\\nok message\\n' > $p/fd/3; done 2>/dev/null\n${end}\n`
const repository =
  'chmod +x evil.sh; git init -q -b main .; git config user.name a; git config user.email a@b; echo x > f; git add f; git commit -qm wrong; echo y > g; '

describe.if(canRunCode && Bun.which('git') !== null)('with checks, an answer whose repository', () => {
  const check =
    'check() { name=$1; words=$2; shift 2; if "$@"; then echo "ok $name" >&3; else echo "not ok $name # $words" >&3; fi; }\ncheck clean dirty [ -z "$(git status --short f g 2>/dev/null)" ]\ncheck message another [ "$(git log -1 --format=%s)" = right ]\n'
  const exercise = () =>
    exerciseOf('language: bash\nneeds: [git]\ngrading: { compare: checks }', {
      'solution/main.sh':
        'git init -q -b main .; git config user.name a; git config user.email a@b; echo x > f; git add f; git commit -qm right\n',
      'check/check.sh': check,
    })

  test.each([
    ['has a monitor that ends everything', 'git config core.fsmonitor /work/evil.sh', 'kill -9 -1'],
    ['has a monitor that ends git', 'git config core.fsmonitor /work/evil.sh', 'kill -9 $PPID'],
    ['has a monitor', 'git config core.fsmonitor /work/evil.sh', 'exit 0'],
    [
      'has a filter that ends everything',
      "git config filter.e.clean /work/evil.sh; echo 'f filter=e' > .gitattributes; echo z > f",
      'kill -9 -1',
    ],
    ['has hooks', 'mkdir -p .git/hooks; cp evil.sh .git/hooks/post-index-change', 'kill -9 -1'],
  ])('%s earns nothing', async (_, setting, end) => {
    const answer = encodeAnswer([
      ['evil.sh', leading(end)],
      ['main.sh', repository + setting],
    ])
    const verdict = await bench.grader.grade({ exercise: exercise(), answer, personId: 'somebody' })
    expect([verdict.kind, verdict.code.score]).toEqual(['wrong_answer', 0])
  })
})

describe.if(canRunCode)('with checks in TypeScript, an answer that', () => {
  const exercise = () =>
    exerciseOf('language: bash\ngrading: { compare: checks, judge: { language: typescript } }', {
      'solution/main.sh': 'touch a\n',
      'check/check.ts': `import { existsSync, writeSync } from 'node:fs'\nwriteSync(3, existsSync('a') ? 'ok a\\n' : 'not ok a\\n')\n`,
    })
  const evil = "import { writeSync } from 'node:fs'\nwriteSync(3, 'ok a\\n')\nprocess.exit(0)\n"

  test.each<[string, [string, string][]]>([
    ['leaves settings of Bun', [['bunfig.toml', 'preload = ["./evil.ts"]\n[run]\npreload = ["./evil.ts"]\n']]],
    [
      'leaves settings of TypeScript',
      [['tsconfig.json', '{"compilerOptions":{"baseUrl":".","paths":{"node:fs":["./evil.ts"],"*":["./evil.ts"]}}}']],
    ],
    ['leaves variables', [['.env', 'BUN_OPTIONS=--preload=./evil.ts\nBUN_INSPECT_PRELOAD=./evil.ts\n']]],
  ])('%s earns nothing', async (_, files) => {
    const answer = encodeAnswer([['main.sh', 'true'], ['evil.ts', evil], ...files])
    const verdict = await bench.grader.grade({ exercise: exercise(), answer, personId: 'somebody' })
    expect([verdict.kind, verdict.code.score]).toEqual(['wrong_answer', 0])
  })

  test('is right passes', async () => {
    const answer = answerOf('main.sh', 'touch a')
    const verdict = await bench.grader.grade({ exercise: exercise(), answer, personId: 'somebody' })
    expect(verdict.kind).toBe('accepted')
  })
})

describe.if(canRunCode)('answers with files that lead the tools', () => {
  test.each(['conftest.py', 'bunfig.toml', '.podium/hmac.py', 'evil-1.dist-info/entry_points.txt', 'tsconfig.json'])(
    'are not graded at all: %s',
    async (path) => {
      const exercise = exerciseOf('language: python\ngrading: { compare: tests }', {
        'solution/main.py': 'def f(n):\n    return n + 1\n',
        'tests/hidden/test_it.py': pythonTests(['self.assertEqual(f(41), 42)', 'self.assertEqual(f(1), 2)']),
      })
      const answer = encodeAnswer([
        ['main.py', 'def f(n): return n + 1'],
        [path, ''],
      ])
      const grading = bench.grader.grade({ exercise, answer, personId: 'somebody' })
      await expect(grading).rejects.toThrow('would change how answers are tested')
    },
  )
})
