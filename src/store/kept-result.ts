/** How much of a run's result an event keeps: whole first, then fewer rows or items, then shorter values. */
import { storableJson } from './storable.ts'

/** Rows kept over all statements of one result. */
export const keptRowsMax = 50

/** Bytes of JSON kept of one result. */
export const keptBytesMax = 16 * 1024

/** A result: of statements, or of anything else, whose texts and lists are cut wherever they are. */
export type CuttableResult = StatementsResult | { statements?: never; [name: string]: unknown }

/** The parts of a run's result that are cut; whatever else is in it stays as it is. */
export interface StatementsResult {
  statements: readonly CuttableStatement[]
}

interface CuttableStatement {
  text: string
  rows: ReadonlyArray<ReadonlyArray<string | null>>
  notices: readonly unknown[]
  truncatedBy: string | null
  error: object | null
}

/** Cuts that are tried one after the other until the result fits. */
const cuts = [
  { rowsMax: keptRowsMax, textLengthMax: 2_000, statementsMax: 100 },
  { rowsMax: keptRowsMax, textLengthMax: 200, statementsMax: 50 },
  { rowsMax: 20, textLengthMax: 100, statementsMax: 20 },
  { rowsMax: 5, textLengthMax: 60, statementsMax: 10 },
  { rowsMax: 0, textLengthMax: 60, statementsMax: 5 },
]

/**
 * The result as JSON text of at most `keptBytesMax` bytes. A cut result has `"isCut": true` beside its statements;
 * null where even the smallest cut would not fit.
 */
export function keptResultJson(result: CuttableResult): string | null {
  return hasStatements(result) ? keptStatements(result) : keptAnything(result)
}

function hasStatements(result: CuttableResult): result is StatementsResult {
  return result.statements !== undefined
}

/** Cuts of a result that is not of statements. */
const plainCuts = [
  { textLengthMax: 6_000, listMax: 100 },
  { textLengthMax: 2_000, listMax: 100 },
  { textLengthMax: 400, listMax: 50 },
  { textLengthMax: 100, listMax: 50 },
  { textLengthMax: 60, listMax: 20 },
]

function keptAnything(result: object): string | null {
  const whole = storableJson(result)
  if (fits(whole)) return whole
  for (const { textLengthMax, listMax } of plainCuts) {
    const cut = shortenedValue(result, textLengthMax, listMax)
    const text = storableJson({ ...Object(cut), isCut: true })
    if (fits(text)) return text
  }
  return null
}

function keptStatements(result: StatementsResult): string | null {
  const rows = result.statements.reduce((sum, statement) => sum + statement.rows.length, 0)
  if (rows <= keptRowsMax) {
    const whole = storableJson(result)
    if (fits(whole)) return whole
  }
  for (const cut of cuts) {
    const text = storableJson(cutResult(result, cut))
    if (fits(text)) return text
  }
  return null
}

function fits(text: string): boolean {
  return Buffer.byteLength(text) <= keptBytesMax
}

function cutResult(result: StatementsResult, cut: (typeof cuts)[number]): object {
  let rowsLeft = cut.rowsMax
  const statements = result.statements.slice(0, cut.statementsMax).map((statement) => {
    const rows = statement.rows.slice(0, rowsLeft)
    rowsLeft -= rows.length
    return {
      ...shortened(statement, cut.textLengthMax),
      rows: rows.map((row) => row.map((cell) => (cell === null ? null : cell.slice(0, cut.textLengthMax)))),
      truncatedBy: rows.length < statement.rows.length ? 'rows' : statement.truncatedBy,
    }
  })
  return { ...result, statements, isCut: true }
}

/** The statement without its rows, every other text in it cut and every list in it at most 20 long. */
function shortened(statement: CuttableStatement, lengthMax: number): object {
  const { rows: _, ...rest } = statement
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, shortenedValue(value, lengthMax)]))
}

function shortenedValue(value: unknown, lengthMax: number, listMax = 20): unknown {
  if (typeof value === 'string') return value.slice(0, lengthMax)
  if (Array.isArray(value)) return value.slice(0, listMax).map((inner) => shortenedValue(inner, lengthMax, listMax))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, shortenedValue(inner, lengthMax, listMax)]),
  )
}
