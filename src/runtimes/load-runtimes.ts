/** Reads runtimes' files into specifications, and says what is wrong in them. */
import type { ExecutionLimits } from '../pods/execution.ts'
import { readYaml, type YamlProblem } from '../yaml/yaml-reader.ts'
import type { RuntimeInstall } from './runtime.ts'
import { type LimitsFile, type RuntimeFile, runtimeFile, type VariantFile } from './runtime-file.ts'

/** Where runtimes' files come from: the content inside the program, or a directory of exercises. */
export interface RuntimeSource {
  /** For messages, for example `exercises`. */
  name: string
  list(): string[]
  text(path: string): string
}

/** What a runtime's file says, complete and checked. */
export interface RuntimeSpec {
  name: string
  title: string
  editorMode: string
  endings: readonly string[]
  entry: string
  variants: readonly VariantSpec[]
  install: RuntimeInstall | null
  frameworks: readonly { name: string; needs: readonly string[] }[]
  limits: Partial<ExecutionLimits>
  compileLimits: Partial<ExecutionLimits>
}

/** One way to have a runtime. */
export interface VariantSpec {
  /** Candidate paths by the name that commands use. */
  programs: Readonly<Record<string, readonly string[]>>
  provides: 'bun' | null
  version: readonly string[] | null
  /** Whose version it is; null where it is the language's own. */
  engine: string | null
  atLeast: string | null
  compile: readonly string[] | null
  run: readonly string[]
  module: readonly string[] | null
  /** What compiling finds ready, and how it is made. */
  cache: { variable: string; make: readonly string[] } | null
  env: Readonly<Record<string, string>>
  shows: readonly string[]
  warm: 'python' | 'node' | null
  boundsAddressSpace: boolean
}

const folder = 'runtimes/'
const megabyte = 1024 ** 2

/**
 * Reads all files `runtimes/<name>.yaml` of the sources; a name that comes again is a problem, and the first stays. The
 * same file once more, where somebody checks a copy of what is built in, is none.
 */
export function loadRuntimes(sources: readonly RuntimeSource[]): { specs: RuntimeSpec[]; problems: YamlProblem[] } {
  const specs: RuntimeSpec[] = []
  const problems: YamlProblem[] = []
  const texts = new Map<string, string>()
  for (const source of sources) {
    for (const path of pathsOf(source)) {
      const file = `${source.name}/${path}`
      const name = path.slice(folder.length, -'.yaml'.length)
      const text = textOf(source, path)
      if (texts.get(name) === text) continue
      const refuse = (message: string) => problems.push({ file, line: null, key: null, message })
      if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) refuse('Its name is small letters, digits and hyphens; rename it')
      else if (specs.some((spec) => spec.name === name))
        refuse(`There is a runtime "${name}" already; rename this file`)
      else {
        texts.set(name, text)
        const read = readRuntime(name, file, text)
        problems.push(...read.problems)
        if (read.spec !== null && read.problems.length === 0) specs.push(read.spec)
      }
    }
  }
  return { specs: specs.sort((a, b) => (a.title < b.title ? -1 : 1)), problems }
}

function pathsOf(source: RuntimeSource): string[] {
  try {
    return source.list().filter((path) => path.startsWith(folder) && /^[^/]+\/[^/]+\.yaml$/.test(path))
  } catch {
    // A directory that can't be read is a problem that the catalogue tells.
    return []
  }
}

function textOf(source: RuntimeSource, path: string): string {
  try {
    return source.text(path)
  } catch {
    return ''
  }
}

/** One file's text. */
export function readRuntime(
  name: string,
  file: string,
  text: string,
): { spec: RuntimeSpec | null; problems: YamlProblem[] } {
  const { value, problems, lineOf } = readYaml(text, file, runtimeFile)
  if (value === undefined || problems.length > 0) return { spec: null, problems }
  const strays = (value.variants ?? []).flatMap((variant, index) =>
    strayPlaceholders(variant).map(({ key, word }) => ({
      file,
      line: lineOf(`variants[${index}].${key}`),
      key: `variants[${index}].${key}`,
      message: `There is no {${word}} here; known are ${placesOf(variant, key)
        .map((place) => `{${place}}`)
        .join(', ')}`,
    })),
  )
  return { spec: specOf(name, value), problems: strays }
}

