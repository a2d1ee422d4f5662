/**
 * What is said of data that people can't see: that the answer fails there, and in which way. Never a value, a count or a
 * message of the server, for these may carry the data.
 */
import type { SqlError } from '../pods/run.ts'
import type { Judgement } from './judge.ts'
import type { RowsDifference } from './verdict.ts'
import type { Words } from './wording.ts'

/** Errors whose name alone says nothing of the data. */
const errorNames: Readonly<Record<string, string>> = {
  '21000': 'a subquery that should give one row gives several',
  '22003': 'a number is out of range',
  '22012': 'something is divided by zero',
  '22007': 'a date cannot be read',
  '22008': 'a date is out of range',
  '22P02': 'a text cannot be read as a value of its type',
  '23502': 'a value is missing',
  '23503': 'a foreign key is violated',
  '23505': 'a key is used twice',
  '23514': 'a check constraint is violated',
}

/** Words for an answer that is right on visible data and fails on the first hidden dataset that it fails on. */
export function hiddenWords({ words, error, difference }: Judgement): Words {
  const kind = words.kind
  const how = kind === 'wrong_answer' ? differenceKind(difference) : endKind(kind, error)
  return {
    kind,
    isNearly: kind === 'wrong_answer',
    summary: `${kind === 'wrong_answer' ? 'Nearly' : 'Not yet'}: right on the data you see; on other data ${how}.`,
    help: 'The answer is also checked on data you cannot see: other values, ties, missing values. What do you take for granted?',
  }
}

function endKind(kind: Words['kind'], error: SqlError | null): string {
  if (kind === 'time_limit') return 'it is too slow'
  if (kind === 'memory_limit') return 'it needs too much memory'
  if (kind === 'output_limit') return 'it gives too much output'
  return `it does not run: ${errorNames[error?.code ?? ''] ?? 'PostgreSQL stops it with an error'}`
}

function differenceKind(difference: RowsDifference | null): string {
  if (difference === null) return 'it does not satisfy every check'
  if (difference.orderBy !== null) return 'the rows are in another order'
  const kinds = [
    difference.rowsMissing > 0 && 'rows are missing',
    difference.rowsExtra > 0 && 'there are rows too many',
    difference.rowsDiffering > 0 && 'values differ',
  ].filter((part) => part !== false)
  return kinds.length === 0 ? 'the columns are not the same' : kinds.join(', ')
}
