/** Runs a program in an interpreter that waited for it and in one that did not, for suites that compare the two. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { warmFrames } from '../../pods/local/execution/warm.ts'

/** A program and what it is given. */
export interface Case {
  main: string
  files?: Record<string, string>
  arguments?: readonly string[]
  stdin?: string
  entry?: string
  env?: Record<string, string>
}

/** What came of it. */
export interface Outcome {
  code: number | null
  signal: string | null
  stdout: string
  stderr: string
}

/** An interpreter that can wait. */
export interface Interpreter {
  program: string
  entry: string
  env: Readonly<Record<string, string>>
  /** How it is started to wait, and what only then is in its environment. */
  warm: { argv: readonly string[]; env: Readonly<Record<string, string>> }
}

const timeoutMs = 30_000

/** A folder in which programs run; both see the same path, so that what is printed of it is equal. */
export class Workbench {
  readonly #scratch = mkdtempSync(join(tmpdir(), 'podium-warm-'))
  readonly #interpreter: Interpreter

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.#scratch, { recursive: true, force: true })
  }

  /** Files first, then the interpreter. */
  async runCold(given: Case): Promise<Outcome> {
    const cwd = this.#freshWorkspace()
    for (const { path, content } of this.#filesOf(given)) {
      mkdirSync(join(cwd, dirname(path)), { recursive: true })
      writeFileSync(join(cwd, path), content)
    }
    const env = { ...this.#interpreter.env, ...given.env }
    const stdin = new Blob([given.stdin ?? ''])
    return await outcomeOf(
      Bun.spawn(this.#argvOf(given), { cwd, env, stdio: [stdin, 'pipe', 'pipe'], timeout: timeoutMs }),
    )
  }

  /** The interpreter first, then the job. */
  async runWarm(given: Case): Promise<Outcome> {
    const { env, warm } = this.#interpreter
    const child = Bun.spawn([...warm.argv], {
      cwd: this.#freshWorkspace(),
      env: { ...env, ...warm.env },
      stdio: [new Blob([given.stdin ?? '']), 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
      timeout: timeoutMs,
    })
    const [, , , , job, report] = child.stdio
    if (typeof job !== 'number' || typeof report !== 'number') throw new Error('The descriptors are not there')
    const said = await Bun.file(report).slice(0, 6).text()
    if (said !== 'ready\n') throw new Error(`It is not ready: ${said}`)
    const told = { argv: this.#argvOf(given), env: given.env ?? {}, hasChannel: false, files: this.#filesOf(given) }
    const writer = Bun.file(job).writer()
    for (const frame of warmFrames(told)) writer.write(frame)
    await writer.end()
    return await outcomeOf(child)
  }

  #freshWorkspace(): string {
    const directory = join(this.#scratch, 'work')
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(directory)
    return directory
  }

  #argvOf({ entry = this.#interpreter.entry, arguments: further = [] }: Case): string[] {
    return [this.#interpreter.program, entry, ...further]
  }

  #filesOf({ main, entry = this.#interpreter.entry, files = {} }: Case) {
    const texts = { ...files, [entry]: main }
    return Object.entries(texts).map(([path, text]) => ({ path, content: new TextEncoder().encode(text) }))
  }
}

async function outcomeOf(child: Bun.Subprocess<Blob, 'pipe', 'pipe'>): Promise<Outcome> {
  const [stdout, stderr] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  await child.exited
  const signal = child.signalCode === null ? null : String(child.signalCode)
  return { code: child.exitCode, signal, stdout: normal(stdout), stderr: normal(stderr) }
}

/** Addresses and numbers of threads and processes differ from run to run. */
function normal(text: string): string {
  return text
    .replaceAll(/ at 0x[0-9a-f]+/g, '')
    .replaceAll(/Thread-\d+/g, 'Thread')
    .replaceAll(/\(node:\d+\)/g, '(node)')
}
