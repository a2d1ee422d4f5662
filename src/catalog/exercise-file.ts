/** The keys of exercise.yaml and track.yaml: the one declaration behind the reader and the published JSON Schemas. */
import { constructNames } from '../parsing/constructs.ts'
import {
  choice,
  describe,
  either,
  type Field,
  list,
  map,
  number,
  type Read,
  record,
  text,
  truth,
} from '../yaml/yaml-reader.ts'
import { onlyWithCode, onlyWithSql } from './kind-keys.ts'

/** The draft that editors know best. */
const $schema = 'http://json-schema.org/draft-07/schema#'

const small = 'small letters, digits and hyphens'
const word = text({
  lengthMax: 64,
  pattern: /^[a-z0-9][a-z0-9 -]*$/,
  form: 'small letters, digits, spaces and hyphens',
  example: 'left join',
})
const slug = text({ lengthMax: 64, pattern: /^[a-z0-9][a-z0-9-]*$/, form: small, example: 'quiet-screenings' })
const name = text({ lengthMax: 128 })
const qualified = text({
  lengthMax: 200,
  pattern: /^[^.\s]+\.[^.\s]+$/,
  form: 'schema and name with a dot between them',
  example: 'public.film',
})
const construct = text({
  lengthMax: 100,
  pattern: new RegExp(`^(${constructNames.join('|')}|(table|function) \\S+)$`),
  form: 'a construct that exercises/README.md lists',
  example: 'window function, cte, subquery, table film or function lower',
})

const path = text({
  lengthMax: 200,
  pattern: /^[^/\\\0]+(\/[^/\\\0]+)*$/,
  form: 'a path below the folder, with forward slashes',
  example: 'data/prices.csv',
})
const pathOrFolder = text({
  lengthMax: 200,
  pattern: /^[^/\\\0]+(\/[^/\\\0]+)*\/?$/,
  form: 'a path below starter/, or a folder with a slash at its end',
  example: 'data/',
})
const runtimeName = text({
  lengthMax: 40,
  pattern: /^[a-z0-9][a-z0-9+-]*$/,
  form: 'the name of a language',
  example: 'python',
})

const judgeFields = {
  language: describe("The language of the program in check/; the exercise's own unless said.", runtimeName),
  entry: describe('The file in check/ that is run; the only one, or the one called check.* unless said.', path),
  flags: describe('Further words of its command line.', list(text({ lengthMax: 200 }), { max: 20 })),
}

const assertion = map({
  uses_index: describe('The plan reads this index.', name),
  no_sequential_scan: describe('The plan does not read this table from end to end.', name),
  buffers_at_most: describe('The plan touches at most so many pages.', number({ min: 1, max: 1e9, isWhole: true })),
  uses_node: describe('The plan has a node of this type, for example Index Only Scan.', name),
})

const gradingFields = {
  compare: describe(
    'What is judged; rows unless said with kind: sql. With kind: code, io, tests or checks.',
    choice(['rows', 'tables', 'checks', 'plan', 'io', 'tests']),
  ),
  order: describe(
    'none: any order (default). exact: every position counts. A list of columns: only these decide, ties are free.',
    either(choice(['none', 'exact']), list(name, { min: 1, max: 32 })),
  ),
  columns: describe('position (default): names are free. name: order is free.', choice(['position', 'name'])),
  tolerance: describe(
    'Tolerance of floating-point numbers; 1e-9 unless said. With match: float, absolute or relative; else relative.',
    number({ min: 0, max: 0.5, isWhole: false }),
  ),
  tables: describe('With compare: tables, the tables whose content is judged.', list(qualified, { min: 1, max: 20 })),
  ignore_columns: describe('With compare: tables, columns whose values do not count.', list(name, { max: 20 })),
  plan: describe('With compare: plan, what the plan must be like.', list(assertion, { min: 1, max: 20 })),
  require: describe('Constructs that the answer must use.', list(construct, { max: 20 })),
  forbid: describe('Constructs that the answer must not use.', list(construct, { max: 20 })),
  seeds: describe(
    'Further seeds of a generated dataset: each is a hidden dataset.',
    list(number({ min: 2, max: 2 ** 31 - 1, isWhole: true }), { max: 5 }),
  ),
  counterexample: describe('Whether the smallest counterexample may be shown; true unless said.', truth()),
  equivalent: describe(
    'Mutants of the reference that mean the same, with the reason; a name that ends with * stands for all that begin so.',
    list(map({ mutant: text({ lengthMax: 200 }), reason: text({ lengthMax: 500 }) }, ['mutant', 'reason']), {
      max: 200,
    }),
  ),
  match: describe(
    'With compare: io. tokens (default): what stands between blanks. exact: every byte. float: tokens, numbers may be off by the tolerance. checker, interactive: a program in check/ says.',
    choice(['tokens', 'exact', 'float', 'checker', 'interactive']),
  ),
  ignore_case: describe('With compare: io. true: capitals and small letters are the same.', truth()),
  framework: describe(
    'With compare: tests. unless said unittest with python, node:test with javascript, bun test with typescript.',
    choice(['unittest', 'pytest', 'node:test', 'bun test']),
  ),
  judge: describe(
    'The program in check/, with match: checker or interactive, and with compare: checks.',
    map(judgeFields),
  ),
  weights: describe(
    'How much cases, tests or checks count, by name, or by the beginning of a name with * after it; 1 unless said. An answer that is partly right then brings that part of the points.',
    record(number({ min: 0, max: 1000, isWhole: false }), {
      names: /^[^\n]{1,200}$/,
      form: 'names of cases, tests or checks, at most 200 characters',
      max: 500,
    }),
  ),
  whole: describe(
    'With compare: io, groups of cases, by the beginning of their names with * after it, whose weight is earned only where all of a group are right.',
    list(text({ lengthMax: 200 }), { max: 100 }),
  ),
}

