/** All runtimes of this Podium: what their files say, what of it is here, and boxes for them. */
import { createHash } from 'node:crypto'
import { Failure } from '../failure.ts'
import type { BoxBind, BoxRuntime, ExecutionDriver, ExecutionLimits } from '../pods/execution.ts'
import type { Log } from '../telemetry/log.ts'
import type { YamlProblem } from '../yaml/yaml-reader.ts'
import { provideBun, providedBunVersion } from './bare-bun.ts'
import { asArgument, fillCommand, stemOf } from './commands.ts'
import { boxWithCache, type SetAside } from './compile-cache.ts'
import { askOnHost, bunInBox, type FoundRuntime, findRuntime } from './find-runtimes.ts'
import type { RuntimeSpec } from './load-runtimes.ts'
import { findInRoot, findOnHost, hostBinds } from './place.ts'
import type { OpenRuntime, Program, Runtime, RuntimeCommands, Runtimes } from './runtime.ts'
import { rememberVersions } from './version-cache.ts'
import { envProgram, warmNode, warmPython, writeWarmFiles } from './warm/warm-files.ts'

/** What the runtimes are made from. */
export interface RuntimesOptions {
  /** What the files say (`loadRuntimes`). */
  specs: readonly RuntimeSpec[]
  problems: readonly YamlProblem[]
  /** Where the plain Bun and what waits in boxes is kept; its parents must let other users pass. */
  directory: string
  /** Imported root filesystems, the one to look in first first. */
  roots: readonly string[]
  driver: ExecutionDriver
  /** For what compilers find ready, which is made beside people's programs; absent where there are none. */
  setAside?: SetAside
  log: Log
}

const megabyte = 1024 ** 2
/** What asking a program for its version or its modules may take. */
const askLimits: ExecutionLimits = {
  wallMs: 30_000,
  cpuMs: 20_000,
  memoryBytesMax: 1024 * megabyte,
  processesMax: 64,
  openFilesMax: 256,
  fileBytesMax: 16 * megabyte,
  diskBytesMax: 64 * megabyte,
  filesMax: 1000,
  outputBytesMax: 16 * 1024,
}
/** Of what an exercise needs: a module or program, never a piece of code. */
const moduleName = /^[A-Za-z0-9_@][A-Za-z0-9_.@/:+-]{0,99}$/

/** Finds all runtimes. Takes half a second the first time; never throws for one that is not. */
export async function openRuntimes(options: RuntimesOptions): Promise<Runtimes> {
  const { specs, driver, roots } = options
  const askInRoot = async (root: string, argv: readonly string[]) => {
    if (driver.problem !== null) return null
    const box = { key: 'ask', root, binds: [], env: {}, warm: null, boundsAddressSpace: false }
    const { exitCode, text } = await ask(driver, box, argv).catch(() => ({ exitCode: 1, text: '' }))
    return exitCode === 0 ? text : null
  }
  const versions = rememberVersions(options.directory, askOnHost)
  const around = { roots, bunVersion: providedBunVersion(), askInRoot, askOnHost: versions.ask }
  const found = await Promise.all(specs.map(async (spec) => ({ spec, found: await findRuntime(spec, around) })))
  versions.save()
  return new FoundRuntimes(options, found)
}

interface Entry {
  spec: RuntimeSpec
  found: FoundRuntime | { reason: string }
}

class FoundRuntimes implements Runtimes {
  readonly list: readonly Runtime[]
  readonly problems: readonly YamlProblem[]
  readonly #options: RuntimesOptions
  readonly #entries: readonly Entry[]
  readonly #warmFiles: BoxBind
  readonly #opened = new Map<string, Promise<OpenRuntime>>()
  readonly #asked = new Map<string, Promise<boolean>>()
  #bun: Promise<string> | null = null

  constructor(options: RuntimesOptions, entries: readonly Entry[]) {
    this.#options = options
    this.#entries = entries
    this.#warmFiles = writeWarmFiles(options.directory)
    this.list = entries.map((entry) => describe(entry, options.driver.problem))
    this.problems = options.problems
  }

  find(name: string): Runtime | null {
    return this.list.find((runtime) => runtime.name === name) ?? null
  }

