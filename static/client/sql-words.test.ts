import { expect, test } from 'bun:test'
import { type WordKind, wordRules } from './sql-words.ts'

/** The words of a line that are of a kind, as the editor's tokenizer finds them. */
function wordsOf(kind: WordKind, line: string): string {
  const pattern = new RegExp(`${wordRules.map(({ regex }) => `(${regex.source})`).join('|')}|.`, 'gi')
  const found = [...line.matchAll(pattern)].flatMap(([word, ...groups]) => {
    const rule = wordRules[groups.findIndex((group) => group !== undefined)]
    if (rule === undefined) return []
    return (typeof rule.token === 'string' ? rule.token : rule.token(word)) === kind ? [word] : []
  })
  return found.join(' ')
}

test('columns that are called like words of PostgreSQL are names', () => {
  const line =
    'select name, value, type, key, date, year, level, position, state, first, last, rows, text, month from t'
  expect(wordsOf('keyword', line)).toBe('select from')
  expect(wordsOf('keyword', 'select i.order, i.user, i . from from item i')).toBe('select from')
  expect(wordsOf('keyword', 'update item set name = 1, status = 2, language = 3, index = 4')).toBe('update set')
})

test('reserved words and those of the usual clauses are keywords in any case', () => {
  const line = 'With x As (Select 1) SELECT * FROM x LEFT JOIN y USING (id) WHERE a IS NOT NULL ORDER BY 1 DESC LIMIT 3'
  expect(wordsOf('keyword', line)).toBe(
    'With As Select SELECT FROM LEFT JOIN USING WHERE IS NOT NULL ORDER BY DESC LIMIT',
  )
})

test('words that are syntax only beside others are keywords there', () => {
  expect(wordsOf('keyword', 'id int primary key')).toBe('primary key')
  expect(wordsOf('keyword', 'order by a nulls last, last')).toBe('order by nulls last')
  const frame = 'over (order by x rows between unbounded preceding and current row)'
  expect(wordsOf('keyword', frame)).toBe('over order by rows between unbounded preceding and current row')
  expect(wordsOf('keyword', 'create or replace view v as')).toBe('create or replace view as')
  expect(wordsOf('keyword', 'count(*) filter (where x) > filter')).toBe('filter where')
  expect(wordsOf('keyword', 'create table if not exists t (a)')).toBe('create table if not exists')
  expect(wordsOf('keyword', 'insert into t values (1) on conflict do nothing')).toBe(
    'insert into values on conflict do nothing',
  )
  expect(wordsOf('keyword', 'x in (1) and exists (select 1)')).toBe('in and exists select')
})

test('what stands before a bracket is a function, but no keyword and no table', () => {
  expect(wordsOf('support.function', 'select count(*), left(name, 1), lower(x), my_own(2)')).toBe(
    'count left lower my_own',
  )
  expect(wordsOf('support.function', 'insert into item(name) values(1)')).toBe('')
  expect(wordsOf('support.function', 'create table item(id int references shelf(id), check(id > 0))')).toBe('')
})

test('types are told from columns of the same name', () => {
  expect(wordsOf('storage.type', "select date, x::date, date '2026-01-01', text, y::text")).toBe('date date text')
  expect(wordsOf('storage.type', 'create table t (id int, text varchar(3), n numeric)')).toBe('int varchar numeric')
})