const mega = (description: string, max: number) => describe(description, number({ min: 1, max, isWhole: true }))
const limitFields = {
  seconds: describe('Longest run.', number({ min: 0.1, max: 600, isWhole: false })),
  cpu_seconds: describe('Processor time of all its processes.', number({ min: 0.1, max: 600, isWhole: false })),
  memory_mb: mega('Memory of all its processes, with the files they write.', 65_536),
  processes: describe('Processes and threads at once.', number({ min: 1, max: 4096, isWhole: true })),
  open_files: describe('Files open at once.', number({ min: 8, max: 4096, isWhole: true })),
  file_mb: mega('The largest file.', 4096),
  disk_mb: mega('All files together.', 4096),
  output_kb: mega('Output, and errors as much again.', 65_536),
}

const sourceFields = {
  name: describe('Whose it is: a book, a contest, a collection.', text({ lengthMax: 200 })),
  url: describe(
    'Where that is.',
    text({ lengthMax: 500, pattern: /^https?:\/\/\S+$/, form: 'a web address', example: 'https://example.org/tasks' }),
  ),
  license: describe('Under which terms it may be used, for example MIT.', text({ lengthMax: 200 })),
  authors: describe('Who wrote it.', list(text({ lengthMax: 100 }), { max: 100 })),
}

const exerciseFields = {
  title: describe('The name people see.', text({ lengthMax: 100 })),
  kind: describe('What kind of work it is.', choice(['sql', 'code'])),
  difficulty: describe('How hard it is.', choice(['easy', 'medium', 'hard'])),
  summary: describe(
    "One sentence for lists; the description's first paragraph unless given.",
    text({ lengthMax: 300 }),
  ),
  minutes: describe('About how long it takes; 10 unless said.', number({ min: 1, max: 600, isWhole: true })),
  topics: describe('What it practises.', list(word, { max: 12 })),
  points: describe(
    'What it is worth; 5, 10 or 20 by difficulty unless said.',
    number({ min: 0, max: 1000, isWhole: true }),
  ),
  published: describe('false: podium check proves it, but only authors see it on the site.', truth()),
  dataset: describe(
    "A folder in the track's datasets/, or track/name of another track's; without it the exercise's own dataset/ folder.",
    text({
      lengthMax: 130,
      pattern: /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)?$/,
      form: `the name of a folder, ${small}`,
      example: 'cinema or joins/cinema',
    }),
  ),
  writes: describe('false where the answer only reads: people then share one database.', truth()),
  isolation: describe("server: a PostgreSQL of one's own, as superuser.", choice(['database', 'server'])),
  language: describe('With kind: code, the name of a language that Podium can run.', runtimeName),
  entry: describe('The file that is run; the only one of solution/, or the one called main.* unless said.', path),
  needs: describe(
    'Modules that must be installed with the language.',
    list(text({ lengthMax: 64, pattern: /^[A-Za-z_@][\w./@-]*$/, form: 'the name of a module', example: 'numpy' }), {
      max: 20,
    }),
  ),
  files: describe(
    "Files of starter/ that are not the learner's to edit; a name that ends with / stands for a folder.",
    map({
      read: describe('Shown, but not to be changed.', list(pathOrFolder, { max: 200 })),
      hidden: describe('Not shown, and there only when the answer is judged.', list(pathOrFolder, { max: 200 })),
    }),
  ),
  limits: describe('What the answer may take.', map(limitFields)),
  source: describe('Where it was taken from; shown below the description.', map(sourceFields)),
  hints: describe('Hints, from the gentlest to the plainest.', list(text({ lengthMax: 1000 }), { max: 10 })),
  grading: describe('How answers are judged.', map(gradingFields)),
}

const trackFields = {
  title: describe('The name people see.', text({ lengthMax: 100 })),
  description: describe('What one learns in it.', text({ lengthMax: 2000 })),
  order: describe(
    'Where it stands among the tracks; those without come last, by name.',
    number({ min: 0, max: 10_000, isWhole: false }),
  ),
  exercises: describe('Exercises in their order; those not named follow by name.', list(slug, { max: 500 })),
}

/** exercise.yaml. */
export const exerciseFile: Field<Read<typeof exerciseFields>> = map(exerciseFields, ['title', 'kind', 'difficulty'])

/** track.yaml. */
export const trackFile: Field<Read<typeof trackFields>> = map(trackFields, ['title'])

/** What exercise.yaml and its grading read as. */
export type ExerciseFile = Read<typeof exerciseFields>
export type GradingFile = Read<typeof gradingFields>

/** Forbids keys where the kind is the other one, as `reportOtherKind` does. */
function without(kind: 'sql' | 'code', keys: readonly string[]): Record<string, unknown> {
  const top = keys.filter((key) => !key.includes('.'))
  const inner = (parent: string) =>
    Object.fromEntries(
      keys.flatMap((key) => (key.startsWith(`${parent}.`) ? [[key.slice(parent.length + 1), false]] : [])),
    )
  const properties = {
    ...Object.fromEntries(top.map((key) => [key, false])),
    grading: { properties: inner('grading') },
    limits: { properties: inner('limits') },
  }
  return { anyOf: [{ properties: { kind: { not: { const: kind } } } }, { properties }] }
}

/** The JSON Schemas that editors use, by file name below exercises/. */
export const publishedSchemas: Readonly<Record<string, Record<string, unknown>>> = {
  'exercise.schema.json': {
    $schema,
    title: 'exercise.yaml',
    ...exerciseFile.schema,
    allOf: [without('sql', onlyWithCode), without('code', onlyWithSql)],
  },
  'track.schema.json': { $schema, title: 'track.yaml', ...trackFile.schema },
}
