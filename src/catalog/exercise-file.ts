/** The keys of exercise.yaml and track.yaml: the one declaration behind the reader and the published JSON Schemas. */
import { constructNames } from '../parsing/constructs.ts'
import { choice, describe, either, type Field, list, map, number, type Read, text, truth } from '../yaml/yaml-reader.ts'

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

const assertion = map({
  uses_index: describe('The plan reads this index.', name),
  no_sequential_scan: describe('The plan does not read this table from end to end.', name),
  buffers_at_most: describe('The plan touches at most so many pages.', number({ min: 1, max: 1e9, isWhole: true })),
  uses_node: describe('The plan has a node of this type, for example Index Only Scan.', name),
})

const gradingFields = {
  compare: describe('What is judged; rows unless said.', choice(['rows', 'tables', 'checks', 'plan'])),
  order: describe(
    'none: any order (default). exact: every position counts. A list of columns: only these decide, ties are free.',
    either(choice(['none', 'exact']), list(name, { min: 1, max: 32 })),
  ),
  columns: describe('position (default): names are free. name: order is free.', choice(['position', 'name'])),
  tolerance: describe(
    'Relative tolerance of floating-point numbers; 1e-9 unless said.',
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
}

const exerciseFields = {
  title: describe('The name people see.', text({ lengthMax: 100 })),
  kind: describe('What kind of work it is.', choice(['sql'])),
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
  published: describe('false: podium check proves it, but it is not on the site yet.', truth()),
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
  limits: describe(
    'What the answer may take.',
    map({ seconds: describe('Longest run.', number({ min: 0.1, max: 600, isWhole: false })) }),
  ),
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

/** The JSON Schemas that editors use, by file name below exercises/. */
export const publishedSchemas: Readonly<Record<string, Record<string, unknown>>> = {
  'exercise.schema.json': { $schema, title: 'exercise.yaml', ...exerciseFile.schema },
  'track.schema.json': { $schema, title: 'track.yaml', ...trackFile.schema },
}
