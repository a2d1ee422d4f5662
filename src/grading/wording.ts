/** What a verdict says: one sentence that names the first cause, and one that helps. Pure. */
import { count, counted, shortened } from '../../views/parts/text.tsx'
import type { RunEnd, SqlError } from '../pods/run.ts'
import type { VerdictKind } from '../store/submissions.ts'
import type { RowsDifference } from './verdict.ts'

/** Names of columns that a sentence lists in full. */
const namesMax = 8

/** A verdict's words and their kind. */
export interface Words {
  kind: VerdictKind
  isNearly: boolean
  summary: string
  help: string | null
}

/** Words for an answer that is right; `rows` is null where no result's rows were judged. */
export function passedWords(rows: number | null, datasets: number): Words {
  const what = rows === null ? 'Everything is as it should be' : rowsMatch(rows)
  const where = datasets <= 1 ? '.' : datasets === 2 ? ', on both data sets.' : `, on all ${datasets} data sets.`
  return { kind: 'accepted', isNearly: false, summary: `Passed. ${what}${where}`, help: null }
}

function rowsMatch(rows: number): string {
  if (rows === 0) return 'No rows, as expected'
  return rows === 1 ? 'The one row matches' : `All ${count(rows)} rows match`
}

/** Words for an answer that ended early, for whatever reason but an unfinished one of Podium's. */
export function endWords(
  end: Exclude<RunEnd, 'completed'>,
  error: SqlError | null,
  text: string,
  timeoutMs: number,
): Words {
  switch (end) {
    case 'time_limit':
      return words(
        'time_limit',
        `Too slow: stopped after ${seconds(timeoutMs)}.`,
        'EXPLAIN shows what the statement would do.',
      )
    case 'memory_limit':
      return words(
        'memory_limit',
        'Too much memory: the statement needs more than it may have.',
        error?.message ?? null,
      )
    case 'disk_limit':
      return words(
        'memory_limit',
        'Too much space: the statement fills the disk it may use.',
        'Does a join miss its condition?',
      )
    case 'output_limit':
      return words(
        'output_limit',
        'Too much output: the result is larger than can be taken.',
        'Does a join miss its condition?',
      )
    default:
      return errorWords(error, text)
  }
}

function errorWords(error: SqlError | null, text: string): Words {
  const line = error?.position == null ? '' : `, line ${text.slice(0, error.position).split('\n').length}`
  const summary = `The query did not run: ${shortened(error?.message ?? 'it was stopped')}${line}.`
  const help = error?.hint ?? error?.detail ?? null
  return words('runtime_error', summary, help === null ? null : shortened(help))
}

/** Words for a text that PostgreSQL's parser does not take. */
export function syntaxWords(message: string, hint: string | null, position: number | null, text: string): Words {
  const line = position === null ? '' : `, line ${text.slice(0, position).split('\n').length}`
  return words('compile_error', `The query did not run: ${message}${line}.`, hint)
}

/** Words for rows that are not the expected ones. `table` names a table whose content is judged. */
export function differenceWords(difference: RowsDifference, table: string | null, isTruncated: boolean): Words {
  const nearly = isNearlyRight(difference)
  const start = nearly ? 'Nearly' : 'Not yet'
  const place = table === null ? '' : ` in ${table}`
  return {
    kind: 'wrong_answer',
    isNearly: nearly,
    summary: `${start}: ${cause(difference, isTruncated)}${place}.`.replace(/\.+$/, '.'),
    help: helpFor(difference),
  }
}

/** Most of it is right: all columns there, and at least half of the expected rows. */
function isNearlyRight(difference: RowsDifference): boolean {
  if (columnsAreWrong(difference)) return isOtherColumnOrder(difference)
  if (difference.orderBy !== null) return true
  const { rowsExpected, rowsMissing, rowsDiffering, rowsExtra } = difference
  const right = rowsExpected - rowsMissing - rowsDiffering
  return right > 0 && right * 2 >= rowsExpected && rowsExtra <= rowsExpected
}

function columnsAreWrong({ columnsExpected, columnsMistyped }: RowsDifference): boolean {
  return columnsExpected.length > 0 || columnsMistyped.length > 0
}

function isOtherColumnOrder({ columnsExpected, columnsMissing, columnsExtra }: RowsDifference): boolean {
  return columnsExpected.length > 0 && columnsMissing.length === 0 && columnsExtra.length === 0
}

