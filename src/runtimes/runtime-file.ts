/** The keys of a runtime's file, `exercises/runtimes/<name>.yaml`: the one declaration behind reader and JSON Schema. */
import { choice, describe, type Field, list, map, number, type Read, record, text, truth } from '../yaml/yaml-reader.ts'

/** The draft that editors know best. */
const $schema = 'http://json-schema.org/draft-07/schema#'

const argument = text({ lengthMax: 1000 })
const command = list(argument, { min: 1, max: 50 })
const absolute = text({
  lengthMax: 200,
  pattern: /^\/(?!home\/|root\/)[^\0]*[^/\0]$/,
  form: 'an absolute path outside of home folders',
  example: '/usr/bin/python3',
})
const environmentName = text({
  lengthMax: 60,
  pattern: /^[A-Z][A-Z0-9_]*$/,
  form: 'capital letters',
  example: 'GOCACHE',
})
const packageName = text({ lengthMax: 200 })

const limitFields = {
  seconds: describe('From start to end.', number({ min: 0.1, max: 3600, isWhole: false })),
  cpu_seconds: describe('Processor time of all processes.', number({ min: 0.1, max: 3600, isWhole: false })),
  memory_mb: describe('Memory of all processes together.', number({ min: 8, max: 65_536, isWhole: true })),
  processes: describe('Processes and threads.', number({ min: 1, max: 10_000, isWhole: true })),
  open_files: describe('Open files of a process.', number({ min: 16, max: 65_536, isWhole: true })),
  file_mb: describe('The largest file.', number({ min: 1, max: 65_536, isWhole: true })),
  disk_mb: describe('All files together.', number({ min: 1, max: 65_536, isWhole: true })),
  files: describe('Files and folders together.', number({ min: 16, max: 1_000_000, isWhole: true })),
  output_kb: describe('Standard output and standard error, each.', number({ min: 1, max: 1024 * 1024, isWhole: true })),
}

const variantFields = {
  programs: describe(
    'Programs of the machine by the name that commands call them by, each with the paths where it may be; the first that is there counts. Never in a home folder.',
    record(list(absolute, { min: 1, max: 20 }), { names: /^[a-z][a-z0-9_]*$/, form: 'small letters', max: 10 }),
  ),
  provides: describe('bun: the Bun that Podium itself is made with, as the program {bun}.', choice(['bun'])),
  version: describe('The command that tells the version, for example ["{python}", "--version"].', command),
  engine: describe(
    'Whose version that is, where the language has none of its own.',
    text({ lengthMax: 40, example: 'Node' }),
  ),
  at_least: describe(
    'The oldest version that will do.',
    text({ lengthMax: 20, pattern: /^\d+(\.\d+)*$/, form: 'numbers with dots', example: '"3.8"' }),
  ),
  compile: describe('The command that compiles, once before the runs. {files}: all files with an ending.', command),
  run: describe('The command that runs. {entry}: the file, {stem}: its name without ending.', command),
  module: describe('A command that ends with 0 where {module} is there, for what exercises need.', command),
  cache: describe(
    'What every compiling would make anew: made once by Podium itself, in a box of its own, and shown read-only.',
    map(
      {
        variable: describe('The environment variable that names the folder.', environmentName),
        make: describe('The command that fills it.', command),
      },
      ['variable', 'make'],
    ),
  ),
  env: describe(
    'Further environment variables.',
    record(text({ lengthMax: 1000 }), { names: /^[A-Z][A-Z0-9_]*$/, form: 'capital letters', max: 30 }),
  ),
  shows: describe(
    'Further paths of the machine that its programs read, for example /etc/java-17.',
    list(absolute, { max: 20 }),
  ),
  warm: describe('How the interpreter is started before anyone asks.', choice(['python', 'node'])),
  bounds_address_space: describe('false for what reserves gigabytes that it never uses (Node, Java, Go).', truth()),
}

const runtimeFields = {
  title: describe('The name people see.', text({ lengthMax: 60 })),
  editor: describe(
    'The mode of the Ace editor.',
    text({ lengthMax: 40, pattern: /^[a-z0-9_]+$/, form: 'small letters, digits and _', example: 'python' }),
  ),
  endings: describe(
    'Endings of its files, the usual one first.',
    list(text({ lengthMax: 16, pattern: /^[A-Za-z0-9]+$/, form: 'letters and digits', example: 'py' }), {
      min: 1,
      max: 10,
    }),
  ),
  entry: describe(
    'The file that is run unless an exercise names another.',
    text({ lengthMax: 100, pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, form: 'a file name', example: 'main.py' }),
  ),
  variants: describe(
    'Ways to have it; the first that is here counts.',
    list(map(variantFields, ['run']), { min: 1, max: 10 }),
  ),
  install: describe(
    'The packages that bring it.',
    map({ debian: packageName, fedora: packageName, arch: packageName }, ['debian', 'fedora', 'arch']),
  ),
  frameworks: describe(
    'Test frameworks, and the modules that must be there for them.',
    record(list(text({ lengthMax: 100 }), { max: 10 }), {
      names: /^[a-z][a-z0-9_.-]*$/,
      form: 'small letters',
      max: 10,
    }),
  ),
  limits: describe('What runs may take where the exercise does not say.', map(limitFields)),
  compile_limits: describe('What compiling may take.', map(limitFields)),
}

/** A runtime's file. */
export const runtimeFile: Field<Read<typeof runtimeFields>> = map(runtimeFields, [
  'title',
  'editor',
  'endings',
  'entry',
  'variants',
])

/** What the file, one of its variants and its limits read as. */
export type RuntimeFile = Read<typeof runtimeFields>
export type VariantFile = Read<typeof variantFields>
export type LimitsFile = Read<typeof limitFields>

/** The JSON Schema that editors use, by file name below exercises/. */
export const publishedSchemas: Readonly<Record<string, Record<string, unknown>>> = {
  'runtime.schema.json': { $schema, title: 'A runtime', ...runtimeFile.schema },
}