const commandKeys = ['version', 'compile', 'run', 'module', 'cache.make'] as const
type CommandKey = (typeof commandKeys)[number]
const furtherPlaces: Record<CommandKey, readonly string[]> = {
  version: [],
  compile: ['entry', 'stem', 'files'],
  run: ['entry', 'stem', 'files'],
  module: ['module'],
  'cache.make': [],
}

function commandOf(variant: VariantFile, key: CommandKey): readonly string[] {
  return (key === 'cache.make' ? variant.cache?.make : variant[key]) ?? []
}

function placesOf(variant: VariantFile, key: CommandKey): string[] {
  return [
    ...Object.keys(variant.programs ?? {}),
    ...(variant.provides ? [variant.provides] : []),
    ...furtherPlaces[key],
  ]
}

function strayPlaceholders(variant: VariantFile): { key: CommandKey; word: string }[] {
  return commandKeys.flatMap((key) => {
    const known = placesOf(variant, key)
    const words = commandOf(variant, key).flatMap((argument) =>
      [...argument.matchAll(/\{(\w+)\}/g)].map(([, word = '']) => word),
    )
    return words.filter((word) => !known.includes(word)).map((word) => ({ key, word }))
  })
}

function specOf(name: string, file: RuntimeFile): RuntimeSpec {
  const { debian, fedora, arch } = file.install ?? {}
  const install = debian && fedora && arch ? { debian, fedora, arch } : null
  return {
    name,
    title: file.title ?? name,
    editorMode: file.editor ?? 'text',
    endings: file.endings ?? [],
    entry: file.entry ?? 'main',
    variants: (file.variants ?? []).map(variantOf),
    install,
    frameworks: Object.entries(file.frameworks ?? {}).map(([framework, needs]) => ({ name: framework, needs })),
    limits: limitsOf(file.limits),
    compileLimits: limitsOf(file.compile_limits),
  }
}

function variantOf(variant: VariantFile): VariantSpec {
  return {
    programs: variant.programs ?? {},
    provides: variant.provides ?? null,
    version: variant.version ?? null,
    engine: variant.engine ?? null,
    atLeast: variant.at_least ?? null,
    compile: variant.compile ?? null,
    run: variant.run ?? [],
    module: variant.module ?? null,
    cache: cacheOf(variant.cache),
    env: variant.env ?? {},
    shows: variant.shows ?? [],
    warm: variant.warm ?? null,
    boundsAddressSpace: variant.bounds_address_space ?? true,
  }
}

function cacheOf(cache: VariantFile['cache']): VariantSpec['cache'] {
  const { variable, make } = cache ?? {}
  return variable === undefined || make === undefined ? null : { variable, make }
}

/** Limits as files have them, in the units of `ExecutionLimits`; only those that are given. */
export function limitsOf(file: LimitsFile | undefined): Partial<ExecutionLimits> {
  const scaled: [keyof ExecutionLimits, number | undefined, number][] = [
    ['wallMs', file?.seconds, 1000],
    ['cpuMs', file?.cpu_seconds, 1000],
    ['memoryBytesMax', file?.memory_mb, megabyte],
    ['processesMax', file?.processes, 1],
    ['openFilesMax', file?.open_files, 1],
    ['fileBytesMax', file?.file_mb, megabyte],
    ['diskBytesMax', file?.disk_mb, megabyte],
    ['filesMax', file?.files, 1],
    ['outputBytesMax', file?.output_kb, 1024],
  ]
  const limits: Partial<ExecutionLimits> = {}
  for (const [name, value, factor] of scaled) if (value !== undefined) limits[name] = Math.round(value * factor)
  return limits
}
