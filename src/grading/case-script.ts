/** One trial of a counterexample: references and answer on the same few rows, as statements of a transaction. */
import type { SqlExercise } from '../catalog/exercise.ts'
import type { Parser } from '../parsing/parser.ts'
import type { StatementResult } from '../pods/run.ts'
import { caseMarks, type RowMark } from './case-marks.ts'
import { compareRows, type ResultTable } from './compare-rows.ts'
import { type Found, type Inspection, lastResult } from './inspection.ts'
import { rulesOf } from './judge.ts'
import { oneSelect, rehearsable } from './rehearsable.ts'
import type { Look } from './rehearsal-looks.ts'

/** The statements of each text. */
export interface CaseTexts {
  references: readonly (readonly string[])[]
  answer: readonly string[]
  /** Each is one query and nothing else: then they can run on the same rows, one after another. */
  areQueries: boolean
}

/** The texts as they are tried; null where one can't be tried in a transaction that is undone. */
export async function caseTexts(parser: Parser, exercise: SqlExercise, answer: string): Promise<CaseTexts | null> {
  const texts = [...exercise.solutions, answer]
  const selects = await Promise.all(texts.map((text) => oneSelect(parser, text)))
  const queries = selects.map((text) => (text === null ? null : [text]))
  const { compare } = exercise.grading
  const areQueries = (compare === 'rows' || compare === 'plan') && queries.every((query) => query !== null)
  const tried = areQueries ? queries : await Promise.all(texts.map((text) => rehearsable(parser, text)))
  const last = tried.pop()
  if (last == null || tried.some((statements) => statements === null)) return null
  return {
    references: tried.flatMap((statements) => (statements === null ? [] : [statements])),
    answer: last,
    areQueries,
  }
}

/** The tables that the texts name. */
export async function namedTables(parser: Parser, texts: readonly string[]): Promise<string[]> {
  const constructs = (await Promise.all(texts.map((text) => parser.constructs(text)))).flat()
  return [...new Set(constructs.filter((name) => name.startsWith('table ')).map((name) => name.slice('table '.length)))]
}

/** What each reference and the answer came to. */
export interface Trial {
  references: readonly Found[][]
  given: readonly Found[]
}

/** Statements of a trial, and how its results read. All of it is undone at the end. */
export interface CaseScript {
  statements: string[]
  read(results: readonly StatementResult[]): Trial
}

const undo = 'ROLLBACK TO SAVEPOINT podium_case'
const begin = 'SAVEPOINT podium_case'

/** Puts a trial together; `fill` are the statements that put its rows into the tables. */
export function caseScript(
  { references, answer, areQueries }: CaseTexts,
  look: Look,
  fill: readonly string[],
): CaseScript {
  const texts = [...references, answer]
  const places: { from: number; length: number }[] = []
  const statements: string[] = areQueries ? [begin, ...fill] : []
  for (const text of texts) {
    if (!areQueries) statements.push(begin, ...fill)
    places.push({ from: statements.length, length: text.length })
    statements.push(...text)
    // Checks that wait for the end of the transaction happen now.
    if (!areQueries) statements.push('SET CONSTRAINTS ALL IMMEDIATE', ...look.statements, undo)
  }
  if (areQueries) statements.push(undo)
  const foundAt = (
    results: readonly StatementResult[],
    { from, length }: { from: number; length: number },
  ): Found[] => {
    const own = results.slice(from, from + length)
    if (areQueries) return lastResult({ statements: own })
    const looked: Pick<Inspection, 'results'> = look.read(
      results.slice(from + length + 1, from + length + 1 + look.statements.length),
    )
    return look.statements.length === 0 ? lastResult({ statements: own }) : looked.results
  }
  return {
    statements,
    read: (results) => {
      const found = places.map((place) => foundAt(results, place))
      return { references: found.slice(0, -1), given: found.at(-1) ?? [] }
    },
  }
}

/** A result with marks on what is not as in the other. */
export interface MarkedTable extends ResultTable {
  marks: readonly RowMark[]
}

/** What is shown of a difference. */
export interface Contrast {
  judgedTable: string | null
  expected: MarkedTable
  given: MarkedTable
}

/** How the answer differs; null where it is like a reference, or where rows explain nothing. */
export function contrast(exercise: SqlExercise, { references, given }: Trial): Contrast | null {
  const contrasts = references.map((expected) => contrastWith(exercise, expected, given))
  return contrasts.includes('alike') ? null : (contrasts.find((one) => typeof one !== 'string') ?? null)
}

function contrastWith(
  exercise: SqlExercise,
  expected: readonly Found[],
  given: readonly Found[],
): Contrast | 'alike' | 'unexplained' {
  for (const [index, wanted] of expected.entries()) {
    const found = given[index]
    if (found === undefined || wanted.isTruncated) return 'unexplained'
    // A check that fails for the reference too says nothing against the answer.
    if (exercise.grading.compare === 'checks' && wanted.rows.length > 0) return 'unexplained'
    const difference = compareRows(wanted, found, rulesOf(exercise))
    if (difference === null) continue
    // What is wrong with columns shows on any data.
    if (difference.columnsExpected.length > 0 || difference.columnsMistyped.length > 0) return 'unexplained'
    const marks = caseMarks(difference, wanted.rows)
    return {
      judgedTable: found.table,
      expected: { columns: wanted.columns, rows: wanted.rows, marks: marks.expected },
      given: { columns: found.columns, rows: found.rows, marks: marks.given },
    }
  }
  return 'alike'
}
