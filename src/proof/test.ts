/**
 * The one test command, `npm test`: installs what tests need, builds, runs every suite and ends with the line
 * `N passed, N failed`. Words after it (`npm test -- src/store`) run only files whose path holds one of them.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserPath, installCommand, installRequirements } from './requirements.ts'

/** A group that takes longer hangs. */
const groupTimeoutMs = 15 * 60_000
/** For one test; suites over the whole program give their own. */
const testTimeoutMs = 30_000
const root = join(import.meta.dir, '../..')

interface Outcome {
  passed: number
  failed: number
}

const scratch = mkdtempSync(join(tmpdir(), 'podium-tests-'))
const outcome = await testEverything(process.argv.slice(2))
rmSync(scratch, { recursive: true, force: true })
console.log(`${outcome.passed} passed, ${outcome.failed} failed`)
process.exit(outcome.failed === 0 && outcome.passed > 0 ? 0 : 1)

async function testEverything(words: readonly string[]): Promise<Outcome> {
  if (groups(words).size === 0) {
    console.error(`There is no suite whose path holds ${words.join(' or ')}.`)
    return { passed: 0, failed: 1 }
  }
  const missing = await installRequirements(console.log)
  if (missing.length > 0) {
    console.error(`Tests need ${missing.join(', ')}. Install with: ${installCommand(missing)}`)
    return { passed: 0, failed: 1 }
  }
  if ((await run(['bun', 'src/build/build.ts'])) !== 0) {
    console.error('The build failed.')
    return { passed: 0, failed: 1 }
  }
  let total: Outcome = { passed: 0, failed: 0 }
  for (const [name, files] of groups(words)) {
    const startedAt = performance.now()
    let { passed, failed } = await testGroup(files)
    if (failed > 0 && isProof(name)) {
      console.log(`${name}: ${failed} failed. It is run once more; if it passes now it is unsteady, and wants mending.`)
      ;({ passed, failed } = await testGroup(files))
    }
    console.log(`${name}: ${passed} passed, ${failed} failed (${seconds(startedAt)} s)`)
    total = { passed: total.passed + passed, failed: total.failed + failed }
  }
  return total
}

/**
 * One process for each folder, so that a crash or a leak in one cannot touch another; what proves the whole program
 * comes last, one process for each file.
 */
function groups(words: readonly string[]): Map<string, string[]> {
  const files = [...new Bun.Glob('{src,views,static}/**/*.test.{ts,tsx}').scanSync({ cwd: root })].sort()
  const wanted = files.filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  const groups = new Map<string, string[]>()
  for (const file of [...wanted.filter((file) => !isProof(file)), ...wanted.filter(isProof)]) {
    const name = isProof(file)
      ? file
      : file
          .split('/')
          .slice(0, 2)
          .join('/')
          .replace(/\/[^/]+\.test\.tsx?$/, '')
    groups.set(name, [...(groups.get(name) ?? []), file])
  }
  return groups
}

/**
 * Suites over the whole program, with a browser, kills and attackers, feel a starved machine most: these alone get a
 * second try, and say so.
 */
function isProof(name: string): boolean {
  return name.startsWith('src/proof/')
}

async function testGroup(files: readonly string[]): Promise<Outcome> {
  const report = join(scratch, 'report.xml')
  rmSync(report, { force: true })
  const code = await run([
    ...['bun', 'test', `--timeout=${testTimeoutMs}`, '--only-failures'],
    ...['--reporter=junit', `--reporter-outfile=${report}`],
    ...files.map((file) => `./${file}`),
  ])
  const counted = await readReport(report)
  // A process that ends badly without a failed test crashed, or an error was left uncaught between tests.
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
}

/** Counts the cases of a JUnit report. A skipped case counts as failed: nothing is skipped silently. */
async function readReport(path: string): Promise<Outcome> {
  const file = Bun.file(path)
  if (!(await file.exists())) return { passed: 0, failed: 0 }
  const text = await file.text()
  const cases = text.match(/<testcase\b/g)?.length ?? 0
  const failed = text.match(/<(failure|error|skipped)\b/g)?.length ?? 0
  return { passed: cases - failed, failed }
}

/** Runs a command to its end with our output; returns its exit code, 1 where it had to be killed. */
async function run(argv: readonly string[]): Promise<number> {
  const command = argv.map((part) => (part === 'bun' ? process.execPath : part))
  const env = { ...process.env, CHROMIUM: browserPath() }
  const child = Bun.spawn(command, { cwd: root, env, stdin: 'ignore', stdout: 'inherit', stderr: 'inherit' })
  const timer = setTimeout(() => child.kill('SIGKILL'), groupTimeoutMs)
  const code = await child.exited
  clearTimeout(timer)
  return code
}

function seconds(startedAt: number): string {
  return ((performance.now() - startedAt) / 1000).toFixed(1)
}
