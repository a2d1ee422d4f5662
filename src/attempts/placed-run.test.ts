import { expect, test } from 'bun:test'
import type { RunResult } from '../pods/run.ts'
import { explained } from './explain.ts'
import { placedRun } from './placed-run.ts'

/** A run of a part at `offset` that failed at `position` of the text of that time. */
function failedAt(part: string, offset: number, position: number): { part: string; offset: number; result: RunResult } {
  const error = { code: '42703', message: 'no', detail: null, hint: null, position }
  const rest = { command: '', columns: [], rows: [], rowCount: null, truncatedBy: null, notices: [], durationMs: 0 }
  const statements = [{ text: part, offset, ...rest, error }]
  return { part, offset, result: { statements, end: 'error', isRolledBack: false, durationMs: 0 } }
}

/** What stands at the place that the page leads to; null where it leads nowhere. */
function wordAt(run: ReturnType<typeof failedAt>, text: string): string | null {
  const { sql, result, isElsewhere } = placedRun(run, text)
  const position = result.statements[0]?.error?.position ?? null
  return isElsewhere || position === null ? null : sql.slice(position).split(/\s/)[0] || null
}

const whole = 'select 1;\n\nselect wrong from item'
const part = 'select wrong from item'

test('the error of a statement that was run alone is found in the whole text', () => {
  expect(wordAt(failedAt(part, 11, 18), whole)).toBe('wrong')
})

test('it is found where the text before it has changed', () => {
  expect(wordAt(failedAt(part, 11, 18), `-- a thought\n${whole}`)).toBe('wrong')
})

test('it is offered neither where the statement was changed nor where there are two of it', () => {
  expect(wordAt(failedAt(part, 11, 18), 'select right from item')).toBeNull()
  expect(wordAt(failedAt(part, 11, 18), `-- new\n${part};\n${part}`)).toBeNull()
  expect(wordAt(failedAt('', 0, 0), whole)).toBeNull()
})

test('of two it is the one that was run as long as it stands where it stood', () => {
  const twice = `${part};\n${part}`
  expect(placedRun(failedAt(part, 24, 31), twice).result.statements[0]?.error?.position).toBe(31)
})

test('a plan’s error is found in the statement that was explained', () => {
  const statement = { text: part, offset: 11, kind: 'SelectStmt', isClientCopy: false, isTransactionControl: false }
  const plan = explained(statement)
  if (plan === null) throw new Error('a SELECT has a plan')
  expect(wordAt(failedAt(plan.text, plan.offset, 18), whole)).toBe('wrong')
  expect(wordAt(failedAt(plan.text, plan.offset, 18), `-- a thought\n${whole}`)).toBe('wrong')
})
