import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { embeddedText, listEmbedded } from '../embedded.ts'
import type { ExecutionDriver, ExecutionLimits, ExecutionResult } from '../pods/execution.ts'
import { createLocalExecutionDriver } from '../pods/local/execution/execution-driver.ts'
import { silentLog } from '../telemetry/log.ts'
import { importRoot } from './import-root.ts'
import { loadRuntimes } from './load-runtimes.ts'
import { openRuntimes } from './open-runtimes.ts'
import type { Program, Runtimes } from './runtime.ts'

setDefaultTimeout(400_000)

const megabyte = 1024 ** 2
const limits: ExecutionLimits = {
  wallMs: 300_000,
  cpuMs: 300_000,
  memoryBytesMax: 768 * megabyte,
  processesMax: 128,
  openFilesMax: 1024,
  fileBytesMax: 256 * megabyte,
  diskBytesMax: 512 * megabyte,
  filesMax: 20_000,
  outputBytesMax: 256 * 1024,
}

const prefix = 'exercises/'
const builtin = {
  name: 'exercises',
  list: () => listEmbedded(prefix).map((name) => name.slice(prefix.length)),
  text: (path: string) => embeddedText(prefix + path),
}

let directory: string
let driver: ExecutionDriver
let runtimes: Runtimes

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'podium-runtimes-'))
  chmodSync(directory, 0o755)
  driver = await createLocalExecutionDriver({ directory: join(directory, 'boxes'), hiddenPaths: [], log: silentLog })
  const { specs, problems } = loadRuntimes([builtin])
  runtimes = await openRuntimes({
    specs,
    problems,
    directory: join(directory, 'runtimes'),
    roots: [],
    driver,
    log: silentLog,
  })
})

afterAll(async () => {
  await driver.stop()
  rmSync(directory, { recursive: true, force: true })
})

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (content: Uint8Array) => new TextDecoder().decode(content)

/** Compiles where the language wants it, and runs. */
async function runProgram(name: string, texts: Record<string, string>, entry?: string): Promise<ExecutionResult> {
  const { runtime, box, compileBox, commands } = await runtimes.open(name)
  const files = Object.entries(texts).map(([path, content]) => ({ path, content: bytes(content) }))
  const program: Program = { entry: entry ?? runtime.entry, files: files.map(({ path }) => path) }
  const { compile, run } = commands(program)
  const plain = { env: {}, stdin: bytes('41\n'), limits, hasChannel: false }
  const start = async () => await driver.startBox(box, { limits, databaseSocket: null })
  if (compile === null) return await (await start()).run({ ...plain, argv: run, files, archive: null, archives: false })
  const compiling = await driver.startBox(await compileBox(), { limits, databaseSocket: null })
  const compiled = await compiling.run({ ...plain, argv: compile, files, archive: null, archives: true })
  if (compiled.exitCode !== 0 || compiled.archive === null) return compiled
  return await (await start()).run({ ...plain, argv: run, files: [], archive: compiled.archive, archives: false })
}

const programs: Record<string, Record<string, string>> = {
  python: { 'main.py': 'import sys, more\nprint(int(input()) + more.one)', 'more.py': 'one = 1' },
  javascript: {
    'main.js': 'const { one } = require("./more.js")\nconsole.log(Number(require("fs").readFileSync(0, "utf8")) + one)',
    'more.js': 'exports.one = 1',
  },
  typescript: {
    'main.ts': 'import { one } from "./more"\nconst n: number = Number(await Bun.stdin.text())\nconsole.log(n + one)',
    'more.ts': 'export const one: number = 1',
  },
  bash: { 'main.sh': 'read n\nsource ./more.sh\necho $((n + one)) | awk "{ print $1 }"', 'more.sh': 'one=1' },
  c: {
    'main.c':
      '#include <stdio.h>\nint one(void);\nint main(void) { int n; scanf("%d", &n); printf("%d\\n", n + one()); }',
    'more.c': 'int one(void) { return 1; }',
  },
  cpp: {
    'main.cpp':
      '#include <iostream>\nint one();\nint main() { int n; std::cin >> n; std::cout << n + one() << "\\n"; }',
    'more.cpp': 'int one() { return 1; }',
  },
  go: {
    'main.go': 'package main\nimport "syscall"\nfunc main() { syscall.Write(one(), []byte("42\\n")) }',
    'more.go': 'package main\nfunc one() int { return 1 }',
  },
  rust: {
    'main.rs':
      'mod more;\nfn main() { let mut s = String::new(); std::io::stdin().read_line(&mut s).unwrap(); println!("{}", s.trim().parse::<i32>().unwrap() + more::one()); }',
    'more.rs': 'pub fn one() -> i32 { 1 }',
  },
  java: {
    'Main.java':
      'import java.util.Scanner;\npublic class Main { public static void main(String[] a) { System.out.println(new Scanner(System.in).nextInt() + More.one()); } }',
    'More.java': 'class More { static int one() { return 1; } }',
  },
}

test.each(Object.keys(programs))(
  'a program in %s runs in a box, or the language says what is missing',
  async (name) => {
    const runtime = runtimes.find(name)
    if (runtime === null || runtime.problem !== null) {
      expect(runtime?.problem ?? '').toMatch(/is not here: .+ Install it: apt-get install|can’t be run here/)
      return
    }
    const { end, exitCode, stdout, stderr } = await runProgram(name, programs[name] ?? {})
    expect({ name, end, exitCode, stdout: text(stdout), stderr: text(stderr) }).toEqual({
      name,
      end: 'exited',
      exitCode: 0,
      stdout: '42\n',
      stderr: '',
    })
  },
)

