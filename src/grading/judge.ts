/** Holds what an answer did against what the references did, on one dataset. */
import type { RowsRules, SqlExercise } from '../catalog/exercise.ts'
import type { SqlError } from '../pods/run.ts'
import type { Comparer } from './comparer.ts'
import type { Found, Inspection } from './inspection.ts'
import type { RowsDifference, Violation } from './verdict.ts'
import { differenceWords, endWords, passedWords, type Words } from './wording.ts'

/** What an answer comes to on one dataset. */
export interface Judgement {
  words: Words
  difference: RowsDifference | null
  table: string | null
  violations: Violation[]
  error: SqlError | null
  /** Rows of the result; null where no result's rows are judged. */
  rows: number | null
}

/** What judging needs. */
export interface JudgeParts {
  comparer: Comparer
  exercise: SqlExercise
  /** What was handed in, for line numbers. */
  answer: string
  timeoutMs: number
}

/**
 * Judges an answer by the references: being like any one of them is enough; what differs is said of the first.
 * `references` gives their inspections one by one, so that the second runs only where the first differs.
 */
export async function judge(
  parts: JudgeParts,
  given: Inspection,
  references: readonly (() => Promise<Inspection>)[],
): Promise<Judgement> {
  if (given.end !== 'completed') {
    const words = endWords(given.end, given.error, parts.answer, parts.timeoutMs)
    return { ...blank(words), error: given.error }
  }
  let first: Judgement | null = null
  for (const reference of references) {
    const judgement = await judgeBy(parts, given, await reference())
    if (judgement.words.kind === 'accepted') return judgement
    first ??= judgement
  }
  return first ?? blank(passedWords(null, 1))
}

async function judgeBy(parts: JudgeParts, given: Inspection, expected: Inspection): Promise<Judgement> {
  const { exercise } = parts
  if (given.violations.some(({ kind }) => kind === 'table')) return violated(given)
  for (const [index, wanted] of expected.results.entries()) {
    const found = given.results[index]
    if (found === undefined) return blank(nothingReturned())
    const difference = await parts.comparer.compare(wanted, found, rulesOf(exercise))
    if (difference !== null || found.isTruncated) return differs(given, found, difference)
  }
  if (given.violations.length > 0) return violated(given)
  const isRows = exercise.grading.compare === 'rows' || exercise.grading.compare === 'plan'
  const rows = isRows ? (given.results[0]?.rows.length ?? 0) : null
  return { ...blank(passedWords(rows, 1)), rows }
}

/** By which rules results are compared. Tables are bags, and an answer that creates one anew may order its columns as it likes. */
export function rulesOf({ grading }: SqlExercise): RowsRules {
  if (grading.compare === 'rows' || grading.compare === 'plan') return grading
  return { order: 'none', columns: 'name', tolerance: grading.compare === 'tables' ? grading.tolerance : 0 }
}

function differs(given: Inspection, found: Found, difference: RowsDifference | null): Judgement {
  const words: Words =
    difference === null
      ? {
          kind: 'wrong_answer',
          isNearly: false,
          summary: 'Not yet: there are more rows than can be compared.',
          help: null,
        }
      : differenceWords(difference, found.table, found.isTruncated)
  const rolledBack = 'A transaction was still open at the end, so what it changed was undone. COMMIT keeps it.'
  const help = given.isRolledBack && found.table !== null ? rolledBack : words.help
  return { ...blank({ ...words, help }), difference, table: found.table }
}

function violated({ violations }: Inspection): Judgement {
  const [first] = violations
  const more = violations.length - 1
  const rest = more === 0 ? '' : more === 1 ? ' One more check fails.' : ` ${more} more checks fail.`
  const summary = `Not yet: ${lowerFirst(first?.message ?? 'a check fails')}`.replace(/\.?$/, '.')
  return { ...blank({ kind: 'wrong_answer', isNearly: false, summary, help: rest.trim() || null }), violations }
}

function nothingReturned(): Words {
  return {
    kind: 'wrong_answer',
    isNearly: false,
    summary: 'Not yet: no statement returned rows.',
    help: 'The result of the last statement that returns rows is judged: end with a SELECT.',
  }
}

function blank(words: Words): Judgement {
  return { words, difference: null, table: null, violations: [], error: null, rows: null }
}

/** A message begins in the middle of a sentence here, unless it begins with a name in capitals. */
function lowerFirst(message: string): string {
  return /^[A-Z][a-z]/.test(message) ? message.charAt(0).toLowerCase() + message.slice(1) : message
}
