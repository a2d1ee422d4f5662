/** What a small case may show of a wrong answer: that rows differ, or that a check fails which depends on rows. */
import type { Check, SqlExercise } from '../catalog/exercise.ts'
import type { Parser } from '../parsing/parser.ts'
import { hasFoundRows } from './inspect-checks.ts'
import { lastResult } from './inspection.ts'
import { type Look, lookFor } from './rehearsal-looks.ts'
import { safeSession } from './safe-session.ts'
import type { Verdict } from './verdict.ts'

/** One thing that may be shown. */
export interface CaseAim {
  /** The check whose rows are looked at; null where results or tables are compared. */
  check: Check | null
  look: Look
}

const nothingMore: Look = { statements: [], read: () => ({ results: [], violations: [] }) }

/**
 * What a search may look for, one after another. Of checks those that find rows in tables: what a statement must be
 * refused for, or what the catalogue says, is wrong on any data.
 */
export async function caseAims(parser: Parser, exercise: SqlExercise): Promise<CaseAim[]> {
  const { grading, showsCounterexample } = exercise
  if (!showsCounterexample) return []
  if (grading.compare === 'checks') {
    const aims = await Promise.all(grading.checks.filter(readsTables).map((check) => checkAim(parser, exercise, check)))
    return aims.flat()
  }
  // With a query of the author's, an answer is what makes it fast, and its rows are right.
  if (grading.compare === 'plan') return grading.query === null ? [{ check: null, look: nothingMore }] : []
  const look = await lookFor(parser, exercise)
  return look === null ? [] : [{ check: null, look }]
}

/** Whether a search could find something that explains this verdict, as far as can be told before it. */
export function mayHaveCounterexample(
  { showsCounterexample, grading }: SqlExercise,
  { kind, difference, violations = [] }: Pick<Verdict, 'kind' | 'difference' | 'violations'>,
): boolean {
  if (!showsCounterexample || kind !== 'wrong_answer') return false
  if (grading.compare === 'plan') return grading.query === null && difference !== null
  if (grading.compare !== 'checks') return difference !== null
  const found = new Set(violations.filter(hasFoundRows).map(({ name }) => name))
  return grading.checks.some((check) => found.has(check.name) && readsTables(check))
}

/** Looks as grading does, and takes the rows that the check finds for its result. */
async function checkAim(parser: Parser, exercise: SqlExercise, check: Check): Promise<CaseAim[]> {
  const look = await lookFor(parser, { ...exercise, grading: { compare: 'checks', checks: [check] } })
  if (look === null) return []
  const statements = safeSession(...look.statements).map(({ text }) => text)
  const read: Look['read'] = (results) => ({
    results: lastResult({ statements: results.slice(-2, -1) }),
    violations: [],
  })
  return [{ check, look: { statements, read } }]
}

/** Tables of people's own. A mention too many costs a search that finds nothing. */
const ownTable = /\b(from|join)\s+(only\s+)?"?(?!pg_|information_schema\b|select\b)[a-z_]/i

function readsTables({ sql, error }: Check): boolean {
  return error === null && ownTable.test(sql)
}