function cause(difference: RowsDifference, isTruncated: boolean): string {
  if (difference.columnsExpected.length > 0) return columnsCause(difference)
  const [mistyped] = difference.columnsMistyped
  if (mistyped) return `the column ${mistyped.name} is ${mistyped.given}, and ${mistyped.expected} is expected`
  if (difference.orderBy !== null) return orderCause(difference.orderBy)
  const { rowsExpected, rowsGiven } = difference
  if (isTruncated)
    return `more than ${counted(rowsGiven, 'row', 'rows')}, where ${count(rowsExpected)} ${rowsExpected === 1 ? 'is' : 'are'} expected`
  if (rowsGiven === 0) return `no rows, where ${count(rowsExpected)} ${rowsExpected === 1 ? 'is' : 'are'} expected`
  return rowsCause(difference)
}

function columnsCause(difference: RowsDifference): string {
  const { columnsMissing, columnsExtra, columnsExpected, columnsGiven } = difference
  if (isOtherColumnOrder(difference)) return `right columns, other order: ${listed(columnsExpected)} is expected`
  if (columnsExtra.length === 0) return `the ${columnList(columnsMissing)} missing`
  if (columnsMissing.length === 0) return `the ${columnList(columnsExtra)} too many`
  if (columnsExpected.length !== columnsGiven.length) {
    return `${counted(columnsExpected.length, 'column is', 'columns are')} expected (${listed(columnsExpected)}), and there ${columnsGiven.length === 1 ? 'is' : 'are'} ${columnsGiven.length}`
  }
  return `the ${columnList(columnsMissing)} missing`
}

function columnList(names: readonly string[]): string {
  return names.length === 1 ? `column ${names[0]} is` : `columns ${listed(names)} are`
}

/** Names in a sentence that stays one: the page lists all of them below it. */
function listed(names: readonly string[]): string {
  if (names.length <= namesMax) return names.join(', ')
  return `${names.slice(0, namesMax - 2).join(', ')} and ${names.length - namesMax + 2} more`
}

function orderCause(keys: readonly string[]): string {
  return keys.length === 0 ? 'right rows, other order' : `right rows, other order: the task sorts by ${keys.join(', ')}`
}

function rowsCause({ rowsMissing, rowsExtra, rowsDiffering }: RowsDifference): string {
  const parts: string[] = []
  if (rowsMissing > 0) parts.push(`${counted(rowsMissing, 'row', 'rows')} missing`)
  if (rowsExtra > 0) parts.push(`${counted(rowsExtra, 'row', 'rows')} too many`)
  if (rowsDiffering > 0) parts.push(`${counted(rowsDiffering, 'row differs', 'rows differ')}`)
  return parts.join(', ')
}

function helpFor(difference: RowsDifference): string | null {
  if (isOtherColumnOrder(difference)) return 'The values are right: put the columns into that order.'
  if (columnsAreWrong(difference) || difference.orderBy !== null) return null
  const { rowsMissing, rowsExtra, rowsDiffering, rowsGiven } = difference
  if (rowsGiven === 0) return 'Which condition keeps every row out?'
  const column = onlyDifferingColumn(difference)
  if (column !== null) return rowsDiffering === 1 ? `It differs in ${column}.` : `They differ in ${column} only.`
  if (rowsDiffering > 0) return null
  if (rowsExtra > 0 && rowsMissing === 0)
    return repeats(difference) ?? 'All expected rows are there. What should keep the others out?'
  if (rowsMissing > 0 && rowsExtra === 0) return 'Every row there is right. What keeps the others out?'
  return null
}

/** The one column in which all rows shown differ; null where there are several, or other rows too. */
function onlyDifferingColumn({ rows, columns, rowsDiffering, rowsMissing, rowsExtra }: RowsDifference): string | null {
  if (rowsDiffering === 0 || rowsMissing > 0 || rowsExtra > 0) return null
  const places = new Set(
    rows.flatMap(({ state, cells }) =>
      state === 'differs' ? cells.flatMap((cell, index) => (cell.expected === undefined ? [] : [index])) : [],
    ),
  )
  const [place] = places
  return places.size === 1 && place !== undefined ? (columns[place]?.name ?? null) : null
}

function repeats({ rows }: RowsDifference): string | null {
  const key = (row: RowsDifference['rows'][number]) => JSON.stringify(row.cells.map(({ value }) => value))
  const right = new Set(rows.filter(({ state }) => state === 'same').map(key))
  const extra = rows.filter(({ state }) => state === 'extra')
  return extra.length > 0 && extra.every((row) => right.has(key(row)))
    ? 'The rows too many repeat right ones. What makes a row appear twice?'
    : null
}

function words(kind: VerdictKind, summary: string, help: string | null): Words {
  return { kind, isNearly: false, summary: summary.replace(/([.…])\.+$/, '$1'), help }
}

function seconds(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toFixed(1))} s`
}
