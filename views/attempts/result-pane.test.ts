import { describe, expect, test } from 'bun:test'
import { sampleResults, sampleRun, sampleStatement, sampleVerdict } from '../samples.ts'
import { ResultPane } from './result-pane.tsx'
import { explainSqlState, lineAndColumn } from './sql-state.ts'

const html = (props: Parameters<typeof ResultPane>[0]) => ResultPane(props).toString()
const statement = (change: Parameters<typeof sampleStatement>[1]) =>
  html(sampleRun('SELECT 1', { statements: [sampleStatement('SELECT 1', change)], isRolledBack: false }))

describe('a result', () => {
  test('tells NULL, empty text, blanks and line breaks apart', () => {
    const shown = statement({
      rows: [[null, '']],
      columns: [
        { name: 'a', type: 'text' },
        { name: 'b', type: 'text' },
      ],
    })
    expect(shown).toContain('<td class="null"><i>NULL</i></td>')
    expect(shown).toContain('<td class="null"><i>&#39;&#39;</i></td>')
    const blanks = statement({ rows: [[' a  ', 'b\nc']] })
    expect(blanks).toContain('·a··')
    expect(blanks).toContain('b↵c')
  })
  test('keeps the text NULL apart from the value', () => {
    expect(statement({ rows: [['NULL', '1']] })).toContain('<td>NULL</td>')
  })
  test('shows columns of the same name, with their types, numbers at the right', () => {
    const columns = [
      { name: 'id', type: 'int8' },
      { name: 'id', type: 'text' },
    ]
    const shown = statement({ columns, rows: [['1', 'one']] })
    expect(shown).toContain(
      '<th scope="col" class="n">id<small>int8</small></th><th scope="col">id<small>text</small></th>',
    )
    expect(shown).toContain('<td class="n">1</td><td>one</td>')
  })
  test('says that it was cut short, and of how many rows', () => {
    expect(statement({ truncatedBy: 'rows', rowCount: 38917 })).toContain('Cut short: 3 rows of 38\u2009917 kept')
    expect(statement({ truncatedBy: null })).not.toContain('Cut short')
  })
  test('without rows says so', () => {
    expect(statement({ rows: [], rowCount: 0, truncatedBy: null })).toContain('No rows. The query ran')
    expect(statement({ rows: [], rowCount: 0, truncatedBy: 'bytes' })).not.toContain('nothing matched')
  })
  test('of a change says how many rows it changed', () => {
    expect(statement({ columns: [], rows: [], command: 'UPDATE', rowCount: 1, truncatedBy: null })).toContain(
      'UPDATE: 1 row',
    )
  })
  test('carries at most 2000 rows in the page and says how many there are', () => {
    const rows = Array.from({ length: 2600 }, (_, index) => [String(index), 'x'])
    const shown = statement({ rows, rowCount: 2600, truncatedBy: null })
    expect(shown).toContain('The page shows the first 2\u2009000 of 2\u2009600 rows.')
    expect(shown.match(/<tbody>/g)).toHaveLength(4)
  })
})

describe('an error', () => {
  const sql = 'SELECT *\nFROM nowhere'
  const error = { code: '42P01', message: 'relation "nowhere" does not exist', detail: null, hint: null, position: 14 }
  const failed = {
    ...sampleRun(sql, { statements: [sampleStatement(sql, { columns: [], rows: [], error })], end: 'error' as const }),
    sql,
  }
  test('names its line, PostgreSQL’s words, its code and a plain explanation', () => {
    const shown = html(failed)
    expect(shown).toContain('relation &quot;nowhere&quot; does not exist')
    expect(shown).toContain('line 2')
    expect(shown).toContain('data-error-position="14"')
    expect(shown).toContain('42P01')
    expect(shown).toContain('There is no table of this name.')
  })
  test('of an unknown code has no explanation of ours', () => {
    expect(explainSqlState('XX000')).toBeNull()
  })
  test('position counts lines and columns from one', () => {
    expect(lineAndColumn(sql, 14)).toEqual({ line: 2, column: 6 })
    expect(lineAndColumn('', 0)).toEqual({ line: 1, column: 1 })
  })
})

describe('a verdict', () => {
  test('marks rows in words, not by colour alone', () => {
    const shown = html(sampleVerdict('x'))
    for (const word of ['missing', 'extra', 'differs']) expect(shown).toContain(`class="v-cell">${word}</th>`)
    expect(shown).toContain('<del>x</del> <ins>x</ins>')
  })
  test('shows exactly what was handed in', () => {
    expect(html({ ...sampleVerdict('x'), sql: 'SELECT  1\n\n;' })).toContain(
      '<li><span class="k">SELECT</span>  <span class="d">1</span></li><li> </li><li>;</li>',
    )
  })
  test('colours words as the editor does: a column called name is none of PostgreSQL’s', () => {
    expect(html({ ...sampleVerdict('x'), sql: 'select name, left(key, 1)' })).toContain(
      '<span class="k">select</span> name, <span class="f">left</span>(key, ',
    )
  })
  test('that passed leads on, one that did not does not', () => {
    const passed = html(sampleVerdict('x', { kind: 'accepted', difference: null, error: null }))
    expect(passed).toContain('href="/exercises/x"')
    expect(html(sampleVerdict('x', { error: null }))).not.toContain('href="/exercises/x"')
  })
  test('that is Podium’s fault gives a code to quote', () => {
    expect(html({ ...sampleVerdict('x', { kind: 'internal_error' }), code: 'R-1' })).toContain('Code R-1.')
    expect(html({ ...sampleVerdict('x'), code: 'R-1' })).not.toContain('R-1')
  })
})

test('a refusal says that nothing was run and when to try again', () => {
  const shown = html({
    kind: 'refused',
    message: 'Full house.',
    code: 'pool_full',
    retryAfterSeconds: 6.2,
    at: '2026-03-01T12:00:00Z',
  })
  expect(shown).toContain('Nothing was run')
  expect(shown).toContain('Try again in 7 seconds.')
})

test('every state of the pane says what happened where a screen reader is told', () => {
  for (const [name, props] of Object.entries(sampleResults('x'))) {
    if (name !== 'empty') expect(`${name}: ${html(props).includes('data-announce')}`).toBe(`${name}: true`)
  }
})
