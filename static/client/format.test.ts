import { describe, expect, test } from 'bun:test'
import { formatSql } from './format.ts'

describe('formatting', () => {
  test('lays clauses out on lines of their own and keeps words as they are written', () => {
    expect(formatSql('select id,title from film where id=1 -- one\n;')).toBe(
      'select\n  id,\n  title\nfrom\n  film\nwhere\n  id = 1 -- one\n;',
    )
  })
  test('leaves strings and comments alone', () => {
    const text = "SELECT 'a  b', $$x  y$$ /* c  d */"
    for (const part of ["'a  b'", '$$x  y$$', '/* c  d */']) expect(formatSql(text)).toContain(part)
  })
})
