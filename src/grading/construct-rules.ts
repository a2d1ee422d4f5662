/** What an exercise requires or forbids of an answer's constructs, held against PostgreSQL's parse tree. */
import type { SqlExercise } from '../catalog/exercise.ts'
import { dynamicSql } from '../parsing/constructs.ts'
import type { Parser } from '../parsing/parser.ts'
import type { Violation } from './verdict.ts'
import type { Words } from './wording.ts'

/** The constructs that are missing, then those that are not allowed. */
export async function constructViolations(parser: Parser, exercise: SqlExercise, answer: string): Promise<Violation[]> {
  const { require, forbid } = exercise
  if (require.length === 0 && forbid.length === 0) return []
  const used = new Set(await parser.constructs(answer))
  // What nobody can read could hold whatever is forbidden.
  const isHidden = used.has(dynamicSql) && ![...require, ...forbid].includes(dynamicSql) && forbid.length > 0
  const violation = (name: string, message: string): Violation => ({ kind: 'construct', name, message })
  return [
    ...require
      .filter((name) => !used.has(name))
      .map((name) => violation(name, `The task asks for ${called(name)}, and the answer uses none.`)),
    ...forbid
      .filter((name) => used.has(name))
      .map((name) => violation(name, `The answer uses ${called(name)}, which the task does not allow.`)),
    ...(isHidden ? [violation(dynamicSql, hiddenMessage)] : []),
  ]
}

const hiddenMessage =
  'The answer runs SQL that can only be known when it runs, and what the task does not allow could be in there.'

/** Words for an answer that does the right thing in a way that is not asked for. */
export function constructWords([first]: readonly Violation[]): Words {
  const message = first?.message ?? ''
  const sentence = message.charAt(0).toLowerCase() + message.slice(1)
  return { kind: 'wrong_answer', isNearly: true, summary: `Nearly: the result is right, but ${sentence}`, help: null }
}

const countable = new Set([
  'window function',
  'aggregate',
  'cte',
  'recursive cte',
  'subquery',
  'scalar subquery',
  'derived table',
  'set operation',
])

/** A construct as a sentence names it: words of SQL in capitals. */
function called(name: string): string {
  const [, kind, own] = /^(table|function) (.+)$/.exec(name) ?? []
  if (name === dynamicSql) return 'SQL that is put together while it runs (dynamic SQL)'
  if (kind !== undefined) return `the ${kind} ${own}`
  const article = /^[aeiou]/.test(name) ? 'an' : 'a'
  return countable.has(name) ? `${article} ${name.replace(/\bcte\b/, 'CTE (WITH)')}` : name.toUpperCase()
}
