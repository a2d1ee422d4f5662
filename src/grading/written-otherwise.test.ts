import { afterAll, describe, expect, test } from 'bun:test'
import { memorySource } from '../catalog/content-source.ts'
import type { SqlExercise } from '../catalog/exercise.ts'
import { loadCatalog } from '../catalog/load-catalog.ts'
import { createParser } from '../parsing/parser.ts'
import { compareRows } from './compare-rows.ts'
import type { Judgement } from './judge.ts'
import { differenceWords, passedWords } from './wording.ts'
import { sayWrittenOtherwise } from './written-otherwise.ts'

const parser = createParser()
afterAll(() => parser.stop())

function exerciseOf(solution: string): SqlExercise {
  const files = {
    'days/track.yaml': 'title: Days\n',
    'days/today/exercise.yaml': 'title: Today\nkind: sql\ndifficulty: easy\n',
    'days/today/description.md': 'Task',
    'days/today/solution.sql': solution,
  }
  const source = memorySource(
    'content',
    Object.entries(files).map(([path, content]) => ({ path, content })),
  )
  const exercise = loadCatalog({ builtin: source, directories: [] }).tracks[0]?.exercises[0]
  if (exercise?.kind !== 'sql') throw new Error('The exercise did not load')
  return exercise
}

/** The help of a verdict on rows that differ in one value. */
async function helpOn(answer: string, solution = 'SELECT day FROM visit'): Promise<string | null> {
  const table = (value: string) => ({ columns: [{ name: 'day', type: 'date' }], rows: [[value]] })
  const rules = { order: 'none', columns: 'position', tolerance: 0 } as const
  const difference = compareRows(table('2025-12-31'), table('31.12.2025'), rules)
  if (difference === null) throw new Error('They do not differ')
  const words = { ...differenceWords(difference, null, false), help: null }
  const judgement: Judgement = { words, difference, table: null, violations: [], error: null, rows: null }
  const split = await parser.split(answer)
  if ('error' in split) throw new Error(split.error.message)
  const judged = { exercise: exerciseOf(solution), statements: split.statements, results: [] }
  return sayWrittenOtherwise(judgement, judged).words.help
}

describe('an answer whose rows differ is told to leave out what changes how values are written', () => {
  test.each([
    ["SET datestyle = 'German'; SELECT day FROM visit", 'DateStyle'],
    ['SET SESSION "datestyle" TO \'SQL, DMY\'; SELECT 1', 'DateStyle'],
    ["SET TIME ZONE 'Asia/Tokyo'; SELECT 1", 'TimeZone'],
    ["SET LOCAL timezone = 'UTC'; SELECT 1", 'TimeZone'],
    ["SELECT set_config('IntervalStyle', 'iso_8601', false); SELECT 1", 'IntervalStyle'],
    ['DO $$ BEGIN SET extra_float_digits = -10; END $$; SELECT 1', 'extra_float_digits'],
  ])('%s', async (answer, setting) => {
    expect(await helpOn(answer)).toStartWith(`Your answer sets ${setting}; that alone may be why`)
  })

  test('all of them', async () => {
    const help = await helpOn("SET datestyle = 'German'; SET intervalstyle = 'iso_8601'; SELECT day FROM visit")
    expect(help).toStartWith('Your answer sets DateStyle and IntervalStyle; those alone may be why')
  })
})

test.each([
  ["SELECT 'set datestyle', day AT TIME ZONE 'UTC' FROM visit"],
  ["UPDATE visit SET timezone = 'UTC'; SELECT day FROM visit"],
  ['SET work_mem = 1000; SELECT day FROM visit'],
])('nothing is said of %s', async (answer) => {
  expect(await helpOn(answer)).toBeNull()
})

test('nothing is said where the reference sets the same', async () => {
  const german = "SET datestyle = 'German'; SELECT day FROM visit"
  expect(await helpOn(german, `${german} ORDER BY 1`)).toBeNull()
})

test.each([
  ['float8', 'SET extra_float_digits = -10; SELECT 0.3::float8', 'wrong_answer'],
  ['numeric', 'SET extra_float_digits = -10; SELECT 0.3', 'accepted'],
  ['float8', 'SELECT 0.3::float8', 'accepted'],
])('of %s, %s is %s where digits may be left out', async (type, answer, kind) => {
  const words = passedWords(1, 1)
  const judgement: Judgement = { words, difference: null, table: null, violations: [], error: null, rows: 1 }
  const split = await parser.split(answer)
  if ('error' in split) throw new Error(split.error.message)
  const results = [{ table: null, columns: [{ name: 'n', type }], rows: [['0.3']], isTruncated: false }]
  const judged = { exercise: exerciseOf('SELECT 0.3'), statements: split.statements, results }
  expect<string>(sayWrittenOtherwise(judgement, judged).words.kind).toBe(kind)
})
