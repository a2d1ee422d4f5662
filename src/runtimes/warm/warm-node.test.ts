import { afterAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { findOnHost } from '../place.ts'
import { type Case, Workbench } from './test-comparison.ts'

const found = findOnHost(['/usr/bin/node', '/usr/local/bin/node', '/usr/bin/nodejs'])
const program = 'path' in found ? found.path : null
const bench = new Workbench({
  program: program ?? '',
  entry: 'main.js',
  env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', NODE_DISABLE_COLORS: '1' },
  warm: { argv: [program ?? '', '--require', join(import.meta.dir, 'wait.cjs'), 'main.js'], env: {} },
})
afterAll(() => bench.remove())

const cases: Record<string, Case> = {
  hello: { main: 'console.log("hello")' },
  'standard input at once': {
    main: 'console.log(require("fs").readFileSync(0, "utf8").toUpperCase())',
    stdin: 'ab\ncd\n',
  },
  'standard input line by line': {
    main: 'require("readline").createInterface({ input: process.stdin }).on("line", (l) => console.log(l.length))',
    stdin: 'a\nbcd\n',
  },
  arguments: {
    main: 'console.log(process.argv, process.execArgv, process.execPath)',
    arguments: ['-x', 'two words', 'ü'],
  },
  'its own name': {
    main: 'console.log(__filename, __dirname, require.main === module, module.id, module.parent, module.children, module.paths.length, process.cwd())',
  },
  'modules that are loaded': { main: 'console.log(Object.keys(require.cache))' },
  'what is global': { main: 'console.log(Object.getOwnPropertyNames(globalThis).sort().join())' },
  environment: { main: 'console.log(Object.entries(process.env).sort().join())', env: { ANSWER: '42', UMLAUT: 'ä' } },
  'an exit code': { main: 'process.exit(3)' },
  'an exit code for later': { main: 'process.exitCode = 4; setTimeout(() => console.log("late"), 10)' },
  'an exception': { main: 'function f() {\n  null.x\n}\nconsole.log("before")\nf()\n' },
  'an exception that is no error': { main: 'throw { a: 1 }' },
  'an exception later': { main: 'setTimeout(() => { throw new Error("late") }, 5)' },
  'a rejection nobody handles': { main: 'Promise.reject(new Error("no"))' },
  'an error with a cause': { main: 'throw new Error("a", { cause: new RangeError("b") })' },
  'a syntax error': { main: 'console.log("a"\nconsole.log(1)' },
  'a syntax error in a module': { main: 'require("./broken")', files: { 'broken.js': 'let = ;' } },
  'a module that is missing': { main: 'require("./none")' },
  'the trace of a stack': { main: 'console.log(new Error("here").stack)' },
  'recursion without end': { main: 'function f() { f() }\ntry { f() } catch (e) { console.log(e.name, e.message) }' },
  'a module beside it': { main: 'console.log(require("./pkg/deep").x)', files: { 'pkg/deep.js': 'exports.x = 1' } },
  'a package of modules': {
    main: 'import { x } from "./more.js"\nconsole.log(x, import.meta.url.slice(-7), typeof require)',
    files: { 'package.json': '{"type":"module"}', 'more.js': 'export const x = await Promise.resolve(1)' },
  },
  'a module of the other kind': {
    main: 'import("./more.mjs").then((m) => console.log(m.default))',
    files: { 'more.mjs': 'export default 2' },
  },
  'data as JSON': { main: 'console.log(require("./data.json").x)', files: { 'data.json': '{"x": 1}' } },
  'a thread': {
    main: 'const { Worker } = require("worker_threads")\nnew Worker("require(\'worker_threads\').parentPort.postMessage(process.execArgv.length)", { eval: true }).on("message", console.log)',
  },
  'an exception in a thread': {
    main: 'const { Worker } = require("worker_threads")\nnew Worker("throw new Error(\'in thread\')", { eval: true }).on("error", (e) => console.log(e.message))',
  },
  'a process': {
    main: 'console.log(require("child_process").execFileSync(process.execPath, ["-p", "process.argv.length + process.execArgv.length"]).toString())',
  },
  'a process of its own kind': {
    main: 'const cp = require("child_process")\nif (process.send) process.send(process.execArgv)\nelse cp.fork(__filename).on("message", (m) => console.log(m))',
  },
  'descriptors that are open': {
    main: 'const fs = require("fs")\nconst kind = (n) => { try { return fs.readlinkSync("/proc/self/fd/" + n).replace(/\\d+/g, "") } catch { return "" } }\nconsole.log(fs.readdirSync("/proc/self/fd").map(kind).filter((k) => /pipe/.test(k)).length)',
  },
  'letters of the world': { main: 'console.log("żółć 日本 🎉", "🎉".length)' },
  'bytes that are no text': {
    main: 'process.stdout.write(Buffer.from([0x41, 0]))\nconsole.log(require("fs").readFileSync(0))',
    stdin: 'ü\0',
  },
  'a signal': { main: 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 1000)' },
  'a signal it handles': {
    main: 'process.once("SIGUSR2", () => { console.log("got"); clearInterval(t) })\nconst t = setInterval(() => {}, 1000)\nprocess.kill(process.pid, "SIGUSR2")',
  },
  'what runs at the end': {
    main: 'process.on("exit", (c) => console.log("exit", c))\nprocess.on("beforeExit", () => console.log("before"))',
  },
  'a warning': { main: 'process.emitWarning("old")' },
  'an assertion': { main: 'require("assert").strictEqual(1, 2)' },
  'its own test runner': {
    main: 'require("node:test")("adds", () => {}).then(() => console.log("done"))\nprocess.stdout.write = () => true',
  },
  'a program of another name': {
    entry: 'other.js',
    main: 'console.log(process.argv, require.main === module)\nthrow new Error("x")',
  },
  'a program of another kind': {
    entry: 'main.mjs',
    main: 'console.log(await Promise.resolve(import.meta.url.slice(-8)))',
  },
  'a signal in a program of another name': { entry: 'other.js', main: 'process.kill(process.pid, "SIGKILL")' },
  'settings of Node itself': { main: 'console.log(process.execArgv, v8 = 1)', env: { NODE_OPTIONS: '--use-strict' } },
}

if (program !== null) {
  test.each(Object.entries(cases))('a warm Node does as a cold one does: %s', async (_name, given) => {
    expect(await bench.runWarm(given)).toEqual(await bench.runCold(given))
  })
}