test('TypeScript and Bash are here wherever boxes are', () => {
  if (driver.problem !== null) return
  expect(['typescript', 'bash'].map((name) => runtimes.find(name)?.problem)).toEqual([null, null])
})

test('what an exercise needs is asked of the runtime itself', async () => {
  if (driver.problem !== null) return
  expect(await runtimes.missing('bash', ['sh', 'no-such-program', '$(true)', 'true; true'])).toEqual([
    'no-such-program',
    '$(true)',
    'true; true',
  ])
  if (runtimes.find('python')?.problem !== null) return
  const needs = ['json', 'no_such_module', 'os; import json']
  expect(await runtimes.missing('python', needs)).toEqual(['no_such_module', 'os; import json'])
})

test('a language that is unknown is refused by name', async () => {
  expect(runtimes.find('cobol')).toBeNull()
  await expect(runtimes.open('cobol')).rejects.toMatchObject({ kind: 'missing', code: 'runtime_unknown' })
})

test('what Go always compiles is compiled once, and found by the next program', async () => {
  if (runtimes.find('go')?.problem !== null) return
  const { compileBox } = await runtimes.open('go')
  expect((await compileBox()).env['GOCACHE']).toBe('/run/podium/cache')
  const hello =
    'package main\nimport ("bufio"; "fmt"; "os"; "sort"; "strings")\nfunc main() {\n\tline, _ := bufio.NewReader(os.Stdin).ReadString(10)\n\twords := strings.Fields(line)\n\tsort.Strings(words)\n\tfmt.Println(words)\n}\n'
  const { stdout, stderr } = await runProgram('go', { 'main.go': hello })
  expect([text(stdout), text(stderr)]).toEqual(['[41]\n', ''])
})

test('what does not compile says so, with the file and line', async () => {
  if (runtimes.find('c')?.problem !== null) return
  const { end, exitCode, stderr } = await runProgram('c', { 'main.c': 'int main(void) { return x; }' })
  expect({ end, exitCode }).toEqual({ end: 'exited', exitCode: 1 })
  expect(text(stderr)).toContain('main.c:1:25: error')
})

test('a language of an imported root filesystem is used in place of this machine’s', async () => {
  if (driver.problem !== null) return
  const source = join(directory, 'small')
  for (const program of ['/bin/sh', '/bin/tar', '/usr/bin/bash', '/bin/cat']) copyWithLibraries(program, source)
  writeFileSync(join(source, 'mark'), 'imported')
  const { path } = await importRoot(source, join(directory, 'other'))
  const { specs } = loadRuntimes([builtin])
  const options = { specs, problems: [], directory: join(directory, 'other'), roots: [path], driver, log: silentLog }
  const imported = await openRuntimes(options)
  const { box, programs, commands } = await imported.open('bash')
  expect({ root: box.root, programs }).toEqual({ root: path, programs: { bash: '/usr/bin/bash' } })
  expect((await imported.open('typescript')).box.root).toBeNull()
  const started = await driver.startBox(box, { limits, databaseSocket: null })
  const { stdout, stderr } = await started.run({
    argv: commands({ entry: 'main.sh', files: [] }).run,
    files: [{ path: 'main.sh', content: bytes('cat /mark; echo "; $BASH_VERSION"; echo /etc/*') }],
    env: {},
    archive: null,
    stdin: new Uint8Array(),
    limits,
    hasChannel: false,
    archives: false,
  })
  expect(text(stderr)).toBe('')
  expect(text(stdout)).toMatch(/^imported; 5\.[\d.()a-z-]+\n\/etc\/\*\n$/)
})

function copyWithLibraries(program: string, root: string): void {
  const said = Bun.spawnSync(['ldd', program]).stdout.toString()
  const libraries = [...said.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path)
  for (const path of [program, ...libraries]) {
    const target = join(root, path)
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(path, target)
  }
}

test.if(Bun.which('bwrap') !== null)(
  'what Python held before its program came is memory of the program too',
  async () => {
    const watched = await createLocalExecutionDriver({
      ...{ directory: join(directory, 'watched'), hiddenPaths: [], log: silentLog },
      usesGroups: false,
    })
    for (const maker of [driver, watched]) {
      const hello = await memoryOfPython(maker, '')
      expect(hello).toBeGreaterThan(5 * megabyte)
      expect(hello).toBeLessThan(40 * megabyte)
      const large = await memoryOfPython(maker, 'kept = b"x" * 50 * 1024 * 1024')
      expect(large).toBeGreaterThan(50 * megabyte)
      expect(large).toBeLessThan(120 * megabyte)
    }
    await watched.stop()
  },
)

/** The peak of a program that says when it has what it wants, and keeps it until somebody has had the time to look. */
async function memoryOfPython(maker: ExecutionDriver, line: string): Promise<number> {
  const { box, commands } = await runtimes.open('python')
  const files = [{ path: 'main.py', content: bytes(`${line}\nprint("held", flush=True)\ninput()\n`) }]
  const held = Promise.withResolvers<void>()
  async function* wait() {
    await held.promise
    await Bun.sleep(300)
    yield bytes('\n')
  }
  const { run } = commands({ entry: 'main.py', files: ['main.py'] })
  const job = { argv: run, env: {}, files, archive: null, stdin: wait(), limits, hasChannel: false, archives: false }
  const started = await maker.startBox(box, { limits, databaseSocket: null })
  const result = await started.run(job, { onOutput: () => held.resolve() })
  expect([result.end, text(result.stdout)]).toEqual(['exited', 'held\n'])
  return result.memoryBytesPeak
}
