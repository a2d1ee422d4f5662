/** What a submission comes to: the verdict, its first cause in one sentence, and what differs. Plain values. */
import type { Cell, Column, SqlError } from '../pods/run.ts'
import type { VerdictKind } from '../store/submissions.ts'
import type { CodeResults } from './code/results.ts'

/** One row of the difference. `missing`: expected, not given. `extra`: given, not expected. `differs`: some cells do. */
export interface DifferenceRow {
  state: 'same' | 'missing' | 'extra' | 'differs'
  /** The person's row number, from 1; null for a missing row. */
  number: number | null
  /** Set where the row is right but stands in the wrong place: its place in the expected order, from 1. */
  numberExpected?: number
  cells: DifferenceCell[]
}

/** A cell of the difference; `expected` is set only in a row that differs, where this cell does. */
export interface DifferenceCell {
  value: Cell
  expected?: Cell
}

/** How the person's rows differ from the reference's. Only of visible data. */
export interface RowsDifference {
  /** The person's columns where they fit, else the reference's. */
  columns: Column[]
  columnsMissing: string[]
  columnsExtra: string[]
  /** Set where names or order of the columns differ: expected and given. */
  columnsExpected: string[]
  columnsGiven: string[]
  /** Columns whose type can't be compared with the expected one, for example text where a number is expected. */
  columnsMistyped: { name: string; expected: string; given: string }[]
  rowsMissing: number
  rowsExtra: number
  rowsDiffering: number
  /** Right rows in the wrong order: the columns that decide it (empty: every position counts). */
  orderBy: string[] | null
  rowsExpected: number
  rowsGiven: number
  /** At most 50 rows: those that differ, with one same row around each. */
  rows: DifferenceRow[]
}

/** Something an answer must satisfy and does not: a check, an assertion on the plan, a construct, a table's being one. */
export interface Violation {
  kind: 'check' | 'plan' | 'construct' | 'table'
  name: string
  /** A sentence for the person. */
  message: string
  /** What was found, in PostgreSQL's words. */
  detail?: string
}

/** The outcome of grading one submission. */
export interface Verdict {
  kind: VerdictKind
  /** A wrong answer with most of it right; pages say "Nearly". */
  isNearly: boolean
  /** The first cause in one sentence, for example `Nearly: 2 rows missing, 1 row too many.` */
  summary: string
  /** One sentence of help, or null. */
  help: string | null
  difference: RowsDifference | null
  /** The table whose content differs; absent where a statement's result does. */
  table?: string
  /** What else the answer fails to satisfy; absent where nothing is. Only of visible data. */
  violations?: Violation[]
  error: SqlError | null
  /** Datasets on which the answer was right and graded, the visible one first. */
  datasetsPassed: number
  datasetsGraded: number
  durationMs: number
  /** With a code exercise, its cases, tests or checks; absent with SQL. */
  code?: CodeResults
}

/** The outcome of grading an answer to a code exercise: what has to do with SQL is empty. */
export interface CodeVerdict extends Verdict {
  code: CodeResults
}
