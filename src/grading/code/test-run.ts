/** Running files of tests: each in a box of its own, with a runner that tells Podium, outside, how every test ended. */
import { randomBytes } from 'node:crypto'
import type { PlainFile, TestFile, TestFramework, TestsGrading } from '../../catalog/code-exercise.ts'
import { isTestFile } from '../../catalog/read-code-grading.ts'
import type { ExecutionLimits, ExecutionResult } from '../../pods/execution.ts'
import type { OpenRuntime } from '../../runtimes/runtime.ts'
import { eachAtOnce } from './at-once.ts'
import { type ReportedFile, readChannel } from './channel.ts'
import { answerFor, type CodeParts, type CodeUse, type Prepared, type PreparedAnswer, run } from './program.ts'
import frameworkModule from './runners/framework.mjs.txt' with { type: 'text' }
import pythonRunner from './runners/python-runner.py' with { type: 'text' }
import scriptRunner from './runners/script-runner.cjs.txt' with { type: 'text' }

/** A file of tests that was run. */
export interface TestFileRun {
  file: TestFile
  result: ExecutionResult
  report: ReportedFile
  /** What it was run with. */
  limits: ExecutionLimits
}

/** Where the runner and what belongs to it is, below the workspace. */
const folder = '.podium'

/** Of one test, in Bun, which would otherwise fail tests after five seconds of a busy machine: boxes have clocks of their own. */
const testTimeoutMs = '3600000'

/** Files of tests of one answer that run at once. */
const filesAtOnce = 4

/** The files with tests in them, in order. */
export function testFilesOf({ framework, tests }: TestsGrading, { visibleOnly }: { visibleOnly: boolean }): TestFile[] {
  return tests.filter(({ path, isVisible }) => isTestFile(framework, path) && (isVisible || !visibleOnly))
}

/** Runs the files of tests over a program; what is hidden is in no box of a visible file. */
export async function runTestFiles(
  parts: CodeParts,
  { grading, answer }: { grading: TestsGrading; answer: PreparedAnswer },
  files: readonly TestFile[],
  use: CodeUse,
): Promise<TestFileRun[]> {
  const runs: TestFileRun[] = []
  await eachAtOnce(files, filesAtOnce, async (file, index) => {
    runs[index] = await runTestFile(parts, { grading, program: answerFor(answer, file) }, file, use)
  })
  return runs
}

async function runTestFile(
  parts: CodeParts,
  { grading, program }: { grading: TestsGrading; program: Prepared },
  file: TestFile,
  use: CodeUse,
): Promise<TestFileRun> {
  const key = randomBytes(32).toString('hex')
  const { framework } = grading
  const beside = grading.tests.filter(
    ({ path, isVisible }) => path === file.path || (!isTestFile(framework, path) && (isVisible || !file.isVisible)),
  )
  const own = beside.map(({ path, content }) => ({ path, content: replaceFramework(framework, path, content) }))
  const told = { framework, file: file.path, ownFiles: own.map(({ path }) => path) }
  const result = await run(
    parts,
    program,
    {
      argv: commandOf(framework, program.runtime, file.path),
      files: [...own, ...runnerFiles(framework)],
      stdin: Buffer.from(`${key} ${JSON.stringify(told)}\n`),
      hasChannel: true,
    },
    use,
  )
  return { file, result, report: readChannel(result.channel, key), limits: program.limits }
}

function runnerFiles(framework: TestFramework): PlainFile[] {
  const files: Readonly<Record<string, string>> = isPython(framework)
    ? { 'python-runner.py': pythonRunner }
    : { 'script-runner.cjs': scriptRunner, 'framework.mjs': frameworkModule }
  return Object.entries(files).map(([name, text]) => ({ path: `${folder}/${name}`, content: Buffer.from(text) }))
}

function isPython(framework: TestFramework): boolean {
  return framework === 'unittest' || framework === 'pytest'
}

/** Whether the language, as it is here, comes with the program that runs these tests. */
export function hasFramework(framework: TestFramework, { programs }: OpenRuntime): boolean {
  if (isPython(framework)) return programs['python'] !== undefined
  return programs[framework === 'node:test' ? 'node' : 'bun'] !== undefined
}

function commandOf(framework: TestFramework, { programs, runtime }: OpenRuntime, path: string): string[] {
  const { python, node, bun } = programs
  const runner = `./${folder}/script-runner.cjs`
  if (isPython(framework) && python !== undefined) return [python, `${folder}/python-runner.py`]
  if (framework === 'node:test' && node !== undefined) {
    const quiet = ['--test-reporter=spec', '--test-reporter-destination=/dev/null']
    return [node, '--no-warnings', '--frozen-intrinsics', ...quiet, '--require', runner, `./${path}`]
  }
  if (framework === 'bun test' && bun !== undefined)
    return [bun, 'test', '--timeout', testTimeoutMs, '--preload', runner, `./${path}`]
  throw new Error(`${runtime.title} has no ${framework} here`)
}

const specifier = /(['"])(node:test|bun:test)\1/g

/** In the author's files, the framework is imported from the runner. Lines stay where they are. */
function replaceFramework(framework: TestFramework, path: string, content: Uint8Array): Uint8Array {
  if (isPython(framework) || !/\.[cm]?[jt]sx?$/.test(path)) return content
  const text = new TextDecoder().decode(content)
  const up = '../'.repeat(path.split('/').length - 1) || './'
  // `require` takes no module of this kind everywhere, and needs none.
  const required = text.replaceAll(
    /\brequire\(\s*(['"])(node:test|bun:test)\1\s*\)/g,
    `require('${up}${folder}/script-runner.cjs')`,
  )
  return Buffer.from(required.replaceAll(specifier, `'${up}${folder}/framework.mjs'`))
}
