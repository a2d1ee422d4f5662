import { describe, expect, test } from 'bun:test'
import { mayChange } from './changes.ts'
import { clampSelection, statementAt } from './selection.ts'

const statements = [
  { offset: 2, text: 'select 1' },
  { offset: 13, text: 'select 2' },
]

describe('the statement under the cursor', () => {
  test('is the one it stands in', () => expect(statementAt(statements, 15)?.text).toBe('select 2'))
  test('is the one it stands behind', () => expect(statementAt(statements, 11)?.text).toBe('select 1'))
  test('is the first where it stands in front of all', () => expect(statementAt(statements, 0)?.text).toBe('select 1'))
  test('is none in an empty text', () => expect(statementAt([], 0)).toBeNull())
})

test('a selection outside the text is brought inside', () => {
  expect(clampSelection('abc', { start: 9, end: -2 })).toEqual({ start: 0, end: 3 })
  expect(clampSelection('abc', { start: Number.NaN, end: 2 })).toEqual({ start: 0, end: 2 })
})

describe('a change', () => {
  const changes = (kind: string, text: string) => mayChange([{ kind, text }])
  test('is anything that may leave something behind', () => {
    expect(changes('InsertStmt', 'insert into t values (1)')).toBe(true)
    expect(changes('CreateStmt', 'create table t ()')).toBe(true)
    expect(changes('SelectStmt', 'with d as (delete from t returning *) select * from d')).toBe(true)
    expect(changes('SelectStmt', 'select * into u from t')).toBe(true)
    expect(changes('DoStmt', 'do $$ begin end $$')).toBe(true)
  })
  test('is not reading', () => {
    expect(changes('SelectStmt', 'select updated_at from t')).toBe(false)
    expect(changes('ExplainStmt', 'explain select 1')).toBe(false)
    expect(changes('VariableSetStmt', 'set work_mem to 1000')).toBe(false)
  })
})
