import { describe, expect, test } from 'bun:test'
import { explained } from './explain.ts'

const statement = (kind: string, text: string) => ({
  kind,
  text,
  offset: 100,
  isClientCopy: false,
  isTransactionControl: false,
})

describe('explaining', () => {
  test('runs what only reads and measures it', () => {
    expect(explained(statement('SelectStmt', 'select 1'))?.text).toStartWith(
      'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) select',
    )
  })
  test('never runs what changes something', () => {
    const change = explained(statement('DeleteStmt', 'delete from item'))
    expect(change?.text).toBe('EXPLAIN (FORMAT JSON) delete from item')
    const hidden = explained(statement('SelectStmt', 'with gone as (delete from item returning *) select 1'))
    expect(hidden?.text).toStartWith('EXPLAIN (FORMAT JSON) with')
  })
  test('keeps positions of errors where the person wrote them', () => {
    const plan = explained(statement('SelectStmt', 'select nowhere'))
    expect((plan?.offset ?? 0) + (plan?.text.indexOf('nowhere') ?? 0)).toBe(107)
  })
  test('leaves an EXPLAIN as it is and refuses what has no plan', () => {
    expect(explained(statement('ExplainStmt', 'explain select 1'))?.text).toBe('explain select 1')
    expect(explained(statement('CreateStmt', 'create table t ()'))).toBeNull()
  })
})