  open(name: string): Promise<OpenRuntime> {
    const known = this.#opened.get(name)
    if (known !== undefined) return known
    const opening = this.#open(name)
    this.#opened.set(name, opening)
    // Tried anew next time: a full disk may have room then.
    opening.catch(() => this.#opened.delete(name))
    return opening
  }

  async missing(name: string, modules: readonly string[]): Promise<string[]> {
    const runtime = await this.open(name)
    const has = await Promise.all(modules.map((module) => this.#has(runtime, module)))
    return modules.filter((_, index) => !has[index])
  }

  async #open(name: string): Promise<OpenRuntime> {
    const runtime = this.find(name)
    const entry = this.#entries.find(({ spec }) => spec.name === name)
    if (runtime === null || entry === undefined)
      throw new Failure('missing', `There is no language "${name}" here`, { code: 'runtime_unknown' })
    if (runtime.problem !== null || !('version' in entry.found))
      throw new Failure('unavailable', runtime.problem ?? `${runtime.title} is not here`, { code: 'runtime_missing' })
    const box = await this.#boxOf(entry.spec, entry.found)
    const { programs } = entry.found
    let compileBox: Promise<BoxRuntime> | null = null
    return {
      ...{ runtime, box, programs, commands: (program) => commandsOf(entry, program) },
      compileBox: () => {
        compileBox ??= this.#compileBox(entry.spec, entry.found, box)
        return compileBox
      },
    }
  }

  async #compileBox(spec: RuntimeSpec, found: Entry['found'], box: BoxRuntime): Promise<BoxRuntime> {
    if (!('variant' in found) || found.variant.cache === null) return box
    const { version, programs } = found
    const { variable, make } = found.variant.cache
    try {
      return await boxWithCache(this.#options, { name: spec.name, version, programs, box, variable, make })
    } catch (error) {
      // Tried again at the next start: each try would take as long as what it is to save.
      this.#options.log.warn('A language goes without its cache', { language: spec.name, error })
      return box
    }
  }

  async #boxOf(spec: RuntimeSpec, { variant, programs, root, version }: FoundRuntime): Promise<BoxRuntime> {
    const binds: BoxBind[] = root === null ? hostBinds(Object.values(programs), variant.shows) : []
    if (variant.provides === 'bun') binds.push({ from: await this.#provideBun(), to: bunInBox })
    const warm = warmOf(spec, { variant, programs, root })
    if (warm !== null) binds.push(this.#warmFiles)
    const made = { root, binds, env: variant.env, warm, boundsAddressSpace: variant.boundsAddressSpace }
    const hash = createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 12)
    return { key: `${spec.name}-${version}-${hash}`, ...made }
  }

  async #provideBun(): Promise<string> {
    const { directory, log } = this.#options
    this.#bun ??= provideBun({ directory, log })
    this.#bun.catch(() => {
      this.#bun = null
    })
    return await this.#bun
  }

  #has({ runtime, box, programs }: OpenRuntime, module: string): Promise<boolean> {
    const key = `${runtime.name} ${module}`
    const known = this.#asked.get(key)
    if (known !== undefined) return known
    const asking = this.#askFor({ runtime, box, programs }, module)
    this.#asked.set(key, asking)
    asking.catch(() => this.#asked.delete(key))
    return asking
  }

  async #askFor(
    { runtime, box, programs }: Omit<OpenRuntime, 'commands' | 'compileBox'>,
    module: string,
  ): Promise<boolean> {
    const entry = this.#entries.find(({ spec }) => spec.name === runtime.name)
    const command = entry !== undefined && 'variant' in entry.found ? entry.found.variant.module : null
    if (command === null || !moduleName.test(module)) return false
    const argv = fillCommand(command, { ...programs, module })
    const { exitCode, end } = await ask(this.#options.driver, { ...box, warm: null }, argv)
    if (end === 'lost')
      throw new Failure('unavailable', `Whether ${runtime.title} has ${module} could not be found out`)
    return exitCode === 0
  }
}

function warmOf(spec: RuntimeSpec, { variant, programs, root }: Omit<FoundRuntime, 'version'>): BoxRuntime['warm'] {
  const program = variant.warm === null ? undefined : programs[variant.warm]
  if (program === undefined) return null
  if (variant.warm === 'node') return warmNode(program, spec.entry)
  return hasEnv(root) ? warmPython(program, spec.entry) : null
}

/** What starts a program with a variable that nothing else has; a small root filesystem may be without. */
function hasEnv(root: string | null): boolean {
  return 'path' in (root === null ? findOnHost([envProgram]) : findInRoot(root, [envProgram]))
}

/** Runs a command in a box of its own. */
async function ask(driver: ExecutionDriver, runtime: BoxRuntime, argv: readonly string[]) {
  const box = await driver.startBox(runtime, { limits: askLimits, databaseSocket: null })
  const nothing = { env: {}, files: [], archive: null, stdin: new Uint8Array(), hasChannel: false, archives: false }
  const { end, exitCode, stdout, stderr } = await box.run({ argv, limits: askLimits, ...nothing })
  return { end, exitCode, text: Buffer.concat([stdout, stderr]).toString('utf8') }
}

function commandsOf({ spec, found }: Entry, { entry, files }: Program): RuntimeCommands {
  if (!('variant' in found)) throw new Error(`${spec.name} is not here`)
  const values = { ...found.programs, entry: asArgument(entry), stem: stemOf(entry) }
  const own = files.filter((path) => spec.endings.includes(path.split('.').at(-1) ?? '')).map(asArgument)
  const fill = (command: readonly string[]) => fillCommand(command, values, own)
  return { compile: found.variant.compile === null ? null : fill(found.variant.compile), run: fill(found.variant.run) }
}

function describe({ spec, found }: Entry, boxProblem: string | null): Runtime {
  const { name, title, install, editorMode, endings, entry, frameworks, limits, compileLimits } = spec
  const isCompiled = ('variant' in found ? found.variant : spec.variants[0])?.compile != null
  const problem = problemOf({ spec, found }, boxProblem)
  return {
    name,
    title,
    version: 'version' in found ? [found.variant.engine, found.version].filter(Boolean).join(' ') : null,
    problem,
    install,
    editorMode,
    endings,
    entry,
    isCompiled,
    frameworks,
    limits,
    compileLimits,
  }
}

function problemOf({ spec, found }: Entry, boxProblem: string | null): string | null {
  if (boxProblem !== null) return `Programs can’t be run here: ${boxProblem}`
  if ('version' in found) return null
  const { install, title } = spec
  const mend =
    install === null
      ? ''
      : `. Install it: apt-get install ${install.debian} (Debian, Ubuntu), dnf install ${install.fedora} (Fedora), pacman -S ${install.arch} (Arch)`
  return `${title} is not here: ${found.reason}${mend}`
}
