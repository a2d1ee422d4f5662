import { expect, test } from 'bun:test'
import { mayChangeSchema } from './changes.ts'

test('the tables are read anew after statements that may have changed them, and after no others', () => {
  const isRead = (kind: string, text = '') => mayChangeSchema([{ kind, text }])
  for (const kind of ['CreateStmt', 'AlterTableStmt', 'DropStmt', 'RenameStmt', 'ViewStmt', 'DoStmt', 'CallStmt']) {
    expect([kind, isRead(kind)]).toEqual([kind, true])
  }
  for (const kind of ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'TruncateStmt', 'TransactionStmt']) {
    expect([kind, isRead(kind, 'insert into item')]).toEqual([kind, false])
  }
  expect(isRead('SelectStmt', 'select * from item')).toBe(false)
  expect(isRead('SelectStmt', 'select * into copy from item')).toBe(true)
  expect(mayChangeSchema([])).toBe(false)
})
