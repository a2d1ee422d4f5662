import { afterAll, expect, test } from 'bun:test'
import { findOnHost } from '../place.ts'
import { type Case, Workbench } from './test-comparison.ts'

const found = findOnHost(['/usr/bin/python3', '/usr/local/bin/python3'])
const program = 'path' in found ? found.path : null
const bench = new Workbench({
  program: program ?? '',
  entry: 'main.py',
  env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' },
  warm: { argv: [program ?? '', 'main.py'], env: { PYTHONPATH: import.meta.dir } },
})
afterAll(() => bench.remove())

const cases: Record<string, Case> = {
  hello: { main: 'print("hello")' },
  'standard input line by line': { main: 'import sys\nfor line in sys.stdin: print(line[::-1])', stdin: 'ab\ncd\n' },
  'input()': { main: 'print(int(input()) + int(input()))', stdin: '1\n2\n' },
  'the end of input': { main: 'input()' },
  arguments: { main: 'import sys\nprint(sys.argv, sys.orig_argv)', arguments: ['-x', 'two words', 'ü'] },
  'its own name': {
    main: 'import sys\nprint(__file__, __name__, __spec__, __package__, __cached__, type(__loader__), __builtins__)\nprint(sorted(globals()))',
  },
  'sys.path': { main: 'import sys\nprint(sys.path, sys.flags, sys.executable)' },
  'modules that are loaded': { main: 'import sys\nprint(sorted(sys.modules))' },
  environment: { main: 'import os\nprint(sorted(os.environ.items()))', env: { ANSWER: '42', ÜMLAUT: 'ä' } },
  'an exit code': { main: 'import sys\nsys.exit(3)' },
  'an exit message': { main: 'import sys\nsys.exit("no")' },
  'exit()': { main: 'exit(5)' },
  'os._exit with output not flushed': { main: 'import os\nprint("lost", end="")\nos._exit(4)' },
  'an exception': { main: 'def f(x):\n    return 1 / x\n\nprint("before")\nf(0)\n' },
  'an exception while handling another': {
    main: 'try:\n    {}["a"]\nexcept KeyError:\n    int("b")\n',
  },
  'an exception from another': {
    main: 'try:\n    {}["a"]\nexcept KeyError as e:\n    raise ValueError("bad") from e\n',
  },
  'a syntax error': { main: 'print("a"\nprint(1)\n' },
  'a syntax error in a module': { main: 'import broken', files: { 'broken.py': 'def :' } },
  'wrong indentation': { main: 'if True:\nprint(1)\n' },
  'a null byte in the program': { main: 'print(1)\0' },
  'a byte order mark and a coding line': { main: '\ufeff# -*- coding: utf-8 -*-\nprint("ü")' },
  'recursion without end': { main: 'def f(n):\n    return f(n + 1)\nf(0)' },
  'the depth of recursion': {
    main: 'import sys\ndef f(n):\n    try:\n        return f(n + 1)\n    except RecursionError:\n        return n\nprint(f(0), sys.getrecursionlimit())',
  },
  'the stack of frames': { main: 'import sys, traceback\nprint(sys._getframe().f_back)\ntraceback.print_stack()' },
  'threads that outlive the main one': {
    main: 'import threading, time\ndef f():\n    time.sleep(0.05)\n    print("later")\nthreading.Thread(target=f).start()\nprint("main ends")',
  },
  'an exception in a thread': {
    main: 'import threading\nt = threading.Thread(target=lambda: 1 / 0, name="worker")\nt.start()\nt.join()\nprint("goes on")',
  },
  atexit: { main: 'import atexit\natexit.register(print, "last")\nprint("first")\nraise SystemExit(2)' },
  'a hook of its own': { main: 'import sys\nsys.excepthook = lambda *a: print("hook", a[0])\n1 / 0' },
  'a subprocess': {
    main: 'import subprocess, sys\nprint(subprocess.run([sys.executable, "-c", "import sys; print(sys.path[0], 6 * 7)"], capture_output=True, text=True))',
  },
  'a second process': {
    main: 'import os\npid = os.fork()\nif pid == 0:\n    os._exit(9)\nprint(os.waitpid(pid, 0)[1] >> 8)',
  },
  multiprocessing: {
    main: 'import multiprocessing as m\ndef f(x):\n    return x * x\nif __name__ == "__main__":\n    with m.get_context("spawn").Pool(1) as p:\n        print(p.map(f, [1, 2, 3]))',
  },
  'descriptors that are open': {
    main: 'import os\nprint(sorted(int(n) for n in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + n)))',
  },
  'a module beside it': {
    main: 'import pkg.deep\nprint(pkg.deep.x, pkg.deep.__file__)',
    files: { 'pkg/deep.py': 'x = 1' },
  },
  'a module named like one of the library': {
    main: 'import json, enum\nprint(json.x)',
    files: { 'json.py': 'x = 1', 'os.py': '1/0' },
  },
  'letters of the world': { main: 'print("żółć 日本 🎉", len("🎉"), input())', stdin: 'ähé🎉\n' },
  'bytes that are no text': {
    main: 'import sys\nprint(sys.stdin.buffer.read())\nsys.stdout.buffer.write(b"\\xff\\x00")',
    stdin: 'ü\0',
  },
  'a signal': { main: 'import os, signal\nos.kill(os.getpid(), signal.SIGTERM)' },
  'a signal it handles': {
    main: 'import signal\nsignal.signal(signal.SIGALRM, lambda *a: print("alarm"))\nsignal.setitimer(signal.ITIMER_REAL, 0.02)\nsignal.pause()\nprint([signal.getsignal(s) for s in (signal.SIGINT, signal.SIGPIPE)])',
  },
  'the hash of a text': { main: 'print(hash("podium"), list({"a", "b", "c"}))' },
  'a program that asserts': { main: 'assert 1 == 2, "one is not two"' },
  'a warning': { main: 'import warnings\nwarnings.warn("old")\nprint("x" is "x")' },
  'a dataclass, which looks its module up': {
    main: 'from __future__ import annotations\nfrom dataclasses import dataclass\nimport pickle\n@dataclass\nclass P:\n    x: int\nprint(pickle.loads(pickle.dumps(P(1))), P.__module__)',
  },
  doctest: {
    main: 'import doctest\ndef f():\n    """\n    >>> f()\n    2\n    """\n    return 1\nprint(doctest.testmod().failed)',
  },
  unittest: {
    main: 'import unittest, sys\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(1, 1)\nunittest.main(testRunner=unittest.TextTestRunner(stream=open("/dev/null", "w")))',
  },
  asyncio: {
    main: 'import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    raise ValueError("late")\nasyncio.run(f())',
  },
  'a program of another name': { entry: 'other.py', main: 'import sys\nprint(__file__, sys.argv, sys.path[0])\n1 / 0' },
  'a program in a folder': { entry: 'src/main.py', main: 'import sys, os\nprint(__file__, sys.path[0], os.getcwd())' },
  'settings of Python itself': { main: 'import sys\nprint(sys.flags.optimize)', env: { PYTHONOPTIMIZE: '1' } },
  'a main.py that is removed while it runs': { main: 'import os\nos.remove(__file__)\n1 / 0' },
  'output after its reader has gone': { main: 'import sys\nsys.stdout.close()\nprint("x")' },
}

if (program !== null) {
  test.each(Object.entries(cases))('a warm Python does as a cold one does: %s', async (_name, given) => {
    expect(await bench.runWarm(given)).toEqual(await bench.runCold(given))
  })
}
