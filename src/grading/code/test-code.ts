/** Code exercises for tests: real boxes, real languages, and exercises from memory. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeAnswer } from '../../catalog/answer-files.ts'
import type { CodeExercise } from '../../catalog/code-exercise.ts'
import { memorySource } from '../../catalog/content-source.ts'
import { requireCode } from '../../catalog/kinds.ts'
import { loadCatalog } from '../../catalog/load-catalog.ts'
import { embeddedText, listEmbedded } from '../../embedded.ts'
import type { ExecutionDriver, ExecutionLimits } from '../../pods/execution.ts'
import { createLocalExecutionDriver } from '../../pods/local/execution/execution-driver.ts'
import { loadRuntimes } from '../../runtimes/load-runtimes.ts'
import { openRuntimes } from '../../runtimes/open-runtimes.ts'
import type { Runtimes } from '../../runtimes/runtime.ts'
import { silentLog } from '../../telemetry/log.ts'
import type { UseSandbox } from '../sandbox-use.ts'
import { type CodeGrader, createCodeGrader } from './code-grader.ts'
import { createPlainBoxes } from './plain-boxes.ts'

const megabyte = 1024 ** 2

/** Generous with the clock, for the machine may be busy; what tests want smaller, their exercises say. */
const limits: ExecutionLimits = {
  wallMs: 120_000,
  cpuMs: 60_000,
  memoryBytesMax: 256 * megabyte,
  processesMax: 64,
  openFilesMax: 256,
  fileBytesMax: 16 * megabyte,
  diskBytesMax: 64 * megabyte,
  filesMax: 2000,
  outputBytesMax: megabyte,
}

/** Whether this machine can run code at all. */
export const canRunCode = Bun.which('bwrap') !== null

/** What a test grades with. */
export interface CodeBench {
  grader: CodeGrader
  runtimes: Runtimes
  driver: ExecutionDriver
  stop(): Promise<void>
}

const noSandbox: UseSandbox = () => Promise.reject(new Error('This bench has no databases'))

/** Opens it; stop it afterwards. */
export async function openBench({ useSandbox = noSandbox }: { useSandbox?: UseSandbox } = {}): Promise<CodeBench> {
  const directory = mkdtempSync(join(tmpdir(), 'podium-code-'))
  chmodSync(directory, 0o755)
  const driver = await createLocalExecutionDriver({
    directory: join(directory, 'boxes'),
    hiddenPaths: [],
    log: silentLog,
  })
  const prefix = 'exercises/'
  const list = () => listEmbedded(prefix).map((name) => name.slice(prefix.length))
  const { specs, problems } = loadRuntimes([{ name: 'exercises', list, text: (path) => embeddedText(prefix + path) }])
  const runtimes = await openRuntimes({
    ...{ specs, problems, driver, roots: [], log: silentLog },
    directory: join(directory, 'runtimes'),
  })
  const grader = createCodeGrader({ runtimes, ...createPlainBoxes(driver, { usesMax: 4 }), useSandbox, limits })
  return {
    grader,
    runtimes,
    driver,
    stop: async () => {
      await driver.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** An exercise of these files and lines of exercise.yaml. Throws where it has a problem. */
export function exerciseOf(lines: string, files: Record<string, string>): CodeExercise {
  const head = 'title: Test\nkind: code\ndifficulty: easy\n'
  const all = { 'exercise.yaml': `${head}${lines}\n`, 'description.md': 'Task', ...files }
  const contents = Object.entries(all).map(([name, content]) => ({ path: `tests/exercise/${name}`, content }))
  const source = memorySource('content', [{ path: 'tests/track.yaml', content: 'title: Tests\n' }, ...contents])
  const catalog = loadCatalog({ builtin: source, directories: [] })
  const [found] = catalog.tracks.flatMap(({ exercises }) => exercises)
  if (found === undefined || catalog.problems.length > 0) throw new Error(JSON.stringify(catalog.problems))
  return requireCode(found)
}

/** An answer of one file. */
export function answerOf(path: string, text: string): string {
  return encodeAnswer([[path, text]])
}
