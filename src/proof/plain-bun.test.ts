/**
 * The Bun on which people's TypeScript runs comes out of the compiled program, which carries every reference solution
 * and every hidden dataset. What is bound into a box must hold none of it.
 */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { embeddedText, listEmbedded } from '../embedded.ts'
import type { ExecutionDriver, ExecutionLimits, ExecutionResult } from '../pods/execution.ts'
import { createLocalExecutionDriver } from '../pods/local/execution/execution-driver.ts'
import { bunInBox } from '../runtimes/find-runtimes.ts'
import { silentLog } from '../telemetry/log.ts'
import { binary, removeDirectory, runCommand, scratchDirectory } from './program.ts'

setDefaultTimeout(120_000)

const megabyte = 1024 ** 2
const limits: ExecutionLimits = {
  wallMs: 60_000,
  cpuMs: 60_000,
  memoryBytesMax: 512 * megabyte,
  processesMax: 64,
  openFilesMax: 256,
  fileBytesMax: 32 * megabyte,
  diskBytesMax: 64 * megabyte,
  filesMax: 1000,
  outputBytesMax: megabyte,
}

let directory: string
let driver: ExecutionDriver
let bun: string

beforeAll(async () => {
  directory = await scratchDirectory()
  chmodSync(directory, 0o755)
  const { code, stdout } = await runCommand(join(directory, 'data'), ['runtime', 'list', '--json'])
  const { languages }: { languages: { name: string; place: string }[] } = JSON.parse(stdout)
  expect(code).toBe(0)
  bun = languages.find(({ name }) => name === 'typescript')?.place ?? ''
  driver = await createLocalExecutionDriver({ directory: join(directory, 'boxes'), hiddenPaths: [], log: silentLog })
})

afterAll(async () => {
  await driver?.stop()
  await removeDirectory(directory)
})

/** Pieces of content that nobody may see, long enough to be nothing else. */
function secrets(): string[] {
  const names = listEmbedded('exercises/').filter((name) =>
    /\/(solution[^/]*|wrong\/.*|hidden\/.*|secret\/.*)$/.test(name),
  )
  const pieces = names.flatMap((name) => {
    const lines = embeddedText(name)
      .split('\n')
      .map((line) => line.trim())
    const longest = lines.reduce((best, line) => (line.length > best.length ? line : best), '')
    return longest.length >= 24 ? [longest] : []
  })
  return [...new Set(pieces)].slice(0, 400)
}

/** Marks of what the build puts into the program. */
const marks = [
  'podium.embedded',
  'exercises/first-queries',
  'lease_records',
  'The schema was brought forward',
  'sitecustomize',
]

async function runInBox(files: Record<string, string>, argv: readonly string[]): Promise<ExecutionResult> {
  const binds = [{ from: bun, to: bunInBox }]
  const runtime = { key: 'plain-bun', root: null, binds, env: {}, warm: null, boundsAddressSpace: false }
  const box = await driver.startBox(runtime, { limits, databaseSocket: null })
  return await box.run({
    argv,
    env: {},
    files: Object.entries(files).map(([path, text]) => ({ path, content: new TextEncoder().encode(text) })),
    archive: null,
    stdin: new Uint8Array(),
    limits,
    hasChannel: false,
    archives: false,
  })
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

test('it holds no solution, no wrong answer, no hidden data and no mark of Podium, all of which the program holds', () => {
  const [plain, program] = [readFileSync(bun), readFileSync(binary)]
  const pieces = secrets()
  expect(pieces.length).toBeGreaterThan(50)
  // Else the search would prove nothing: content is in the program as it is.
  expect(pieces.filter((piece) => program.includes(piece)).length).toBeGreaterThan(pieces.length * 0.9)
  expect(marks.filter((mark) => program.includes(mark))).toContain('podium.embedded')
  expect([...pieces, ...marks].filter((piece) => plain.includes(piece))).toEqual([])
  expect(statSync(bun).mode & 0o7777).toBe(0o555)
})

test('it is the Bun that the program was made with, to the last byte', () => {
  const { sha256 }: { sha256: string } = JSON.parse(
    readFileSync(join(import.meta.dir, '../../dist/bun', process.arch, 'bun.json'), 'utf8'),
  )
  expect(new Bun.CryptoHasher('sha256').update(readFileSync(bun)).digest('hex')).toBe(sha256)
})

test('it runs TypeScript in a box, where nothing of Podium is to be found', async () => {
  const main = `
import { readdirSync } from 'node:fs'
import { double } from './double'
interface Answer { value: number }
const answer: Answer = { value: double(21) }
console.log(answer.value, process.versions.bun, process.execPath)
const find = (folder: string): string[] => { try { return readdirSync(folder) } catch { return [] } }
console.log(find('/run/podium'), find('/$bunfs'), find('/opt'), Object.keys(process.env).filter((name) => /PODIUM|BUN/.test(name)))
`
  const files = { 'main.ts': main, 'double.ts': 'export const double = (x: number): number => x * 2' }
  const { end, exitCode, stdout, stderr } = await runInBox(files, [bunInBox, '--no-install', 'main.ts'])
  expect({ end, exitCode, stderr: text(stderr) }).toEqual({ end: 'exited', exitCode: 0, stderr: '' })
  expect(text(stdout)).toBe(`42 ${Bun.version} ${bunInBox}\n[ "bun" ] [] [] []\n`)
})

test('it is a whole Bun: its own test runner works', async () => {
  const file = `import { expect, test } from 'bun:test'\ntest('adds', () => expect(1 + 1).toBe(2))\n`
  const { exitCode, stderr } = await runInBox({ 'sum.test.ts': file }, [bunInBox, 'test'])
  expect(text(stderr)).toContain('1 pass')
  expect(exitCode).toBe(0)
})

test('the program written by the compiled file is found whole at the next start and mended where it is not', async () => {
  const before = statSync(bun)
  const list = async () => await runCommand(join(directory, 'data'), ['runtime', 'list'])
  expect((await list()).code).toBe(0)
  expect(statSync(bun).mtimeMs).toBe(before.mtimeMs)
  chmodSync(bun, 0o755)
  await Bun.write(bun, 'something else')
  expect((await list()).code).toBe(0)
  expect(statSync(bun).size).toBe(before.size)
})
